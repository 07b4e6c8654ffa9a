; Decode step: one token, KV cache in HBM
; Load_Batch X -> x_token
; HBM[27648] → VRAM[0], shape=(4, 128)
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 27648 
C_SET_ADDR_REG a0, gp0, gp1 
S_ADDI_INT gp2, gp0, 512 
C_SET_SCALE_REG gp2 
S_ADDI_INT gp3, gp0, 128 
C_SET_STRIDE_REG gp3 
; Reset Registers [[12, 13]] 
S_ADDI_INT gp12, gp0, 0 
S_ADDI_INT gp13, gp0, 0 
; Preload Activation Generation 
S_ADDI_INT gp10, gp0, 0 
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
; Load_Batch pad_mask -> pad_mask
; HBM[28224] → VRAM[4864], shape=(4, 192)
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 28224 
C_SET_ADDR_REG a0, gp0, gp1 
S_ADDI_INT gp2, gp0, 768 
C_SET_SCALE_REG gp2 
S_ADDI_INT gp3, gp0, 192 
C_SET_STRIDE_REG gp3 
; Reset Registers [[12, 13]] 
S_ADDI_INT gp12, gp0, 0 
S_ADDI_INT gp13, gp0, 0 
; Preload Activation Generation 
S_ADDI_INT gp10, gp0, 4864 
S_ADDI_INT gp11, gp0, 0 
C_LOOP_START gp4, 3 
S_ADDI_INT gp12, gp10, 0 
S_ADDI_INT gp13, gp11, 0 
C_LOOP_START gp5, 1 
H_PREFETCH_V gp12, gp13, a0, 1, 0 
S_ADDI_INT gp12, gp12, 256 
S_ADDI_INT gp13, gp13, 768 
C_LOOP_END gp5 
S_ADDI_INT gp10, gp10, 256 
S_ADDI_INT gp11, gp11, 64 
C_LOOP_END gp4 
; === LAYER 0/1 START ===
; Load_Batch X -> residual_token
; HBM[27648] → VRAM[512], shape=(4, 128)
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 27648 
C_SET_ADDR_REG a0, gp0, gp1 
S_ADDI_INT gp2, gp0, 512 
C_SET_SCALE_REG gp2 
S_ADDI_INT gp3, gp0, 128 
C_SET_STRIDE_REG gp3 
; Reset Registers [[12, 13]] 
S_ADDI_INT gp12, gp0, 0 
S_ADDI_INT gp13, gp0, 0 
; Preload Activation Generation 
S_ADDI_INT gp10, gp0, 512 
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
; Load_Batch W_norm1_0 -> gamma
; HBM[29120] → VRAM[1024], shape=(4, 128)
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 29120 
C_SET_ADDR_REG a0, gp0, gp1 
S_ADDI_INT gp2, gp0, 512 
C_SET_SCALE_REG gp2 
S_ADDI_INT gp3, gp0, 128 
C_SET_STRIDE_REG gp3 
; Reset Registers [[12, 13]] 
S_ADDI_INT gp12, gp0, 0 
S_ADDI_INT gp13, gp0, 0 
; Preload Activation Generation 
S_ADDI_INT gp10, gp0, 1024 
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
; Normalize (rms) x_token, logical=(4, 128) physical=(4, 128)
; RMS Norm generation 
S_LD_FP f1, gp0, 3
S_LD_FP f2, gp0, 4
S_ADDI_INT gp3, gp0, 4608
S_ADDI_INT gp10, gp0, 0
C_LOOP_START gp4, 4
S_ADD_FP f3, f0, f0
S_ADDI_INT gp11, gp10, 0
C_LOOP_START gp5, 2
V_MUL_VV gp3, gp11, gp11, 0
V_RED_SUM f3, gp3, 0
S_ADDI_INT gp11, gp11, 256
C_LOOP_END gp5
S_MUL_FP f3, f3, f2
S_ADD_FP f3, f3, f1
S_SQRT_FP f3, f3
S_RECI_FP f3, f3, 0
S_ADDI_INT gp11, gp10, 0
S_ADDI_INT gp12, gp0, 1024
C_LOOP_START gp5, 2
V_MUL_VF gp11, gp11, f3, 0
V_MUL_VV gp11, gp11, gp12, 0
S_ADDI_INT gp11, gp11, 256
S_ADDI_INT gp12, gp12, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 64
C_LOOP_END gp4
; === Reset MRAM ===
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 29696
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 8192
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 64
C_SET_STRIDE_REG gp3
; Load SubMatrix Col W_q_0[:][0] -> MRAM[0]
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a0, 1, 0
; SubBlock [1][0]: HBM offset = 4096
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 4096
H_PREFETCH_M gp1, gp2, a0, 1, 0
; VRAM Sub Projection To: x_token[0][:] @ W_q_0[:][0] -> q_token[0][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 1536
C_LOOP_START gp4, 16
S_ADDI_INT gp14, gp0, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp5, 2
M_MV 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp5
M_MV_WO gp11, 0
S_ADDI_INT gp10, gp10, 4
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; === Reset MRAM ===
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 38912
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 8192
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 64
C_SET_STRIDE_REG gp3
; Load SubMatrix Col W_k_0[:][0] -> MRAM[0]
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a0, 1, 0
; SubBlock [1][0]: HBM offset = 4096
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 4096
H_PREFETCH_M gp1, gp2, a0, 1, 0
; VRAM Sub Projection To: x_token[0][:] @ W_k_0[:][0] -> k_token[0][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 1792
C_LOOP_START gp4, 16
S_ADDI_INT gp14, gp0, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp5, 2
M_MV 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp5
M_MV_WO gp11, 0
S_ADDI_INT gp10, gp10, 4
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; === Reset MRAM ===
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 48128
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 8192
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 64
C_SET_STRIDE_REG gp3
; Load SubMatrix Col W_v_0[:][0] -> MRAM[0]
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a0, 1, 0
; SubBlock [1][0]: HBM offset = 4096
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 4096
H_PREFETCH_M gp1, gp2, a0, 1, 0
; VRAM Sub Projection To: x_token[0][:] @ W_v_0[:][0] -> v_token[0][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 2048
C_LOOP_START gp4, 16
S_ADDI_INT gp14, gp0, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp5, 2
M_MV 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp5
M_MV_WO gp11, 0
S_ADDI_INT gp10, gp10, 4
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; Store k_token from VRAM to HBM
; VRAM[1792] -> HBM[0], shape=(4, 64)
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 0
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 12288
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 64
C_SET_STRIDE_REG gp3
; Store Activation Generation
S_ADDI_INT gp10, gp0, 1792
S_ADDI_INT gp11, gp0, 12032
C_LOOP_START gp4, 1
S_ADDI_INT gp12, gp10, 0
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
H_STORE_V gp12, gp13, a0, 1, 1
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 64
C_LOOP_END gp4
; Store v_token from VRAM to HBM
; VRAM[2048] -> HBM[13824], shape=(4, 64)
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 13824
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 12288
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 64
C_SET_STRIDE_REG gp3
; Store Activation Generation
S_ADDI_INT gp10, gp0, 2048
S_ADDI_INT gp11, gp0, 12032
C_LOOP_START gp4, 1
S_ADDI_INT gp12, gp10, 0
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
H_STORE_V gp12, gp13, a0, 1, 1
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 64
C_LOOP_END gp4
; === Packed GQA QK^T with M_BTMV ===
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 0
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 12288
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 64
C_SET_STRIDE_REG gp3
S_ADDI_INT gp3, gp0, 1536
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a0, 1, 1
M_BTMV 0, gp1, gp3
S_ADDI_INT gp2, gp0, 5632
M_BMV_WO gp2, 0
; SubBlock [1][0]: HBM offset = 4096
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 4096
H_PREFETCH_M gp1, gp2, a0, 1, 1
M_BTMV 0, gp1, gp3
S_ADDI_INT gp2, gp0, 5888
M_BMV_WO gp2, 0
; SubBlock [2][0]: HBM offset = 8192
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 8192
H_PREFETCH_M gp1, gp2, a0, 1, 1
M_BTMV 0, gp1, gp3
S_ADDI_INT gp2, gp0, 6144
M_BMV_WO gp2, 0
; === Online Softmax Block S ===
S_LD_FP f5, gp0, 1
S_ADDI_INT gp10, gp0, 5632
C_LOOP_START gp4, 4
S_LD_FP f1, gp0, 2
S_LD_FP f2, gp0, 0
S_ADDI_INT gp11, gp10, 0
S_ADDI_INT gp12, gp0, 4864
C_LOOP_START gp5, 3
V_MUL_VF gp11, gp11, f5, 0
V_ADD_VV gp11, gp11, gp12, 0
V_RED_MAX f1, gp11, 0
S_ADDI_INT gp11, gp11, 256
S_ADDI_INT gp12, gp12, 256
C_LOOP_END gp5
S_ADDI_INT gp11, gp10, 0
C_LOOP_START gp5, 3
V_SUB_VF gp11, gp11, f1, 0, 0
V_EXP_V gp11, gp11, 0
V_RED_SUM f2, gp11, 0
S_ADDI_INT gp11, gp11, 256
C_LOOP_END gp5
S_RECI_FP f2, f2, 0
S_ADDI_INT gp11, gp10, 0
C_LOOP_START gp5, 3
V_MUL_VF gp11, gp11, f2, 0
S_ADDI_INT gp11, gp11, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 64
C_LOOP_END gp4
; === Compute PV = P @ V[k_idx=all] ===
; === PV Multiply (P @ V) using M_MV ===
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 13824
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 12288
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 64
C_SET_STRIDE_REG gp3
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a0, 1, 1
; SubBlock [1][0]: HBM offset = 4096
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 4096
H_PREFETCH_M gp1, gp2, a0, 1, 1
; SubBlock [2][0]: HBM offset = 8192
S_ADDI_INT gp1, gp0, 8192
S_ADDI_INT gp2, gp0, 8192
H_PREFETCH_M gp1, gp2, a0, 1, 1
; === Pack O head lane 0 into o_token ===
S_ADDI_INT gp12, gp0, 5632
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 2304
C_LOOP_START gp4, 4
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 3
M_MV 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MV_WO gp11, gp0, 0
S_ADDI_INT gp10, gp10, 4
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; === Pack O head lane 1 into o_token ===
S_ADDI_INT gp12, gp0, 5696
S_ADDI_INT gp10, gp0, 16
S_ADDI_INT gp11, gp0, 2320
C_LOOP_START gp4, 4
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 3
M_MV 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MV_WO gp11, gp0, 0
S_ADDI_INT gp10, gp10, 4
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; === Pack O head lane 2 into o_token ===
S_ADDI_INT gp12, gp0, 5760
S_ADDI_INT gp10, gp0, 32
S_ADDI_INT gp11, gp0, 2336
C_LOOP_START gp4, 4
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 3
M_MV 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MV_WO gp11, gp0, 0
S_ADDI_INT gp10, gp10, 4
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; === Pack O head lane 3 into o_token ===
S_ADDI_INT gp12, gp0, 5824
S_ADDI_INT gp10, gp0, 48
S_ADDI_INT gp11, gp0, 2352
C_LOOP_START gp4, 4
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 3
M_MV 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MV_WO gp11, gp0, 0
S_ADDI_INT gp10, gp10, 4
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; === Reset MRAM ===
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 57344
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 8192
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 128
C_SET_STRIDE_REG gp3
; Load SubMatrix Col W_o_0[:][0] -> MRAM[0]
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a0, 1, 0
; VRAM Sub Projection To: o_token[0][:] @ W_o_0[:][0] -> x_token[0][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 0
C_LOOP_START gp4, 16
S_ADDI_INT gp14, gp0, 2304
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp5, 1
M_MV 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp5
M_MV_WO gp11, 0
S_ADDI_INT gp10, gp10, 4
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; === Reset MRAM ===
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 57344
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 8192
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 128
C_SET_STRIDE_REG gp3
; Load SubMatrix Col W_o_0[:][1] -> MRAM[0]
; SubBlock [0][1]: HBM offset = 64
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 64
H_PREFETCH_M gp1, gp2, a0, 1, 0
; VRAM Sub Projection To: o_token[0][:] @ W_o_0[:][1] -> x_token[0][1]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 256
C_LOOP_START gp4, 16
S_ADDI_INT gp14, gp0, 2304
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp5, 1
M_MV 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp5
M_MV_WO gp11, 0
S_ADDI_INT gp10, gp10, 4
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; === VRAM Matrix Add: x_token[0:4] += residual_token[0:4] ===
; dst shape: (4, 128), src shape: (4, 128)
; block add path: row_blocks=0, col_blocks=2
; VRAM Block Add: x_token[0][0] = x_token[0][0] + residual_token[0][0]
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 512
C_LOOP_START gp4, 4
V_ADD_VV gp1, gp1, gp2, 0
S_ADDI_INT gp1, gp1, 64
S_ADDI_INT gp2, gp2, 64
C_LOOP_END gp4
; VRAM Block Add: x_token[0][1] = x_token[0][1] + residual_token[0][1]
S_ADDI_INT gp1, gp0, 256
S_ADDI_INT gp2, gp0, 768
C_LOOP_START gp4, 4
V_ADD_VV gp1, gp1, gp2, 0
S_ADDI_INT gp1, gp1, 64
S_ADDI_INT gp2, gp2, 64
C_LOOP_END gp4
; === VRAM Matrix Add: residual_token[0:1] = x_token[0:1] ===
S_ADDI_INT gp1, gp0, 512
S_ADDI_INT gp2, gp0, 0
V_ADD_VF gp1, gp2, f0, 0
S_ADDI_INT gp1, gp0, 768
S_ADDI_INT gp2, gp0, 256
V_ADD_VF gp1, gp2, f0, 0
; Load_Batch W_norm2_0 -> gamma
; HBM[66560] → VRAM[1024], shape=(4, 128)
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 66560 
C_SET_ADDR_REG a0, gp0, gp1 
S_ADDI_INT gp2, gp0, 512 
C_SET_SCALE_REG gp2 
S_ADDI_INT gp3, gp0, 128 
C_SET_STRIDE_REG gp3 
; Reset Registers [[12, 13]] 
S_ADDI_INT gp12, gp0, 0 
S_ADDI_INT gp13, gp0, 0 
; Preload Activation Generation 
S_ADDI_INT gp10, gp0, 1024 
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
; Normalize (rms) x_token, logical=(4, 128) physical=(4, 128)
; RMS Norm generation 
S_LD_FP f1, gp0, 3
S_LD_FP f2, gp0, 4
S_ADDI_INT gp3, gp0, 4608
S_ADDI_INT gp10, gp0, 0
C_LOOP_START gp4, 4
S_ADD_FP f3, f0, f0
S_ADDI_INT gp11, gp10, 0
C_LOOP_START gp5, 2
V_MUL_VV gp3, gp11, gp11, 0
V_RED_SUM f3, gp3, 0
S_ADDI_INT gp11, gp11, 256
C_LOOP_END gp5
S_MUL_FP f3, f3, f2
S_ADD_FP f3, f3, f1
S_SQRT_FP f3, f3
S_RECI_FP f3, f3, 0
S_ADDI_INT gp11, gp10, 0
S_ADDI_INT gp12, gp0, 1024
C_LOOP_START gp5, 2
V_MUL_VF gp11, gp11, f3, 0
V_MUL_VV gp11, gp11, gp12, 0
S_ADDI_INT gp11, gp11, 256
S_ADDI_INT gp12, gp12, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 64
C_LOOP_END gp4
; FFN Generation 
; === Reset MRAM ===
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 67136
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 32768
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 256
C_SET_STRIDE_REG gp3
; Load SubMatrix Col W_up_0[:][0] -> MRAM[0]
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a0, 1, 0
; SubBlock [1][0]: HBM offset = 16384
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 16384
H_PREFETCH_M gp1, gp2, a0, 1, 0
; VRAM Sub Projection To: x_token[0][:] @ W_up_0[:][0] -> up_token[0][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 3584
C_LOOP_START gp4, 16
S_ADDI_INT gp14, gp0, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp5, 2
M_MV 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp5
M_MV_WO gp11, 0
S_ADDI_INT gp10, gp10, 4
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; === Reset MRAM ===
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 67136
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 32768
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 256
C_SET_STRIDE_REG gp3
; Load SubMatrix Col W_up_0[:][1] -> MRAM[0]
; SubBlock [0][1]: HBM offset = 64
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 64
H_PREFETCH_M gp1, gp2, a0, 1, 0
; SubBlock [1][1]: HBM offset = 16448
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 16448
H_PREFETCH_M gp1, gp2, a0, 1, 0
; VRAM Sub Projection To: x_token[0][:] @ W_up_0[:][1] -> up_token[0][1]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 3840
C_LOOP_START gp4, 16
S_ADDI_INT gp14, gp0, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp5, 2
M_MV 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp5
M_MV_WO gp11, 0
S_ADDI_INT gp10, gp10, 4
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; === Reset MRAM ===
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 67136
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 32768
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 256
C_SET_STRIDE_REG gp3
; Load SubMatrix Col W_up_0[:][2] -> MRAM[0]
; SubBlock [0][2]: HBM offset = 128
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 128
H_PREFETCH_M gp1, gp2, a0, 1, 0
; SubBlock [1][2]: HBM offset = 16512
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 16512
H_PREFETCH_M gp1, gp2, a0, 1, 0
; VRAM Sub Projection To: x_token[0][:] @ W_up_0[:][2] -> up_token[0][2]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 4096
C_LOOP_START gp4, 16
S_ADDI_INT gp14, gp0, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp5, 2
M_MV 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp5
M_MV_WO gp11, 0
S_ADDI_INT gp10, gp10, 4
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; === Reset MRAM ===
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 67136
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 32768
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 256
C_SET_STRIDE_REG gp3
; Load SubMatrix Col W_up_0[:][3] -> MRAM[0]
; SubBlock [0][3]: HBM offset = 192
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 192
H_PREFETCH_M gp1, gp2, a0, 1, 0
; SubBlock [1][3]: HBM offset = 16576
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 16576
H_PREFETCH_M gp1, gp2, a0, 1, 0
; VRAM Sub Projection To: x_token[0][:] @ W_up_0[:][3] -> up_token[0][3]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 4352
C_LOOP_START gp4, 16
S_ADDI_INT gp14, gp0, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp5, 2
M_MV 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp5
M_MV_WO gp11, 0
S_ADDI_INT gp10, gp10, 4
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; === Reset MRAM ===
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 104000
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 32768
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 256
C_SET_STRIDE_REG gp3
; Load SubMatrix Col W_gate_0[:][0] -> MRAM[0]
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a0, 1, 0
; SubBlock [1][0]: HBM offset = 16384
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 16384
H_PREFETCH_M gp1, gp2, a0, 1, 0
; VRAM Sub Projection To: x_token[0][:] @ W_gate_0[:][0] -> gate_token[0][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 2560
C_LOOP_START gp4, 16
S_ADDI_INT gp14, gp0, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp5, 2
M_MV 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp5
M_MV_WO gp11, 0
S_ADDI_INT gp10, gp10, 4
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; === Reset MRAM ===
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 104000
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 32768
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 256
C_SET_STRIDE_REG gp3
; Load SubMatrix Col W_gate_0[:][1] -> MRAM[0]
; SubBlock [0][1]: HBM offset = 64
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 64
H_PREFETCH_M gp1, gp2, a0, 1, 0
; SubBlock [1][1]: HBM offset = 16448
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 16448
H_PREFETCH_M gp1, gp2, a0, 1, 0
; VRAM Sub Projection To: x_token[0][:] @ W_gate_0[:][1] -> gate_token[0][1]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 2816
C_LOOP_START gp4, 16
S_ADDI_INT gp14, gp0, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp5, 2
M_MV 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp5
M_MV_WO gp11, 0
S_ADDI_INT gp10, gp10, 4
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; === Reset MRAM ===
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 104000
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 32768
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 256
C_SET_STRIDE_REG gp3
; Load SubMatrix Col W_gate_0[:][2] -> MRAM[0]
; SubBlock [0][2]: HBM offset = 128
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 128
H_PREFETCH_M gp1, gp2, a0, 1, 0
; SubBlock [1][2]: HBM offset = 16512
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 16512
H_PREFETCH_M gp1, gp2, a0, 1, 0
; VRAM Sub Projection To: x_token[0][:] @ W_gate_0[:][2] -> gate_token[0][2]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 3072
C_LOOP_START gp4, 16
S_ADDI_INT gp14, gp0, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp5, 2
M_MV 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp5
M_MV_WO gp11, 0
S_ADDI_INT gp10, gp10, 4
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; === Reset MRAM ===
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 104000
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 32768
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 256
C_SET_STRIDE_REG gp3
; Load SubMatrix Col W_gate_0[:][3] -> MRAM[0]
; SubBlock [0][3]: HBM offset = 192
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 192
H_PREFETCH_M gp1, gp2, a0, 1, 0
; SubBlock [1][3]: HBM offset = 16576
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 16576
H_PREFETCH_M gp1, gp2, a0, 1, 0
; VRAM Sub Projection To: x_token[0][:] @ W_gate_0[:][3] -> gate_token[0][3]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 3328
C_LOOP_START gp4, 16
S_ADDI_INT gp14, gp0, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp5, 2
M_MV 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp5
M_MV_WO gp11, 0
S_ADDI_INT gp10, gp10, 4
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; SILU Generation 
S_LD_FP f1, gp0, 5
S_ADDI_INT gp3, gp0, 4608
S_ADDI_INT gp1, gp0, 2560
S_ADDI_INT gp2, gp0, 3584
C_LOOP_START gp4, 4
V_SUB_VF gp3, gp1, f0, 0, 1
V_EXP_V gp3, gp3, 0
V_ADD_VF gp3, gp3, f1, 0
V_RECI_V gp3, gp3, 0
V_MUL_VV gp1, gp1, gp3, 0
V_MUL_VV gp1, gp1, gp2, 0
S_ADDI_INT gp1, gp1, 64
S_ADDI_INT gp2, gp2, 64
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 2816
S_ADDI_INT gp2, gp0, 3840
C_LOOP_START gp4, 4
V_SUB_VF gp3, gp1, f0, 0, 1
V_EXP_V gp3, gp3, 0
V_ADD_VF gp3, gp3, f1, 0
V_RECI_V gp3, gp3, 0
V_MUL_VV gp1, gp1, gp3, 0
V_MUL_VV gp1, gp1, gp2, 0
S_ADDI_INT gp1, gp1, 64
S_ADDI_INT gp2, gp2, 64
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 3072
S_ADDI_INT gp2, gp0, 4096
C_LOOP_START gp4, 4
V_SUB_VF gp3, gp1, f0, 0, 1
V_EXP_V gp3, gp3, 0
V_ADD_VF gp3, gp3, f1, 0
V_RECI_V gp3, gp3, 0
V_MUL_VV gp1, gp1, gp3, 0
V_MUL_VV gp1, gp1, gp2, 0
S_ADDI_INT gp1, gp1, 64
S_ADDI_INT gp2, gp2, 64
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 3328
S_ADDI_INT gp2, gp0, 4352
C_LOOP_START gp4, 4
V_SUB_VF gp3, gp1, f0, 0, 1
V_EXP_V gp3, gp3, 0
V_ADD_VF gp3, gp3, f1, 0
V_RECI_V gp3, gp3, 0
V_MUL_VV gp1, gp1, gp3, 0
V_MUL_VV gp1, gp1, gp2, 0
S_ADDI_INT gp1, gp1, 64
S_ADDI_INT gp2, gp2, 64
C_LOOP_END gp4
; === Reset MRAM ===
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 140864
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 32768
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
; SubBlock [2][0]: HBM offset = 16384
S_ADDI_INT gp1, gp0, 8192
S_ADDI_INT gp2, gp0, 16384
H_PREFETCH_M gp1, gp2, a0, 1, 0
; SubBlock [3][0]: HBM offset = 24576
S_ADDI_INT gp1, gp0, 12288
S_ADDI_INT gp2, gp0, 24576
H_PREFETCH_M gp1, gp2, a0, 1, 0
; VRAM Sub Projection To: gate_token[0][:] @ W_down_0[:][0] -> x_token[0][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 0
C_LOOP_START gp4, 16
S_ADDI_INT gp14, gp0, 2560
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp5, 4
M_MV 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp5
M_MV_WO gp11, 0
S_ADDI_INT gp10, gp10, 4
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; === Reset MRAM ===
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 140864
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 32768
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
; SubBlock [2][1]: HBM offset = 16448
S_ADDI_INT gp1, gp0, 8192
S_ADDI_INT gp2, gp0, 16448
H_PREFETCH_M gp1, gp2, a0, 1, 0
; SubBlock [3][1]: HBM offset = 24640
S_ADDI_INT gp1, gp0, 12288
S_ADDI_INT gp2, gp0, 24640
H_PREFETCH_M gp1, gp2, a0, 1, 0
; VRAM Sub Projection To: gate_token[0][:] @ W_down_0[:][1] -> x_token[0][1]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 256
C_LOOP_START gp4, 16
S_ADDI_INT gp14, gp0, 2560
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp5, 4
M_MV 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp5
M_MV_WO gp11, 0
S_ADDI_INT gp10, gp10, 4
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; === VRAM Matrix Add: x_token[0:4] += residual_token[0:4] ===
; dst shape: (4, 128), src shape: (4, 128)
; block add path: row_blocks=0, col_blocks=2
; VRAM Block Add: x_token[0][0] = x_token[0][0] + residual_token[0][0]
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 512
C_LOOP_START gp4, 4
V_ADD_VV gp1, gp1, gp2, 0
S_ADDI_INT gp1, gp1, 64
S_ADDI_INT gp2, gp2, 64
C_LOOP_END gp4
; VRAM Block Add: x_token[0][1] = x_token[0][1] + residual_token[0][1]
S_ADDI_INT gp1, gp0, 256
S_ADDI_INT gp2, gp0, 768
C_LOOP_START gp4, 4
V_ADD_VV gp1, gp1, gp2, 0
S_ADDI_INT gp1, gp1, 64
S_ADDI_INT gp2, gp2, 64
C_LOOP_END gp4
; === LAYER 0/1 COMPLETE ===
; Store x_token from VRAM to HBM
; VRAM[0] -> HBM[177728], shape=(4, 128)
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 177728
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 512
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 128
C_SET_STRIDE_REG gp3
; Store Activation Generation
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 0
C_LOOP_START gp4, 2
S_ADDI_INT gp12, gp10, 0
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
H_STORE_V gp12, gp13, a0, 1, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 512
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 64
C_LOOP_END gp4
