; Load_Batch COS -> COS
; HBM[0] → VRAM[0], shape=(64, 64)
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 0 
C_SET_ADDR_REG a0, gp0, gp1 
S_ADDI_INT gp2, gp0, 4096 
C_SET_SCALE_REG gp2 
S_ADDI_INT gp3, gp0, 64 
C_SET_STRIDE_REG gp3 
; Reset Registers [[12, 13]] 
S_ADDI_INT gp12, gp0, 0 
S_ADDI_INT gp13, gp0, 0 
; Preload Activation Generation 
S_ADDI_INT gp10, gp0, 0 
S_ADDI_INT gp11, gp0, 0 
C_LOOP_START gp4, 1 
S_ADDI_INT gp12, gp10, 0 
S_ADDI_INT gp13, gp11, 0 
C_LOOP_START gp5, 16 
H_PREFETCH_V gp12, gp13, a0, 1, 0 
S_ADDI_INT gp12, gp12, 256 
S_ADDI_INT gp13, gp13, 256 
C_LOOP_END gp5 
S_ADDI_INT gp10, gp10, 4096 
S_ADDI_INT gp11, gp11, 64 
C_LOOP_END gp4 
; Load_Batch SIN -> SIN
; HBM[4608] → VRAM[4096], shape=(64, 64)
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 4608 
C_SET_ADDR_REG a0, gp0, gp1 
S_ADDI_INT gp2, gp0, 4096 
C_SET_SCALE_REG gp2 
S_ADDI_INT gp3, gp0, 64 
C_SET_STRIDE_REG gp3 
; Reset Registers [[12, 13]] 
S_ADDI_INT gp12, gp0, 0 
S_ADDI_INT gp13, gp0, 0 
; Preload Activation Generation 
S_ADDI_INT gp10, gp0, 4096 
S_ADDI_INT gp11, gp0, 0 
C_LOOP_START gp4, 1 
S_ADDI_INT gp12, gp10, 0 
S_ADDI_INT gp13, gp11, 0 
C_LOOP_START gp5, 16 
H_PREFETCH_V gp12, gp13, a0, 1, 0 
S_ADDI_INT gp12, gp12, 256 
S_ADDI_INT gp13, gp13, 256 
C_LOOP_END gp5 
S_ADDI_INT gp10, gp10, 4096 
S_ADDI_INT gp11, gp11, 64 
C_LOOP_END gp4 
; Load_Batch causal_mask -> CAUSAL_MASK
; HBM[9216] → VRAM[8192], shape=(64, 64)
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 9216 
C_SET_ADDR_REG a0, gp0, gp1 
S_ADDI_INT gp2, gp0, 4096 
C_SET_SCALE_REG gp2 
S_ADDI_INT gp3, gp0, 64 
C_SET_STRIDE_REG gp3 
; Reset Registers [[12, 13]] 
S_ADDI_INT gp12, gp0, 0 
S_ADDI_INT gp13, gp0, 0 
; Preload Activation Generation 
S_ADDI_INT gp10, gp0, 8192 
S_ADDI_INT gp11, gp0, 0 
C_LOOP_START gp4, 1 
S_ADDI_INT gp12, gp10, 0 
S_ADDI_INT gp13, gp11, 0 
C_LOOP_START gp5, 16 
H_PREFETCH_V gp12, gp13, a0, 1, 0 
S_ADDI_INT gp12, gp12, 256 
S_ADDI_INT gp13, gp13, 256 
C_LOOP_END gp5 
S_ADDI_INT gp10, gp10, 4096 
S_ADDI_INT gp11, gp11, 64 
C_LOOP_END gp4 
; Load_Batch X -> X
; HBM[13824] → VRAM[12288], shape=(64, 128)
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 13824 
C_SET_ADDR_REG a0, gp0, gp1 
S_ADDI_INT gp2, gp0, 8192 
C_SET_SCALE_REG gp2 
S_ADDI_INT gp3, gp0, 128 
C_SET_STRIDE_REG gp3 
; Reset Registers [[12, 13]] 
S_ADDI_INT gp12, gp0, 0 
S_ADDI_INT gp13, gp0, 0 
; Preload Activation Generation 
S_ADDI_INT gp10, gp0, 12288 
S_ADDI_INT gp11, gp0, 0 
C_LOOP_START gp4, 2 
S_ADDI_INT gp12, gp10, 0 
S_ADDI_INT gp13, gp11, 0 
C_LOOP_START gp5, 16 
H_PREFETCH_V gp12, gp13, a0, 1, 0 
S_ADDI_INT gp12, gp12, 256 
S_ADDI_INT gp13, gp13, 512 
C_LOOP_END gp5 
S_ADDI_INT gp10, gp10, 4096 
S_ADDI_INT gp11, gp11, 64 
C_LOOP_END gp4 
; Load_Batch POS -> residual_scratch
; HBM[23040] → VRAM[20480], shape=(64, 128)
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 23040 
C_SET_ADDR_REG a0, gp0, gp1 
S_ADDI_INT gp2, gp0, 8192 
C_SET_SCALE_REG gp2 
S_ADDI_INT gp3, gp0, 128 
C_SET_STRIDE_REG gp3 
; Reset Registers [[12, 13]] 
S_ADDI_INT gp12, gp0, 0 
S_ADDI_INT gp13, gp0, 0 
; Preload Activation Generation 
S_ADDI_INT gp10, gp0, 20480 
S_ADDI_INT gp11, gp0, 0 
C_LOOP_START gp4, 2 
S_ADDI_INT gp12, gp10, 0 
S_ADDI_INT gp13, gp11, 0 
C_LOOP_START gp5, 16 
H_PREFETCH_V gp12, gp13, a0, 1, 0 
S_ADDI_INT gp12, gp12, 256 
S_ADDI_INT gp13, gp13, 512 
C_LOOP_END gp5 
S_ADDI_INT gp10, gp10, 4096 
S_ADDI_INT gp11, gp11, 64 
C_LOOP_END gp4 
; === VRAM Matrix Add: X[0:64] += POS[0:64] ===
; dst shape: (64, 128), src shape: (64, 128)
; block add path: row_blocks=1, col_blocks=2
; VRAM Block Add: X[0][0] = X[0][0] + POS[0][0]
S_ADDI_INT gp1, gp0, 12288
S_ADDI_INT gp2, gp0, 20480
C_LOOP_START gp4, 64
V_ADD_VV gp1, gp1, gp2, 0
S_ADDI_INT gp1, gp1, 64
S_ADDI_INT gp2, gp2, 64
C_LOOP_END gp4
; VRAM Block Add: X[0][1] = X[0][1] + POS[0][1]
S_ADDI_INT gp1, gp0, 16384
S_ADDI_INT gp2, gp0, 24576
C_LOOP_START gp4, 64
V_ADD_VV gp1, gp1, gp2, 0
S_ADDI_INT gp1, gp1, 64
S_ADDI_INT gp2, gp2, 64
C_LOOP_END gp4
; Allocate VRAM Matrix residual_scratch: logical=(64, 128) physical=(64, 128) at VRAM[20480]
; === LAYER 0/1 START ===
; === VRAM Fill Zero: VRAM[20480] rows [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63] = 0 ===
S_ADDI_INT gp1, gp0, 20480
C_LOOP_START gp4, 64
V_MUL_VF gp1, gp1, f0, 0
S_ADDI_INT gp1, gp1, 64
C_LOOP_END gp4
; === VRAM Fill Zero: VRAM[24576] rows [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63] = 0 ===
S_ADDI_INT gp1, gp0, 24576
C_LOOP_START gp4, 64
V_MUL_VF gp1, gp1, f0, 0
S_ADDI_INT gp1, gp1, 64
C_LOOP_END gp4
; === VRAM Matrix Add: residual_scratch[0:64] += X[0:64] ===
; dst shape: (64, 128), src shape: (64, 128)
; block add path: row_blocks=1, col_blocks=2
; VRAM Block Add: residual_scratch[0][0] = residual_scratch[0][0] + X[0][0]
S_ADDI_INT gp1, gp0, 20480
S_ADDI_INT gp2, gp0, 12288
C_LOOP_START gp4, 64
V_ADD_VV gp1, gp1, gp2, 0
S_ADDI_INT gp1, gp1, 64
S_ADDI_INT gp2, gp2, 64
C_LOOP_END gp4
; VRAM Block Add: residual_scratch[0][1] = residual_scratch[0][1] + X[0][1]
S_ADDI_INT gp1, gp0, 24576
S_ADDI_INT gp2, gp0, 16384
C_LOOP_START gp4, 64
V_ADD_VV gp1, gp1, gp2, 0
S_ADDI_INT gp1, gp1, 64
S_ADDI_INT gp2, gp2, 64
C_LOOP_END gp4
; Load_Batch W_norm1_0 -> norm1_0
; HBM[36864] → VRAM[86016], shape=(4, 128)
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 36864 
C_SET_ADDR_REG a0, gp0, gp1 
S_ADDI_INT gp2, gp0, 512 
C_SET_SCALE_REG gp2 
S_ADDI_INT gp3, gp0, 128 
C_SET_STRIDE_REG gp3 
; Reset Registers [[12, 13]] 
S_ADDI_INT gp12, gp0, 0 
S_ADDI_INT gp13, gp0, 0 
; Preload Activation Generation 
S_ADDI_INT gp10, gp0, 86016 
S_ADDI_INT gp11, gp0, 0 
C_LOOP_START gp4, 2 
S_ADDI_INT gp12, gp10, 0 
S_ADDI_INT gp13, gp11, 0 
C_LOOP_START gp5, 1 
H_PREFETCH_V gp12, gp13, a0, 1, 0 
S_ADDI_INT gp12, gp12, 256 
S_ADDI_INT gp13, gp13, 512 
C_LOOP_END gp5 
S_ADDI_INT gp10, gp10, 256 
S_ADDI_INT gp11, gp11, 64 
C_LOOP_END gp4 
; Normalize (rms) X, logical=(64, 128) physical=(64, 128)
; RMS Norm generation 
S_LD_FP f1, gp0, 3
S_LD_FP f2, gp0, 4
S_ADDI_INT gp3, gp0, 81920
S_ADDI_INT gp10, gp0, 12288
C_LOOP_START gp4, 64
S_ADD_FP f3, f0, f0
S_ADDI_INT gp11, gp10, 0
C_LOOP_START gp5, 2
V_MUL_VV gp3, gp11, gp11, 0
V_RED_SUM f3, gp3, 0
S_ADDI_INT gp11, gp11, 4096
C_LOOP_END gp5
S_MUL_FP f3, f3, f2
S_ADD_FP f3, f3, f1
S_SQRT_FP f3, f3
S_RECI_FP f3, f3, 0
S_ADDI_INT gp11, gp10, 0
S_ADDI_INT gp12, gp0, 86016
C_LOOP_START gp5, 2
V_MUL_VF gp11, gp11, f3, 0
V_MUL_VV gp11, gp11, gp12, 0
S_ADDI_INT gp11, gp11, 4096
S_ADDI_INT gp12, gp12, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 64
C_LOOP_END gp4
; Allocate VRAM Matrix Q_0: logical=(64, 128) physical=(64, 128) at VRAM[28672]
; === Reset MRAM ===
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 37440
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 16384
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 128
C_SET_STRIDE_REG gp3
; Load SubMatrix Col W_q_0[:][0] -> MRAM[0]
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a0, 1, 0
; SubBlock [1][0]: HBM offset = 8192
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 8192
H_PREFETCH_M gp1, gp2, a0, 1, 0
; VRAM Sub Projection To: X[0][:] @ W_q_0[:][0] -> Q_0[0][0]
; Result: (64, 64) at VRAM[28672]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 28672
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 12288
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 16
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 4096
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; === Reset MRAM ===
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 37440
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 16384
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 128
C_SET_STRIDE_REG gp3
; Load SubMatrix Col W_q_0[:][1] -> MRAM[0]
; SubBlock [0][1]: HBM offset = 64
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 64
H_PREFETCH_M gp1, gp2, a0, 1, 0
; SubBlock [1][1]: HBM offset = 8256
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 8256
H_PREFETCH_M gp1, gp2, a0, 1, 0
; VRAM Sub Projection To: X[0][:] @ W_q_0[:][1] -> Q_0[0][1]
; Result: (64, 64) at VRAM[32768]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 32768
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 12288
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 16
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 4096
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; === Reset MRAM ===
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 55872
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 8192
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 64
C_SET_STRIDE_REG gp3
; Load SubMatrix Col W_k_0_h0[:][0] -> MRAM[0]
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a0, 1, 0
; SubBlock [1][0]: HBM offset = 4096
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 4096
H_PREFETCH_M gp1, gp2, a0, 1, 0
; VRAM Sub Projection To: X[0][:] @ W_k_0_h0[:][0] -> K_0_h0[0][0]
; Result: (64, 64) at VRAM[36864]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 36864
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 12288
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 16
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 4096
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; === Reset MRAM ===
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 65088
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 8192
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 64
C_SET_STRIDE_REG gp3
; Load SubMatrix Col W_v_0_h0[:][0] -> MRAM[0]
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a0, 1, 0
; SubBlock [1][0]: HBM offset = 4096
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 4096
H_PREFETCH_M gp1, gp2, a0, 1, 0
; VRAM Sub Projection To: X[0][:] @ W_v_0_h0[:][0] -> V_0_h0[0][0]
; Result: (64, 64) at VRAM[40960]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 40960
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 12288
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 16
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 4096
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; === Reset MRAM ===
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 32256
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 4096
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 64
C_SET_STRIDE_REG gp3
; Load SubMatrix Col R_rope[:][0] -> MRAM[0]
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a0, 1, 0
; VRAM Sub Projection To: K_0_h0[0][:] @ R_rope[:][0] -> K_rot_0_h0[0][0]
; Result: (64, 64) at VRAM[45056]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 45056
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 36864
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 16
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 1
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 4096
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; RoPE: x = x * cos + rotate_half(x) * sin  (in-place)
S_ADDI_INT gp1, gp0, 36864
S_ADDI_INT gp2, gp0, 45056
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 4096
C_LOOP_START gp4, 64
V_MUL_VV gp1, gp1, gp10, 0
V_MUL_VV gp2, gp2, gp11, 0
V_ADD_VV gp1, gp1, gp2, 0
S_ADDI_INT gp1, gp1, 64
S_ADDI_INT gp2, gp2, 64
S_ADDI_INT gp10, gp10, 64
S_ADDI_INT gp11, gp11, 64
C_LOOP_END gp4
; Store K_0_h0 from VRAM to HBM
; VRAM[36864] -> HBM[74304], shape=(64, 64)
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 74304
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 4096
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 64
C_SET_STRIDE_REG gp3
; Store Activation Generation
S_ADDI_INT gp10, gp0, 36864
S_ADDI_INT gp11, gp0, 0
C_LOOP_START gp4, 1
S_ADDI_INT gp12, gp10, 0
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 16
H_STORE_V gp12, gp13, a0, 1, 1
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 4096
S_ADDI_INT gp11, gp11, 64
C_LOOP_END gp4
; Store V_0_h0 from VRAM to HBM
; VRAM[40960] -> HBM[78912], shape=(64, 64)
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 78912
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 4096
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 64
C_SET_STRIDE_REG gp3
; Store Activation Generation
S_ADDI_INT gp10, gp0, 40960
S_ADDI_INT gp11, gp0, 0
C_LOOP_START gp4, 1
S_ADDI_INT gp12, gp10, 0
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 16
H_STORE_V gp12, gp13, a0, 1, 1
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 4096
S_ADDI_INT gp11, gp11, 64
C_LOOP_END gp4
; VRAM View Q_h0_0: (64, 64) at VRAM[28672]
; === Reset MRAM ===
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 32256
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 4096
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 64
C_SET_STRIDE_REG gp3
; Load SubMatrix Col R_rope[:][0] -> MRAM[0]
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a0, 1, 0
; VRAM Sub Projection To: Q_h0_0[0][:] @ R_rope[:][0] -> Q_rot_0_h0[0][0]
; Result: (64, 64) at VRAM[45056]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 45056
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 28672
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 16
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 1
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 4096
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; RoPE: x = x * cos + rotate_half(x) * sin  (in-place)
S_ADDI_INT gp1, gp0, 28672
S_ADDI_INT gp2, gp0, 45056
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 4096
C_LOOP_START gp4, 64
V_MUL_VV gp1, gp1, gp10, 0
V_MUL_VV gp2, gp2, gp11, 0
V_ADD_VV gp1, gp1, gp2, 0
S_ADDI_INT gp1, gp1, 64
S_ADDI_INT gp2, gp2, 64
S_ADDI_INT gp10, gp10, 64
S_ADDI_INT gp11, gp11, 64
C_LOOP_END gp4
; === Init Online Softmax for Q block 0 ===
; Reset FP SRAM [16, 80)
S_LD_FP f1, gp0, 2
S_ADDI_INT gp1, gp0, 16
C_LOOP_START gp4, 64
S_ST_FP f1, gp1, 0
S_ADDI_INT gp1, gp1, 1
C_LOOP_END gp4
; Reset FP SRAM [144, 208)
S_LD_FP f1, gp0, 0
S_ADDI_INT gp1, gp0, 144
C_LOOP_START gp4, 64
S_ST_FP f1, gp1, 0
S_ADDI_INT gp1, gp1, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 57344
C_LOOP_START gp4, 64
V_MUL_VF gp1, gp1, f0, 0
S_ADDI_INT gp1, gp1, 64
C_LOOP_END gp4
; === Reset MRAM ===
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 74304
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 4096
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 64
C_SET_STRIDE_REG gp3
; Load SubMatrix Row K_stored_0_h0[0][:] -> MRAM[0]
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a0, 1, 1
; VRAM Sub Projection T To: Q_h0_0[0][:] @ K_stored_0_h0[0][:]^T -> S[0][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 49152
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 28672
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 16
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 1
M_TMM 0, gp14, gp15
S_ADDI_INT gp14, gp14, 4096
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; === VRAM Matrix Add: S[0:64] += CAUSAL_MASK[0:64] ===
S_ADDI_INT gp1, gp0, 49152
S_ADDI_INT gp2, gp0, 8192
C_LOOP_START gp4, 64
V_ADD_VV gp1, gp1, gp2, 0
S_ADDI_INT gp1, gp1, 64
S_ADDI_INT gp2, gp2, 64
C_LOOP_END gp4
; === Online Softmax Block S ===
; === Online Softmax ===
S_LD_FP f7, gp0, 1
S_ADDI_INT gp1, gp0, 49152
S_ADDI_INT gp2, gp0, 16
C_LOOP_START gp4, 64
V_MUL_VF gp1, gp1, f7, 0
S_LD_FP f1, gp2, 0
S_ADD_FP f2, f1, f0
V_RED_MAX f2, gp1, 0
S_SUB_FP f3, f1, f2
S_EXP_FP f3, f3, 0
S_ST_FP f2, gp2, 0
S_ST_FP f3, gp2, 64
V_SUB_VF gp1, gp1, f2, 0, 0
V_EXP_V gp1, gp1, 0, 0
S_LD_FP f4, gp2, 128
S_MUL_FP f4, f4, f3
V_RED_SUM f4, gp1, 0, 0
S_ST_FP f4, gp2, 128
S_ADDI_INT gp1, gp1, 64
S_ADDI_INT gp2, gp2, 1
C_LOOP_END gp4
; === Compute PV = P @ V[k_idx=0] ===
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 78912
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 4096
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 64
C_SET_STRIDE_REG gp3
; === PV Multiply (P @ V) using M_MM ===
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a0, 1, 1
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 53248
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 49152
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 16
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 1
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 4096
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; === Scale O[q_idx=0] by m_res ===
; === Scale O by m_res ===
S_ADDI_INT gp1, gp0, 57344
S_ADDI_INT gp2, gp0, 80
C_LOOP_START gp4, 64
S_LD_FP f1, gp2, 0
V_MUL_VF gp1, gp1, f1, 0
S_ADDI_INT gp1, gp1, 64
S_ADDI_INT gp2, gp2, 1
C_LOOP_END gp4
; === VRAM Matrix Add: O[0:64] += PV[0:64] ===
S_ADDI_INT gp1, gp0, 57344
S_ADDI_INT gp2, gp0, 53248
C_LOOP_START gp4, 64
V_ADD_VV gp1, gp1, gp2, 0
S_ADDI_INT gp1, gp1, 64
S_ADDI_INT gp2, gp2, 64
C_LOOP_END gp4
; === Final Scale O for Q block 0 ===
; === Final Scaling O = O / l ===
S_ADDI_INT gp1, gp0, 57344
S_ADDI_INT gp2, gp0, 144
C_LOOP_START gp4, 64
S_LD_FP f1, gp2, 0
S_RECI_FP f1, f1, 0
V_MUL_VF gp1, gp1, f1, 0
S_ADDI_INT gp1, gp1, 64
S_ADDI_INT gp2, gp2, 1
C_LOOP_END gp4
; VRAM View Q_h1_0: (64, 64) at VRAM[32768]
; === Reset MRAM ===
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 32256
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 4096
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 64
C_SET_STRIDE_REG gp3
; Load SubMatrix Col R_rope[:][0] -> MRAM[0]
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a0, 1, 0
; VRAM Sub Projection To: Q_h1_0[0][:] @ R_rope[:][0] -> Q_rot_0_h1[0][0]
; Result: (64, 64) at VRAM[45056]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 45056
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 32768
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 16
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 1
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 4096
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; RoPE: x = x * cos + rotate_half(x) * sin  (in-place)
S_ADDI_INT gp1, gp0, 32768
S_ADDI_INT gp2, gp0, 45056
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 4096
C_LOOP_START gp4, 64
V_MUL_VV gp1, gp1, gp10, 0
V_MUL_VV gp2, gp2, gp11, 0
V_ADD_VV gp1, gp1, gp2, 0
S_ADDI_INT gp1, gp1, 64
S_ADDI_INT gp2, gp2, 64
S_ADDI_INT gp10, gp10, 64
S_ADDI_INT gp11, gp11, 64
C_LOOP_END gp4
; === Init Online Softmax for Q block 0 ===
; Reset FP SRAM [16, 80)
S_LD_FP f1, gp0, 2
S_ADDI_INT gp1, gp0, 16
C_LOOP_START gp4, 64
S_ST_FP f1, gp1, 0
S_ADDI_INT gp1, gp1, 1
C_LOOP_END gp4
; Reset FP SRAM [144, 208)
S_LD_FP f1, gp0, 0
S_ADDI_INT gp1, gp0, 144
C_LOOP_START gp4, 64
S_ST_FP f1, gp1, 0
S_ADDI_INT gp1, gp1, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 61440
C_LOOP_START gp4, 64
V_MUL_VF gp1, gp1, f0, 0
S_ADDI_INT gp1, gp1, 64
C_LOOP_END gp4
; === Reset MRAM ===
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 74304
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 4096
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 64
C_SET_STRIDE_REG gp3
; Load SubMatrix Row K_stored_0_h0[0][:] -> MRAM[0]
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a0, 1, 1
; VRAM Sub Projection T To: Q_h1_0[0][:] @ K_stored_0_h0[0][:]^T -> S[0][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 49152
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 32768
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 16
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 1
M_TMM 0, gp14, gp15
S_ADDI_INT gp14, gp14, 4096
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; === VRAM Matrix Add: S[0:64] += CAUSAL_MASK[0:64] ===
S_ADDI_INT gp1, gp0, 49152
S_ADDI_INT gp2, gp0, 8192
C_LOOP_START gp4, 64
V_ADD_VV gp1, gp1, gp2, 0
S_ADDI_INT gp1, gp1, 64
S_ADDI_INT gp2, gp2, 64
C_LOOP_END gp4
; === Online Softmax Block S ===
; === Online Softmax ===
S_LD_FP f7, gp0, 1
S_ADDI_INT gp1, gp0, 49152
S_ADDI_INT gp2, gp0, 16
C_LOOP_START gp4, 64
V_MUL_VF gp1, gp1, f7, 0
S_LD_FP f1, gp2, 0
S_ADD_FP f2, f1, f0
V_RED_MAX f2, gp1, 0
S_SUB_FP f3, f1, f2
S_EXP_FP f3, f3, 0
S_ST_FP f2, gp2, 0
S_ST_FP f3, gp2, 64
V_SUB_VF gp1, gp1, f2, 0, 0
V_EXP_V gp1, gp1, 0, 0
S_LD_FP f4, gp2, 128
S_MUL_FP f4, f4, f3
V_RED_SUM f4, gp1, 0, 0
S_ST_FP f4, gp2, 128
S_ADDI_INT gp1, gp1, 64
S_ADDI_INT gp2, gp2, 1
C_LOOP_END gp4
; === Compute PV = P @ V[k_idx=0] ===
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 78912
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 4096
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 64
C_SET_STRIDE_REG gp3
; === PV Multiply (P @ V) using M_MM ===
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a0, 1, 1
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 53248
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 49152
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 16
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 1
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 4096
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; === Scale O[q_idx=0] by m_res ===
; === Scale O by m_res ===
S_ADDI_INT gp1, gp0, 61440
S_ADDI_INT gp2, gp0, 80
C_LOOP_START gp4, 64
S_LD_FP f1, gp2, 0
V_MUL_VF gp1, gp1, f1, 0
S_ADDI_INT gp1, gp1, 64
S_ADDI_INT gp2, gp2, 1
C_LOOP_END gp4
; === VRAM Matrix Add: O[0:64] += PV[0:64] ===
S_ADDI_INT gp1, gp0, 61440
S_ADDI_INT gp2, gp0, 53248
C_LOOP_START gp4, 64
V_ADD_VV gp1, gp1, gp2, 0
S_ADDI_INT gp1, gp1, 64
S_ADDI_INT gp2, gp2, 64
C_LOOP_END gp4
; === Final Scale O for Q block 0 ===
; === Final Scaling O = O / l ===
S_ADDI_INT gp1, gp0, 61440
S_ADDI_INT gp2, gp0, 144
C_LOOP_START gp4, 64
S_LD_FP f1, gp2, 0
S_RECI_FP f1, f1, 0
V_MUL_VF gp1, gp1, f1, 0
S_ADDI_INT gp1, gp1, 64
S_ADDI_INT gp2, gp2, 1
C_LOOP_END gp4
; Allocate VRAM Matrix O_proj_0: logical=(64, 128) physical=(64, 128) at VRAM[12288]
; === Reset MRAM ===
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 83520
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 16384
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 128
C_SET_STRIDE_REG gp3
; Load SubMatrix Col W_o_0[:][0] -> MRAM[0]
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a0, 1, 0
; SubBlock [1][0]: HBM offset = 8192
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 8192
H_PREFETCH_M gp1, gp2, a0, 1, 0
; VRAM Sub Projection To: O_full_0[0][:] @ W_o_0[:][0] -> O_proj_0[0][0]
; Result: (64, 64) at VRAM[12288]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 12288
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 57344
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 16
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 4096
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; === Reset MRAM ===
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 83520
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 16384
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 128
C_SET_STRIDE_REG gp3
; Load SubMatrix Col W_o_0[:][1] -> MRAM[0]
; SubBlock [0][1]: HBM offset = 64
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 64
H_PREFETCH_M gp1, gp2, a0, 1, 0
; SubBlock [1][1]: HBM offset = 8256
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 8256
H_PREFETCH_M gp1, gp2, a0, 1, 0
; VRAM Sub Projection To: O_full_0[0][:] @ W_o_0[:][1] -> O_proj_0[0][1]
; Result: (64, 64) at VRAM[16384]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 16384
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 57344
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 16
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 4096
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; === VRAM Matrix Add: O_proj_0[0:64] += residual_scratch[0:64] ===
; dst shape: (64, 128), src shape: (64, 128)
; block add path: row_blocks=1, col_blocks=2
; VRAM Block Add: O_proj_0[0][0] = O_proj_0[0][0] + residual_scratch[0][0]
S_ADDI_INT gp1, gp0, 12288
S_ADDI_INT gp2, gp0, 20480
C_LOOP_START gp4, 64
V_ADD_VV gp1, gp1, gp2, 0
S_ADDI_INT gp1, gp1, 64
S_ADDI_INT gp2, gp2, 64
C_LOOP_END gp4
; VRAM Block Add: O_proj_0[0][1] = O_proj_0[0][1] + residual_scratch[0][1]
S_ADDI_INT gp1, gp0, 16384
S_ADDI_INT gp2, gp0, 24576
C_LOOP_START gp4, 64
V_ADD_VV gp1, gp1, gp2, 0
S_ADDI_INT gp1, gp1, 64
S_ADDI_INT gp2, gp2, 64
C_LOOP_END gp4
; === VRAM Fill Zero: VRAM[20480] rows [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63] = 0 ===
S_ADDI_INT gp1, gp0, 20480
C_LOOP_START gp4, 64
V_MUL_VF gp1, gp1, f0, 0
S_ADDI_INT gp1, gp1, 64
C_LOOP_END gp4
; === VRAM Fill Zero: VRAM[24576] rows [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63] = 0 ===
S_ADDI_INT gp1, gp0, 24576
C_LOOP_START gp4, 64
V_MUL_VF gp1, gp1, f0, 0
S_ADDI_INT gp1, gp1, 64
C_LOOP_END gp4
; === VRAM Matrix Add: residual_scratch[0:64] += X[0:64] ===
; dst shape: (64, 128), src shape: (64, 128)
; block add path: row_blocks=1, col_blocks=2
; VRAM Block Add: residual_scratch[0][0] = residual_scratch[0][0] + X[0][0]
S_ADDI_INT gp1, gp0, 20480
S_ADDI_INT gp2, gp0, 12288
C_LOOP_START gp4, 64
V_ADD_VV gp1, gp1, gp2, 0
S_ADDI_INT gp1, gp1, 64
S_ADDI_INT gp2, gp2, 64
C_LOOP_END gp4
; VRAM Block Add: residual_scratch[0][1] = residual_scratch[0][1] + X[0][1]
S_ADDI_INT gp1, gp0, 24576
S_ADDI_INT gp2, gp0, 16384
C_LOOP_START gp4, 64
V_ADD_VV gp1, gp1, gp2, 0
S_ADDI_INT gp1, gp1, 64
S_ADDI_INT gp2, gp2, 64
C_LOOP_END gp4
; Load_Batch W_norm2_0 -> norm2_0
; HBM[101952] → VRAM[86016], shape=(4, 128)
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 101952 
C_SET_ADDR_REG a0, gp0, gp1 
S_ADDI_INT gp2, gp0, 512 
C_SET_SCALE_REG gp2 
S_ADDI_INT gp3, gp0, 128 
C_SET_STRIDE_REG gp3 
; Reset Registers [[12, 13]] 
S_ADDI_INT gp12, gp0, 0 
S_ADDI_INT gp13, gp0, 0 
; Preload Activation Generation 
S_ADDI_INT gp10, gp0, 86016 
S_ADDI_INT gp11, gp0, 0 
C_LOOP_START gp4, 2 
S_ADDI_INT gp12, gp10, 0 
S_ADDI_INT gp13, gp11, 0 
C_LOOP_START gp5, 1 
H_PREFETCH_V gp12, gp13, a0, 1, 0 
S_ADDI_INT gp12, gp12, 256 
S_ADDI_INT gp13, gp13, 512 
C_LOOP_END gp5 
S_ADDI_INT gp10, gp10, 256 
S_ADDI_INT gp11, gp11, 64 
C_LOOP_END gp4 
; Normalize (rms) X, logical=(64, 128) physical=(64, 128)
; RMS Norm generation 
S_LD_FP f1, gp0, 3
S_LD_FP f2, gp0, 4
S_ADDI_INT gp3, gp0, 81920
S_ADDI_INT gp10, gp0, 12288
C_LOOP_START gp4, 64
S_ADD_FP f3, f0, f0
S_ADDI_INT gp11, gp10, 0
C_LOOP_START gp5, 2
V_MUL_VV gp3, gp11, gp11, 0
V_RED_SUM f3, gp3, 0
S_ADDI_INT gp11, gp11, 4096
C_LOOP_END gp5
S_MUL_FP f3, f3, f2
S_ADD_FP f3, f3, f1
S_SQRT_FP f3, f3
S_RECI_FP f3, f3, 0
S_ADDI_INT gp11, gp10, 0
S_ADDI_INT gp12, gp0, 86016
C_LOOP_START gp5, 2
V_MUL_VF gp11, gp11, f3, 0
V_MUL_VV gp11, gp11, gp12, 0
S_ADDI_INT gp11, gp11, 4096
S_ADDI_INT gp12, gp12, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 64
C_LOOP_END gp4
; FFN Generation 
 ; FFN Upsize Linear Generation (k_size=128, out_size=128)
; === Reset MRAM ===
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 102528
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 16384
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 128
C_SET_STRIDE_REG gp3
; Load SubMatrix Col W_up_0[:][0] -> MRAM[0]
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a0, 1, 0
; SubBlock [1][0]: HBM offset = 8192
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 8192
H_PREFETCH_M gp1, gp2, a0, 1, 0
; VRAM Sub Projection To: X[0][:] @ W_up_0[:][0] -> up_0[0][0]
; Result: (64, 64) at VRAM[73728]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 73728
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 12288
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 16
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 4096
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; === Reset MRAM ===
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 102528
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 16384
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 128
C_SET_STRIDE_REG gp3
; Load SubMatrix Col W_up_0[:][1] -> MRAM[0]
; SubBlock [0][1]: HBM offset = 64
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 64
H_PREFETCH_M gp1, gp2, a0, 1, 0
; SubBlock [1][1]: HBM offset = 8256
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 8256
H_PREFETCH_M gp1, gp2, a0, 1, 0
; VRAM Sub Projection To: X[0][:] @ W_up_0[:][1] -> up_0[0][1]
; Result: (64, 64) at VRAM[77824]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 77824
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 12288
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 16
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 4096
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
 ; FFN Gate Projection (k_size=128, out_size=128)
; === Reset MRAM ===
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 120960
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 16384
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 128
C_SET_STRIDE_REG gp3
; Load SubMatrix Col W_gate_0[:][0] -> MRAM[0]
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a0, 1, 0
; SubBlock [1][0]: HBM offset = 8192
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 8192
H_PREFETCH_M gp1, gp2, a0, 1, 0
; VRAM Sub Projection To: X[0][:] @ W_gate_0[:][0] -> gate_0[0][0]
; Result: (64, 64) at VRAM[65536]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 65536
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 12288
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 16
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 4096
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; === Reset MRAM ===
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 120960
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 16384
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 128
C_SET_STRIDE_REG gp3
; Load SubMatrix Col W_gate_0[:][1] -> MRAM[0]
; SubBlock [0][1]: HBM offset = 64
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 64
H_PREFETCH_M gp1, gp2, a0, 1, 0
; SubBlock [1][1]: HBM offset = 8256
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 8256
H_PREFETCH_M gp1, gp2, a0, 1, 0
; VRAM Sub Projection To: X[0][:] @ W_gate_0[:][1] -> gate_0[0][1]
; Result: (64, 64) at VRAM[69632]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 69632
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 12288
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 16
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 4096
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; SILU Generation 
S_LD_FP f1, gp0, 5
S_ADDI_INT gp3, gp0, 81920
S_ADDI_INT gp1, gp0, 65536
S_ADDI_INT gp2, gp0, 73728
C_LOOP_START gp4, 64
V_SUB_VF gp3, gp1, f0, 0, 1
V_EXP_V gp3, gp3, 0
V_ADD_VF gp3, gp3, f1, 0
V_RECI_V gp3, gp3, 0
V_MUL_VV gp1, gp1, gp3, 0
V_MUL_VV gp1, gp1, gp2, 0
S_ADDI_INT gp1, gp1, 64
S_ADDI_INT gp2, gp2, 64
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 69632
S_ADDI_INT gp2, gp0, 77824
C_LOOP_START gp4, 64
V_SUB_VF gp3, gp1, f0, 0, 1
V_EXP_V gp3, gp3, 0
V_ADD_VF gp3, gp3, f1, 0
V_RECI_V gp3, gp3, 0
V_MUL_VV gp1, gp1, gp3, 0
V_MUL_VV gp1, gp1, gp2, 0
S_ADDI_INT gp1, gp1, 64
S_ADDI_INT gp2, gp2, 64
C_LOOP_END gp4
; FFN Downsize Linear Generation 
; === Reset MRAM ===
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 139392
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 16384
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 128
C_SET_STRIDE_REG gp3
; Load SubMatrix Col W_down_0[:][0] -> MRAM[0]
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a0, 1, 0
; SubBlock [1][0]: HBM offset = 8192
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 8192
H_PREFETCH_M gp1, gp2, a0, 1, 0
; VRAM Sub Projection To: gate_0[0][:] @ W_down_0[:][0] -> X[0][0]
; Result: (64, 64) at VRAM[12288]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 12288
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 65536
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 16
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 4096
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; === Reset MRAM ===
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 139392
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 16384
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 128
C_SET_STRIDE_REG gp3
; Load SubMatrix Col W_down_0[:][1] -> MRAM[0]
; SubBlock [0][1]: HBM offset = 64
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 64
H_PREFETCH_M gp1, gp2, a0, 1, 0
; SubBlock [1][1]: HBM offset = 8256
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 8256
H_PREFETCH_M gp1, gp2, a0, 1, 0
; VRAM Sub Projection To: gate_0[0][:] @ W_down_0[:][1] -> X[0][1]
; Result: (64, 64) at VRAM[16384]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 16384
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 65536
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 16
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 4096
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; === VRAM Matrix Add: X[0:64] += residual_scratch[0:64] ===
; dst shape: (64, 128), src shape: (64, 128)
; block add path: row_blocks=1, col_blocks=2
; VRAM Block Add: X[0][0] = X[0][0] + residual_scratch[0][0]
S_ADDI_INT gp1, gp0, 12288
S_ADDI_INT gp2, gp0, 20480
C_LOOP_START gp4, 64
V_ADD_VV gp1, gp1, gp2, 0
S_ADDI_INT gp1, gp1, 64
S_ADDI_INT gp2, gp2, 64
C_LOOP_END gp4
; VRAM Block Add: X[0][1] = X[0][1] + residual_scratch[0][1]
S_ADDI_INT gp1, gp0, 16384
S_ADDI_INT gp2, gp0, 24576
C_LOOP_START gp4, 64
V_ADD_VV gp1, gp1, gp2, 0
S_ADDI_INT gp1, gp1, 64
S_ADDI_INT gp2, gp2, 64
C_LOOP_END gp4
; === LAYER 0/1 COMPLETE ===
; Load_Batch W_final_norm -> final_norm
; HBM[157824] → VRAM[86016], shape=(4, 128)
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 157824 
C_SET_ADDR_REG a0, gp0, gp1 
S_ADDI_INT gp2, gp0, 512 
C_SET_SCALE_REG gp2 
S_ADDI_INT gp3, gp0, 128 
C_SET_STRIDE_REG gp3 
; Reset Registers [[12, 13]] 
S_ADDI_INT gp12, gp0, 0 
S_ADDI_INT gp13, gp0, 0 
; Preload Activation Generation 
S_ADDI_INT gp10, gp0, 86016 
S_ADDI_INT gp11, gp0, 0 
C_LOOP_START gp4, 2 
S_ADDI_INT gp12, gp10, 0 
S_ADDI_INT gp13, gp11, 0 
C_LOOP_START gp5, 1 
H_PREFETCH_V gp12, gp13, a0, 1, 0 
S_ADDI_INT gp12, gp12, 256 
S_ADDI_INT gp13, gp13, 512 
C_LOOP_END gp5 
S_ADDI_INT gp10, gp10, 256 
S_ADDI_INT gp11, gp11, 64 
C_LOOP_END gp4 
; Normalize (rms) X, logical=(64, 128) physical=(64, 128)
; RMS Norm generation 
S_LD_FP f1, gp0, 3
S_LD_FP f2, gp0, 4
S_ADDI_INT gp3, gp0, 81920
S_ADDI_INT gp10, gp0, 12288
C_LOOP_START gp4, 64
S_ADD_FP f3, f0, f0
S_ADDI_INT gp11, gp10, 0
C_LOOP_START gp5, 2
V_MUL_VV gp3, gp11, gp11, 0
V_RED_SUM f3, gp3, 0
S_ADDI_INT gp11, gp11, 4096
C_LOOP_END gp5
S_MUL_FP f3, f3, f2
S_ADD_FP f3, f3, f1
S_SQRT_FP f3, f3
S_RECI_FP f3, f3, 0
S_ADDI_INT gp11, gp10, 0
S_ADDI_INT gp12, gp0, 86016
C_LOOP_START gp5, 2
V_MUL_VF gp11, gp11, f3, 0
V_MUL_VV gp11, gp11, gp12, 0
S_ADDI_INT gp11, gp11, 4096
S_ADDI_INT gp12, gp12, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 64
C_LOOP_END gp4
; Store X from VRAM to HBM
; VRAM[12288] -> HBM[158400], shape=(64, 128)
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 158400
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 8192
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 128
C_SET_STRIDE_REG gp3
; Store Activation Generation
S_ADDI_INT gp10, gp0, 12288
S_ADDI_INT gp11, gp0, 0
C_LOOP_START gp4, 2
S_ADDI_INT gp12, gp10, 0
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 16
H_STORE_V gp12, gp13, a0, 1, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 512
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 4096
S_ADDI_INT gp11, gp11, 64
C_LOOP_END gp4
