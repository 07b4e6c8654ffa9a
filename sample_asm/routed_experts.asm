; Load_Batch X -> X
; HBM[0] → VRAM[4608], shape=(4, 128)
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 0 
C_SET_ADDR_REG a0, gp0, gp1 
S_ADDI_INT gp2, gp0, 512 
C_SET_SCALE_REG gp2 
S_ADDI_INT gp3, gp0, 128 
C_SET_STRIDE_REG gp3 
; Reset Registers [[12, 13]] 
S_ADDI_INT gp12, gp0, 0 
S_ADDI_INT gp13, gp0, 0 
; Preload Activation Generation 
S_ADDI_INT gp10, gp0, 4608 
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
; Load_Batch router_weight -> router_weight
; HBM[576] → VRAM[0], shape=(32, 128)
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 576 
C_SET_ADDR_REG a0, gp0, gp1 
S_ADDI_INT gp2, gp0, 4096 
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
C_LOOP_START gp5, 8 
H_PREFETCH_V gp12, gp13, a0, 1, 0 
S_ADDI_INT gp12, gp12, 256 
S_ADDI_INT gp13, gp13, 512 
C_LOOP_END gp5 
S_ADDI_INT gp10, gp10, 2048 
S_ADDI_INT gp11, gp11, 64 
C_LOOP_END gp4 
; Load_Batch router_bias -> router_bias
; HBM[5184] → VRAM[4352], shape=(4, 64)
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 5184 
C_SET_ADDR_REG a0, gp0, gp1 
S_ADDI_INT gp2, gp0, 256 
C_SET_SCALE_REG gp2 
S_ADDI_INT gp3, gp0, 64 
C_SET_STRIDE_REG gp3 
; Reset Registers [[12, 13]] 
S_ADDI_INT gp12, gp0, 0 
S_ADDI_INT gp13, gp0, 0 
; Preload Activation Generation 
S_ADDI_INT gp10, gp0, 4352 
S_ADDI_INT gp11, gp0, 0 
C_LOOP_START gp4, 1 
S_ADDI_INT gp12, gp10, 0 
S_ADDI_INT gp13, gp11, 0 
C_LOOP_START gp5, 1 
H_PREFETCH_V gp12, gp13, a0, 1, 0 
S_ADDI_INT gp12, gp12, 256 
S_ADDI_INT gp13, gp13, 256 
C_LOOP_END gp5 
S_ADDI_INT gp10, gp10, 256 
S_ADDI_INT gp11, gp11, 64 
C_LOOP_END gp4 
; Router dot token 0, expert 0..31
S_ADDI_INT gp1, gp0, 64
C_LOOP_START gp4, 64
S_ST_FP f0, gp1, 0
S_ADDI_INT gp1, gp1, 1
C_LOOP_END gp4
S_ADDI_INT gp3, gp0, 7680
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 64
C_LOOP_START gp4, 32
S_ADD_FP f1, f0, f0
S_ADDI_INT gp12, gp0, 4608
S_ADDI_INT gp13, gp10, 0
C_LOOP_START gp5, 2
V_MUL_VV gp3, gp12, gp13, 0
V_RED_SUM f1, gp3, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 2048
C_LOOP_END gp5
S_ST_FP f1, gp11, 0
S_ADDI_INT gp10, gp10, 64
S_ADDI_INT gp11, gp11, 1
C_LOOP_END gp4
; Router token 0: map FPRAM logits scratch to a VRAM row
S_ADDI_INT gp1, gp0, 64
S_ADDI_INT gp2, gp0, 4096
S_ADDI_INT gp3, gp0, 4352
S_MAP_V_FP gp2, gp1, 0
V_ADD_VV gp2, gp2, gp3, 0
; Routed-MoE V_TOPK token0: token=0, experts=32, top_k=4
S_ADDI_INT gp1, gp0, 256
S_ADDI_INT gp3, gp0, 0
V_TOPK gp1, gp2, gp3, 0
; Router dot token 1, expert 0..31
S_ADDI_INT gp1, gp0, 64
C_LOOP_START gp4, 64
S_ST_FP f0, gp1, 0
S_ADDI_INT gp1, gp1, 1
C_LOOP_END gp4
S_ADDI_INT gp3, gp0, 7680
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 64
C_LOOP_START gp4, 32
S_ADD_FP f1, f0, f0
S_ADDI_INT gp12, gp0, 4672
S_ADDI_INT gp13, gp10, 0
C_LOOP_START gp5, 2
V_MUL_VV gp3, gp12, gp13, 0
V_RED_SUM f1, gp3, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 2048
C_LOOP_END gp5
S_ST_FP f1, gp11, 0
S_ADDI_INT gp10, gp10, 64
S_ADDI_INT gp11, gp11, 1
C_LOOP_END gp4
; Router token 1: map FPRAM logits scratch to a VRAM row
S_ADDI_INT gp1, gp0, 64
S_ADDI_INT gp2, gp0, 4160
S_ADDI_INT gp3, gp0, 4416
S_MAP_V_FP gp2, gp1, 0
V_ADD_VV gp2, gp2, gp3, 0
; Routed-MoE V_TOPK token1: token=1, experts=32, top_k=4
S_ADDI_INT gp1, gp0, 260
S_ADDI_INT gp3, gp0, 4
V_TOPK gp1, gp2, gp3, 0
; Router dot token 2, expert 0..31
S_ADDI_INT gp1, gp0, 64
C_LOOP_START gp4, 64
S_ST_FP f0, gp1, 0
S_ADDI_INT gp1, gp1, 1
C_LOOP_END gp4
S_ADDI_INT gp3, gp0, 7680
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 64
C_LOOP_START gp4, 32
S_ADD_FP f1, f0, f0
S_ADDI_INT gp12, gp0, 4736
S_ADDI_INT gp13, gp10, 0
C_LOOP_START gp5, 2
V_MUL_VV gp3, gp12, gp13, 0
V_RED_SUM f1, gp3, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 2048
C_LOOP_END gp5
S_ST_FP f1, gp11, 0
S_ADDI_INT gp10, gp10, 64
S_ADDI_INT gp11, gp11, 1
C_LOOP_END gp4
; Router token 2: map FPRAM logits scratch to a VRAM row
S_ADDI_INT gp1, gp0, 64
S_ADDI_INT gp2, gp0, 4224
S_ADDI_INT gp3, gp0, 4480
S_MAP_V_FP gp2, gp1, 0
V_ADD_VV gp2, gp2, gp3, 0
; Routed-MoE V_TOPK token2: token=2, experts=32, top_k=4
S_ADDI_INT gp1, gp0, 264
S_ADDI_INT gp3, gp0, 8
V_TOPK gp1, gp2, gp3, 0
; Router dot token 3, expert 0..31
S_ADDI_INT gp1, gp0, 64
C_LOOP_START gp4, 64
S_ST_FP f0, gp1, 0
S_ADDI_INT gp1, gp1, 1
C_LOOP_END gp4
S_ADDI_INT gp3, gp0, 7680
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 64
C_LOOP_START gp4, 32
S_ADD_FP f1, f0, f0
S_ADDI_INT gp12, gp0, 4800
S_ADDI_INT gp13, gp10, 0
C_LOOP_START gp5, 2
V_MUL_VV gp3, gp12, gp13, 0
V_RED_SUM f1, gp3, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 2048
C_LOOP_END gp5
S_ST_FP f1, gp11, 0
S_ADDI_INT gp10, gp10, 64
S_ADDI_INT gp11, gp11, 1
C_LOOP_END gp4
; Router token 3: map FPRAM logits scratch to a VRAM row
S_ADDI_INT gp1, gp0, 64
S_ADDI_INT gp2, gp0, 4288
S_ADDI_INT gp3, gp0, 4544
S_MAP_V_FP gp2, gp1, 0
V_ADD_VV gp2, gp2, gp3, 0
; Routed-MoE V_TOPK token3: token=3, experts=32, top_k=4
S_ADDI_INT gp1, gp0, 268
S_ADDI_INT gp3, gp0, 12
V_TOPK gp1, gp2, gp3, 0
; true-zero VRAM rows [0, 1, 2, 3] in routing_acc
S_ADDI_INT gp1, gp0, 5120
C_LOOP_START gp4, 4
V_MUL_VF gp1, gp1, f0, 0
S_ADDI_INT gp1, gp1, 64
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 5376
C_LOOP_START gp4, 4
V_MUL_VF gp1, gp1, f0, 0
S_ADDI_INT gp1, gp1, 64
C_LOOP_END gp4
; router bookkeeping: token of each pair to INT SRAM
S_ADDI_INT gp2, gp0, 0
S_ADDI_INT gp1, gp0, 256
C_LOOP_START gp4, 4
S_ST_INT gp2, gp1, 0
S_ADDI_INT gp1, gp1, 1
C_LOOP_END gp4
S_ADDI_INT gp2, gp0, 1
S_ADDI_INT gp1, gp0, 260
C_LOOP_START gp4, 4
S_ST_INT gp2, gp1, 0
S_ADDI_INT gp1, gp1, 1
C_LOOP_END gp4
S_ADDI_INT gp2, gp0, 2
S_ADDI_INT gp1, gp0, 264
C_LOOP_START gp4, 4
S_ST_INT gp2, gp1, 0
S_ADDI_INT gp1, gp1, 1
C_LOOP_END gp4
S_ADDI_INT gp2, gp0, 3
S_ADDI_INT gp1, gp0, 268
C_LOOP_START gp4, 4
S_ST_INT gp2, gp1, 0
S_ADDI_INT gp1, gp1, 1
C_LOOP_END gp4
; gather token rows from HBM: pair=0, hidden=128
S_ADDI_INT gp1, gp0, 0
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp1, gp0, 512
C_SET_SCALE_REG gp1
S_LD_INT gp2, gp0, 256
S_ADDI_INT gp3, gp0, 128
S_MUL_INT gp2, gp2, gp3
S_ADDI_INT gp1, gp0, 5632
S_ADDI_INT gp3, gp2, 0
H_PREFETCH_V gp1, gp3, a0, 0, 0
S_ADDI_INT gp1, gp0, 5888
S_ADDI_INT gp3, gp2, 64
H_PREFETCH_V gp1, gp3, a0, 0, 0
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_gate_e0, pair=0, col=0
; pair0_gate: expert_id_to_weight_base pair=0, table_base=5504, stride=9216
S_LD_INT gp4, gp0, 0
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_ADDI_INT gp5, gp0, 5504
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 64
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; SubBlock [1][0]: HBM offset = 4096
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 4096
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: gather[0][:] @ W_gate_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6144
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 5632
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add gate_bias: pair=0, rows=1
S_LD_INT gp4, gp0, 0
S_ADDI_INT gp5, gp0, 256
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 73
S_ADDI_INT gp5, gp5, 1408
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6144
V_ADD_VV gp2, gp2, gp1
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_up_e0, pair=0, col=0
; pair0_up: expert_id_to_weight_base pair=0, table_base=309632, stride=9216
S_LD_INT gp4, gp0, 0
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 75
S_ADDI_INT gp5, gp5, 2432
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 64
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; SubBlock [1][0]: HBM offset = 4096
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 4096
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: gather[0][:] @ W_up_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6400
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 5632
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add up_bias: pair=0, rows=1
S_LD_INT gp4, gp0, 0
S_ADDI_INT gp5, gp0, 256
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 147
S_ADDI_INT gp5, gp5, 2432
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6400
V_ADD_VV gp2, gp2, gp1
; === Expert Activation pair=0 ===
S_LD_FP f1, gp0, 5
S_ADD_FP f2, f1, f1
S_MUL_FP f2, f2, f2
S_SUB_FP f3, f0, f2
S_ADDI_INT gp3, gp0, 7680
S_ADDI_INT gp1, gp0, 6144
S_ADDI_INT gp2, gp0, 6400
; Tile Row Min FP on VRAM[6144]
V_MIN_VF gp1, gp1, f2, 0
; Tile Row Max FP on VRAM[6144]
V_MAX_VF gp1, gp1, f3, 0
V_SUB_VF gp3, gp1, f0, 0, 1
V_EXP_V gp3, gp3, 0
V_ADD_VF gp3, gp3, f1, 0
V_RECI_V gp3, gp3, 0
V_MUL_VV gp1, gp1, gp3, 0
V_MUL_VV gp2, gp2, gp1, 0
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_down_e0, pair=0, col=0
; pair0_down: expert_id_to_weight_base pair=0, table_base=613760, stride=9216
S_LD_INT gp4, gp0, 0
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 149
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 128
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: up[0][:] @ W_down_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6656
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 6400
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 1
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
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
; dynamic HBM weight prefetch: template=W_down_e0, pair=0, col=1
; pair0_down: expert_id_to_weight_base pair=0, table_base=613760, stride=9216
S_LD_INT gp4, gp0, 0
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 149
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 128
C_SET_STRIDE_REG gp7
; SubBlock [0][1]: HBM offset = 64
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 64
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: up[0][:] @ W_down_e0[:][1]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6912
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 6400
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 1
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add down_bias: pair=0, rows=1
S_LD_INT gp4, gp0, 0
S_ADDI_INT gp5, gp0, 512
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 221
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 16384
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6656
V_ADD_VV gp2, gp2, gp1
S_ADDI_INT gp1, gp0, 7424
S_ADDI_INT gp2, gp0, 64
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6912
V_ADD_VV gp2, gp2, gp1
; materialize route weight pair=0, col_block=0
S_LD_FP f1, gp0, 256
S_ADDI_INT gp1, gp0, 320
C_LOOP_START gp4, 64
S_ST_FP f1, gp1, 0
S_ADDI_INT gp1, gp1, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 320
S_ADDI_INT gp3, gp0, 7680
S_MAP_V_FP gp3, gp1, 0
; VRAM scatter-add pair0_scatter: 1 active rows
S_LD_INT gp2, gp0, 256
S_ADDI_INT gp4, gp0, 64
S_MUL_INT gp2, gp2, gp4
S_ADDI_INT gp1, gp0, 6656
V_MUL_VV gp1, gp1, gp3, 0
S_ADDI_INT gp4, gp2, 5120
V_ADD_VV gp4, gp4, gp1, 0
S_ADDI_INT gp1, gp0, 6912
V_MUL_VV gp1, gp1, gp3, 0
S_ADDI_INT gp4, gp2, 5376
V_ADD_VV gp4, gp4, gp1, 0
S_LD_FP f1, gp0, 0
; gather token rows from HBM: pair=1, hidden=128
S_ADDI_INT gp1, gp0, 0
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp1, gp0, 512
C_SET_SCALE_REG gp1
S_LD_INT gp2, gp0, 257
S_ADDI_INT gp3, gp0, 128
S_MUL_INT gp2, gp2, gp3
S_ADDI_INT gp1, gp0, 5632
S_ADDI_INT gp3, gp2, 0
H_PREFETCH_V gp1, gp3, a0, 0, 0
S_ADDI_INT gp1, gp0, 5888
S_ADDI_INT gp3, gp2, 64
H_PREFETCH_V gp1, gp3, a0, 0, 0
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_gate_e0, pair=1, col=0
; pair1_gate: expert_id_to_weight_base pair=1, table_base=5504, stride=9216
S_LD_INT gp4, gp0, 1
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_ADDI_INT gp5, gp0, 5504
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 64
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; SubBlock [1][0]: HBM offset = 4096
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 4096
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: gather[0][:] @ W_gate_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6144
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 5632
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add gate_bias: pair=1, rows=1
S_LD_INT gp4, gp0, 1
S_ADDI_INT gp5, gp0, 256
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 73
S_ADDI_INT gp5, gp5, 1408
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6144
V_ADD_VV gp2, gp2, gp1
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_up_e0, pair=1, col=0
; pair1_up: expert_id_to_weight_base pair=1, table_base=309632, stride=9216
S_LD_INT gp4, gp0, 1
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 75
S_ADDI_INT gp5, gp5, 2432
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 64
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; SubBlock [1][0]: HBM offset = 4096
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 4096
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: gather[0][:] @ W_up_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6400
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 5632
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add up_bias: pair=1, rows=1
S_LD_INT gp4, gp0, 1
S_ADDI_INT gp5, gp0, 256
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 147
S_ADDI_INT gp5, gp5, 2432
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6400
V_ADD_VV gp2, gp2, gp1
; === Expert Activation pair=1 ===
S_LD_FP f1, gp0, 5
S_ADD_FP f2, f1, f1
S_MUL_FP f2, f2, f2
S_SUB_FP f3, f0, f2
S_ADDI_INT gp3, gp0, 7680
S_ADDI_INT gp1, gp0, 6144
S_ADDI_INT gp2, gp0, 6400
; Tile Row Min FP on VRAM[6144]
V_MIN_VF gp1, gp1, f2, 0
; Tile Row Max FP on VRAM[6144]
V_MAX_VF gp1, gp1, f3, 0
V_SUB_VF gp3, gp1, f0, 0, 1
V_EXP_V gp3, gp3, 0
V_ADD_VF gp3, gp3, f1, 0
V_RECI_V gp3, gp3, 0
V_MUL_VV gp1, gp1, gp3, 0
V_MUL_VV gp2, gp2, gp1, 0
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_down_e0, pair=1, col=0
; pair1_down: expert_id_to_weight_base pair=1, table_base=613760, stride=9216
S_LD_INT gp4, gp0, 1
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 149
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 128
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: up[0][:] @ W_down_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6656
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 6400
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 1
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
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
; dynamic HBM weight prefetch: template=W_down_e0, pair=1, col=1
; pair1_down: expert_id_to_weight_base pair=1, table_base=613760, stride=9216
S_LD_INT gp4, gp0, 1
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 149
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 128
C_SET_STRIDE_REG gp7
; SubBlock [0][1]: HBM offset = 64
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 64
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: up[0][:] @ W_down_e0[:][1]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6912
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 6400
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 1
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add down_bias: pair=1, rows=1
S_LD_INT gp4, gp0, 1
S_ADDI_INT gp5, gp0, 512
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 221
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 16384
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6656
V_ADD_VV gp2, gp2, gp1
S_ADDI_INT gp1, gp0, 7424
S_ADDI_INT gp2, gp0, 64
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6912
V_ADD_VV gp2, gp2, gp1
; materialize route weight pair=1, col_block=0
S_LD_FP f1, gp0, 257
S_ADDI_INT gp1, gp0, 320
C_LOOP_START gp4, 64
S_ST_FP f1, gp1, 0
S_ADDI_INT gp1, gp1, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 320
S_ADDI_INT gp3, gp0, 7680
S_MAP_V_FP gp3, gp1, 0
; VRAM scatter-add pair1_scatter: 1 active rows
S_LD_INT gp2, gp0, 257
S_ADDI_INT gp4, gp0, 64
S_MUL_INT gp2, gp2, gp4
S_ADDI_INT gp1, gp0, 6656
V_MUL_VV gp1, gp1, gp3, 0
S_ADDI_INT gp4, gp2, 5120
V_ADD_VV gp4, gp4, gp1, 0
S_ADDI_INT gp1, gp0, 6912
V_MUL_VV gp1, gp1, gp3, 0
S_ADDI_INT gp4, gp2, 5376
V_ADD_VV gp4, gp4, gp1, 0
S_LD_FP f1, gp0, 0
; gather token rows from HBM: pair=2, hidden=128
S_ADDI_INT gp1, gp0, 0
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp1, gp0, 512
C_SET_SCALE_REG gp1
S_LD_INT gp2, gp0, 258
S_ADDI_INT gp3, gp0, 128
S_MUL_INT gp2, gp2, gp3
S_ADDI_INT gp1, gp0, 5632
S_ADDI_INT gp3, gp2, 0
H_PREFETCH_V gp1, gp3, a0, 0, 0
S_ADDI_INT gp1, gp0, 5888
S_ADDI_INT gp3, gp2, 64
H_PREFETCH_V gp1, gp3, a0, 0, 0
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_gate_e0, pair=2, col=0
; pair2_gate: expert_id_to_weight_base pair=2, table_base=5504, stride=9216
S_LD_INT gp4, gp0, 2
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_ADDI_INT gp5, gp0, 5504
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 64
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; SubBlock [1][0]: HBM offset = 4096
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 4096
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: gather[0][:] @ W_gate_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6144
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 5632
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add gate_bias: pair=2, rows=1
S_LD_INT gp4, gp0, 2
S_ADDI_INT gp5, gp0, 256
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 73
S_ADDI_INT gp5, gp5, 1408
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6144
V_ADD_VV gp2, gp2, gp1
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_up_e0, pair=2, col=0
; pair2_up: expert_id_to_weight_base pair=2, table_base=309632, stride=9216
S_LD_INT gp4, gp0, 2
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 75
S_ADDI_INT gp5, gp5, 2432
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 64
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; SubBlock [1][0]: HBM offset = 4096
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 4096
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: gather[0][:] @ W_up_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6400
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 5632
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add up_bias: pair=2, rows=1
S_LD_INT gp4, gp0, 2
S_ADDI_INT gp5, gp0, 256
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 147
S_ADDI_INT gp5, gp5, 2432
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6400
V_ADD_VV gp2, gp2, gp1
; === Expert Activation pair=2 ===
S_LD_FP f1, gp0, 5
S_ADD_FP f2, f1, f1
S_MUL_FP f2, f2, f2
S_SUB_FP f3, f0, f2
S_ADDI_INT gp3, gp0, 7680
S_ADDI_INT gp1, gp0, 6144
S_ADDI_INT gp2, gp0, 6400
; Tile Row Min FP on VRAM[6144]
V_MIN_VF gp1, gp1, f2, 0
; Tile Row Max FP on VRAM[6144]
V_MAX_VF gp1, gp1, f3, 0
V_SUB_VF gp3, gp1, f0, 0, 1
V_EXP_V gp3, gp3, 0
V_ADD_VF gp3, gp3, f1, 0
V_RECI_V gp3, gp3, 0
V_MUL_VV gp1, gp1, gp3, 0
V_MUL_VV gp2, gp2, gp1, 0
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_down_e0, pair=2, col=0
; pair2_down: expert_id_to_weight_base pair=2, table_base=613760, stride=9216
S_LD_INT gp4, gp0, 2
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 149
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 128
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: up[0][:] @ W_down_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6656
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 6400
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 1
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
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
; dynamic HBM weight prefetch: template=W_down_e0, pair=2, col=1
; pair2_down: expert_id_to_weight_base pair=2, table_base=613760, stride=9216
S_LD_INT gp4, gp0, 2
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 149
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 128
C_SET_STRIDE_REG gp7
; SubBlock [0][1]: HBM offset = 64
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 64
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: up[0][:] @ W_down_e0[:][1]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6912
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 6400
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 1
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add down_bias: pair=2, rows=1
S_LD_INT gp4, gp0, 2
S_ADDI_INT gp5, gp0, 512
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 221
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 16384
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6656
V_ADD_VV gp2, gp2, gp1
S_ADDI_INT gp1, gp0, 7424
S_ADDI_INT gp2, gp0, 64
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6912
V_ADD_VV gp2, gp2, gp1
; materialize route weight pair=2, col_block=0
S_LD_FP f1, gp0, 258
S_ADDI_INT gp1, gp0, 320
C_LOOP_START gp4, 64
S_ST_FP f1, gp1, 0
S_ADDI_INT gp1, gp1, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 320
S_ADDI_INT gp3, gp0, 7680
S_MAP_V_FP gp3, gp1, 0
; VRAM scatter-add pair2_scatter: 1 active rows
S_LD_INT gp2, gp0, 258
S_ADDI_INT gp4, gp0, 64
S_MUL_INT gp2, gp2, gp4
S_ADDI_INT gp1, gp0, 6656
V_MUL_VV gp1, gp1, gp3, 0
S_ADDI_INT gp4, gp2, 5120
V_ADD_VV gp4, gp4, gp1, 0
S_ADDI_INT gp1, gp0, 6912
V_MUL_VV gp1, gp1, gp3, 0
S_ADDI_INT gp4, gp2, 5376
V_ADD_VV gp4, gp4, gp1, 0
S_LD_FP f1, gp0, 0
; gather token rows from HBM: pair=3, hidden=128
S_ADDI_INT gp1, gp0, 0
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp1, gp0, 512
C_SET_SCALE_REG gp1
S_LD_INT gp2, gp0, 259
S_ADDI_INT gp3, gp0, 128
S_MUL_INT gp2, gp2, gp3
S_ADDI_INT gp1, gp0, 5632
S_ADDI_INT gp3, gp2, 0
H_PREFETCH_V gp1, gp3, a0, 0, 0
S_ADDI_INT gp1, gp0, 5888
S_ADDI_INT gp3, gp2, 64
H_PREFETCH_V gp1, gp3, a0, 0, 0
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_gate_e0, pair=3, col=0
; pair3_gate: expert_id_to_weight_base pair=3, table_base=5504, stride=9216
S_LD_INT gp4, gp0, 3
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_ADDI_INT gp5, gp0, 5504
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 64
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; SubBlock [1][0]: HBM offset = 4096
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 4096
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: gather[0][:] @ W_gate_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6144
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 5632
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add gate_bias: pair=3, rows=1
S_LD_INT gp4, gp0, 3
S_ADDI_INT gp5, gp0, 256
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 73
S_ADDI_INT gp5, gp5, 1408
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6144
V_ADD_VV gp2, gp2, gp1
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_up_e0, pair=3, col=0
; pair3_up: expert_id_to_weight_base pair=3, table_base=309632, stride=9216
S_LD_INT gp4, gp0, 3
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 75
S_ADDI_INT gp5, gp5, 2432
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 64
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; SubBlock [1][0]: HBM offset = 4096
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 4096
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: gather[0][:] @ W_up_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6400
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 5632
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add up_bias: pair=3, rows=1
S_LD_INT gp4, gp0, 3
S_ADDI_INT gp5, gp0, 256
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 147
S_ADDI_INT gp5, gp5, 2432
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6400
V_ADD_VV gp2, gp2, gp1
; === Expert Activation pair=3 ===
S_LD_FP f1, gp0, 5
S_ADD_FP f2, f1, f1
S_MUL_FP f2, f2, f2
S_SUB_FP f3, f0, f2
S_ADDI_INT gp3, gp0, 7680
S_ADDI_INT gp1, gp0, 6144
S_ADDI_INT gp2, gp0, 6400
; Tile Row Min FP on VRAM[6144]
V_MIN_VF gp1, gp1, f2, 0
; Tile Row Max FP on VRAM[6144]
V_MAX_VF gp1, gp1, f3, 0
V_SUB_VF gp3, gp1, f0, 0, 1
V_EXP_V gp3, gp3, 0
V_ADD_VF gp3, gp3, f1, 0
V_RECI_V gp3, gp3, 0
V_MUL_VV gp1, gp1, gp3, 0
V_MUL_VV gp2, gp2, gp1, 0
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_down_e0, pair=3, col=0
; pair3_down: expert_id_to_weight_base pair=3, table_base=613760, stride=9216
S_LD_INT gp4, gp0, 3
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 149
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 128
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: up[0][:] @ W_down_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6656
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 6400
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 1
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
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
; dynamic HBM weight prefetch: template=W_down_e0, pair=3, col=1
; pair3_down: expert_id_to_weight_base pair=3, table_base=613760, stride=9216
S_LD_INT gp4, gp0, 3
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 149
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 128
C_SET_STRIDE_REG gp7
; SubBlock [0][1]: HBM offset = 64
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 64
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: up[0][:] @ W_down_e0[:][1]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6912
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 6400
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 1
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add down_bias: pair=3, rows=1
S_LD_INT gp4, gp0, 3
S_ADDI_INT gp5, gp0, 512
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 221
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 16384
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6656
V_ADD_VV gp2, gp2, gp1
S_ADDI_INT gp1, gp0, 7424
S_ADDI_INT gp2, gp0, 64
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6912
V_ADD_VV gp2, gp2, gp1
; materialize route weight pair=3, col_block=0
S_LD_FP f1, gp0, 259
S_ADDI_INT gp1, gp0, 320
C_LOOP_START gp4, 64
S_ST_FP f1, gp1, 0
S_ADDI_INT gp1, gp1, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 320
S_ADDI_INT gp3, gp0, 7680
S_MAP_V_FP gp3, gp1, 0
; VRAM scatter-add pair3_scatter: 1 active rows
S_LD_INT gp2, gp0, 259
S_ADDI_INT gp4, gp0, 64
S_MUL_INT gp2, gp2, gp4
S_ADDI_INT gp1, gp0, 6656
V_MUL_VV gp1, gp1, gp3, 0
S_ADDI_INT gp4, gp2, 5120
V_ADD_VV gp4, gp4, gp1, 0
S_ADDI_INT gp1, gp0, 6912
V_MUL_VV gp1, gp1, gp3, 0
S_ADDI_INT gp4, gp2, 5376
V_ADD_VV gp4, gp4, gp1, 0
S_LD_FP f1, gp0, 0
; gather token rows from HBM: pair=4, hidden=128
S_ADDI_INT gp1, gp0, 0
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp1, gp0, 512
C_SET_SCALE_REG gp1
S_LD_INT gp2, gp0, 260
S_ADDI_INT gp3, gp0, 128
S_MUL_INT gp2, gp2, gp3
S_ADDI_INT gp1, gp0, 5632
S_ADDI_INT gp3, gp2, 0
H_PREFETCH_V gp1, gp3, a0, 0, 0
S_ADDI_INT gp1, gp0, 5888
S_ADDI_INT gp3, gp2, 64
H_PREFETCH_V gp1, gp3, a0, 0, 0
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_gate_e0, pair=4, col=0
; pair4_gate: expert_id_to_weight_base pair=4, table_base=5504, stride=9216
S_LD_INT gp4, gp0, 4
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_ADDI_INT gp5, gp0, 5504
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 64
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; SubBlock [1][0]: HBM offset = 4096
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 4096
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: gather[0][:] @ W_gate_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6144
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 5632
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add gate_bias: pair=4, rows=1
S_LD_INT gp4, gp0, 4
S_ADDI_INT gp5, gp0, 256
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 73
S_ADDI_INT gp5, gp5, 1408
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6144
V_ADD_VV gp2, gp2, gp1
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_up_e0, pair=4, col=0
; pair4_up: expert_id_to_weight_base pair=4, table_base=309632, stride=9216
S_LD_INT gp4, gp0, 4
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 75
S_ADDI_INT gp5, gp5, 2432
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 64
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; SubBlock [1][0]: HBM offset = 4096
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 4096
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: gather[0][:] @ W_up_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6400
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 5632
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add up_bias: pair=4, rows=1
S_LD_INT gp4, gp0, 4
S_ADDI_INT gp5, gp0, 256
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 147
S_ADDI_INT gp5, gp5, 2432
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6400
V_ADD_VV gp2, gp2, gp1
; === Expert Activation pair=4 ===
S_LD_FP f1, gp0, 5
S_ADD_FP f2, f1, f1
S_MUL_FP f2, f2, f2
S_SUB_FP f3, f0, f2
S_ADDI_INT gp3, gp0, 7680
S_ADDI_INT gp1, gp0, 6144
S_ADDI_INT gp2, gp0, 6400
; Tile Row Min FP on VRAM[6144]
V_MIN_VF gp1, gp1, f2, 0
; Tile Row Max FP on VRAM[6144]
V_MAX_VF gp1, gp1, f3, 0
V_SUB_VF gp3, gp1, f0, 0, 1
V_EXP_V gp3, gp3, 0
V_ADD_VF gp3, gp3, f1, 0
V_RECI_V gp3, gp3, 0
V_MUL_VV gp1, gp1, gp3, 0
V_MUL_VV gp2, gp2, gp1, 0
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_down_e0, pair=4, col=0
; pair4_down: expert_id_to_weight_base pair=4, table_base=613760, stride=9216
S_LD_INT gp4, gp0, 4
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 149
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 128
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: up[0][:] @ W_down_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6656
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 6400
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 1
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
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
; dynamic HBM weight prefetch: template=W_down_e0, pair=4, col=1
; pair4_down: expert_id_to_weight_base pair=4, table_base=613760, stride=9216
S_LD_INT gp4, gp0, 4
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 149
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 128
C_SET_STRIDE_REG gp7
; SubBlock [0][1]: HBM offset = 64
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 64
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: up[0][:] @ W_down_e0[:][1]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6912
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 6400
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 1
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add down_bias: pair=4, rows=1
S_LD_INT gp4, gp0, 4
S_ADDI_INT gp5, gp0, 512
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 221
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 16384
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6656
V_ADD_VV gp2, gp2, gp1
S_ADDI_INT gp1, gp0, 7424
S_ADDI_INT gp2, gp0, 64
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6912
V_ADD_VV gp2, gp2, gp1
; materialize route weight pair=4, col_block=0
S_LD_FP f1, gp0, 260
S_ADDI_INT gp1, gp0, 320
C_LOOP_START gp4, 64
S_ST_FP f1, gp1, 0
S_ADDI_INT gp1, gp1, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 320
S_ADDI_INT gp3, gp0, 7680
S_MAP_V_FP gp3, gp1, 0
; VRAM scatter-add pair4_scatter: 1 active rows
S_LD_INT gp2, gp0, 260
S_ADDI_INT gp4, gp0, 64
S_MUL_INT gp2, gp2, gp4
S_ADDI_INT gp1, gp0, 6656
V_MUL_VV gp1, gp1, gp3, 0
S_ADDI_INT gp4, gp2, 5120
V_ADD_VV gp4, gp4, gp1, 0
S_ADDI_INT gp1, gp0, 6912
V_MUL_VV gp1, gp1, gp3, 0
S_ADDI_INT gp4, gp2, 5376
V_ADD_VV gp4, gp4, gp1, 0
S_LD_FP f1, gp0, 0
; gather token rows from HBM: pair=5, hidden=128
S_ADDI_INT gp1, gp0, 0
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp1, gp0, 512
C_SET_SCALE_REG gp1
S_LD_INT gp2, gp0, 261
S_ADDI_INT gp3, gp0, 128
S_MUL_INT gp2, gp2, gp3
S_ADDI_INT gp1, gp0, 5632
S_ADDI_INT gp3, gp2, 0
H_PREFETCH_V gp1, gp3, a0, 0, 0
S_ADDI_INT gp1, gp0, 5888
S_ADDI_INT gp3, gp2, 64
H_PREFETCH_V gp1, gp3, a0, 0, 0
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_gate_e0, pair=5, col=0
; pair5_gate: expert_id_to_weight_base pair=5, table_base=5504, stride=9216
S_LD_INT gp4, gp0, 5
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_ADDI_INT gp5, gp0, 5504
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 64
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; SubBlock [1][0]: HBM offset = 4096
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 4096
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: gather[0][:] @ W_gate_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6144
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 5632
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add gate_bias: pair=5, rows=1
S_LD_INT gp4, gp0, 5
S_ADDI_INT gp5, gp0, 256
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 73
S_ADDI_INT gp5, gp5, 1408
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6144
V_ADD_VV gp2, gp2, gp1
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_up_e0, pair=5, col=0
; pair5_up: expert_id_to_weight_base pair=5, table_base=309632, stride=9216
S_LD_INT gp4, gp0, 5
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 75
S_ADDI_INT gp5, gp5, 2432
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 64
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; SubBlock [1][0]: HBM offset = 4096
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 4096
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: gather[0][:] @ W_up_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6400
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 5632
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add up_bias: pair=5, rows=1
S_LD_INT gp4, gp0, 5
S_ADDI_INT gp5, gp0, 256
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 147
S_ADDI_INT gp5, gp5, 2432
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6400
V_ADD_VV gp2, gp2, gp1
; === Expert Activation pair=5 ===
S_LD_FP f1, gp0, 5
S_ADD_FP f2, f1, f1
S_MUL_FP f2, f2, f2
S_SUB_FP f3, f0, f2
S_ADDI_INT gp3, gp0, 7680
S_ADDI_INT gp1, gp0, 6144
S_ADDI_INT gp2, gp0, 6400
; Tile Row Min FP on VRAM[6144]
V_MIN_VF gp1, gp1, f2, 0
; Tile Row Max FP on VRAM[6144]
V_MAX_VF gp1, gp1, f3, 0
V_SUB_VF gp3, gp1, f0, 0, 1
V_EXP_V gp3, gp3, 0
V_ADD_VF gp3, gp3, f1, 0
V_RECI_V gp3, gp3, 0
V_MUL_VV gp1, gp1, gp3, 0
V_MUL_VV gp2, gp2, gp1, 0
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_down_e0, pair=5, col=0
; pair5_down: expert_id_to_weight_base pair=5, table_base=613760, stride=9216
S_LD_INT gp4, gp0, 5
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 149
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 128
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: up[0][:] @ W_down_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6656
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 6400
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 1
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
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
; dynamic HBM weight prefetch: template=W_down_e0, pair=5, col=1
; pair5_down: expert_id_to_weight_base pair=5, table_base=613760, stride=9216
S_LD_INT gp4, gp0, 5
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 149
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 128
C_SET_STRIDE_REG gp7
; SubBlock [0][1]: HBM offset = 64
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 64
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: up[0][:] @ W_down_e0[:][1]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6912
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 6400
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 1
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add down_bias: pair=5, rows=1
S_LD_INT gp4, gp0, 5
S_ADDI_INT gp5, gp0, 512
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 221
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 16384
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6656
V_ADD_VV gp2, gp2, gp1
S_ADDI_INT gp1, gp0, 7424
S_ADDI_INT gp2, gp0, 64
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6912
V_ADD_VV gp2, gp2, gp1
; materialize route weight pair=5, col_block=0
S_LD_FP f1, gp0, 261
S_ADDI_INT gp1, gp0, 320
C_LOOP_START gp4, 64
S_ST_FP f1, gp1, 0
S_ADDI_INT gp1, gp1, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 320
S_ADDI_INT gp3, gp0, 7680
S_MAP_V_FP gp3, gp1, 0
; VRAM scatter-add pair5_scatter: 1 active rows
S_LD_INT gp2, gp0, 261
S_ADDI_INT gp4, gp0, 64
S_MUL_INT gp2, gp2, gp4
S_ADDI_INT gp1, gp0, 6656
V_MUL_VV gp1, gp1, gp3, 0
S_ADDI_INT gp4, gp2, 5120
V_ADD_VV gp4, gp4, gp1, 0
S_ADDI_INT gp1, gp0, 6912
V_MUL_VV gp1, gp1, gp3, 0
S_ADDI_INT gp4, gp2, 5376
V_ADD_VV gp4, gp4, gp1, 0
S_LD_FP f1, gp0, 0
; gather token rows from HBM: pair=6, hidden=128
S_ADDI_INT gp1, gp0, 0
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp1, gp0, 512
C_SET_SCALE_REG gp1
S_LD_INT gp2, gp0, 262
S_ADDI_INT gp3, gp0, 128
S_MUL_INT gp2, gp2, gp3
S_ADDI_INT gp1, gp0, 5632
S_ADDI_INT gp3, gp2, 0
H_PREFETCH_V gp1, gp3, a0, 0, 0
S_ADDI_INT gp1, gp0, 5888
S_ADDI_INT gp3, gp2, 64
H_PREFETCH_V gp1, gp3, a0, 0, 0
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_gate_e0, pair=6, col=0
; pair6_gate: expert_id_to_weight_base pair=6, table_base=5504, stride=9216
S_LD_INT gp4, gp0, 6
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_ADDI_INT gp5, gp0, 5504
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 64
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; SubBlock [1][0]: HBM offset = 4096
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 4096
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: gather[0][:] @ W_gate_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6144
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 5632
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add gate_bias: pair=6, rows=1
S_LD_INT gp4, gp0, 6
S_ADDI_INT gp5, gp0, 256
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 73
S_ADDI_INT gp5, gp5, 1408
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6144
V_ADD_VV gp2, gp2, gp1
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_up_e0, pair=6, col=0
; pair6_up: expert_id_to_weight_base pair=6, table_base=309632, stride=9216
S_LD_INT gp4, gp0, 6
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 75
S_ADDI_INT gp5, gp5, 2432
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 64
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; SubBlock [1][0]: HBM offset = 4096
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 4096
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: gather[0][:] @ W_up_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6400
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 5632
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add up_bias: pair=6, rows=1
S_LD_INT gp4, gp0, 6
S_ADDI_INT gp5, gp0, 256
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 147
S_ADDI_INT gp5, gp5, 2432
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6400
V_ADD_VV gp2, gp2, gp1
; === Expert Activation pair=6 ===
S_LD_FP f1, gp0, 5
S_ADD_FP f2, f1, f1
S_MUL_FP f2, f2, f2
S_SUB_FP f3, f0, f2
S_ADDI_INT gp3, gp0, 7680
S_ADDI_INT gp1, gp0, 6144
S_ADDI_INT gp2, gp0, 6400
; Tile Row Min FP on VRAM[6144]
V_MIN_VF gp1, gp1, f2, 0
; Tile Row Max FP on VRAM[6144]
V_MAX_VF gp1, gp1, f3, 0
V_SUB_VF gp3, gp1, f0, 0, 1
V_EXP_V gp3, gp3, 0
V_ADD_VF gp3, gp3, f1, 0
V_RECI_V gp3, gp3, 0
V_MUL_VV gp1, gp1, gp3, 0
V_MUL_VV gp2, gp2, gp1, 0
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_down_e0, pair=6, col=0
; pair6_down: expert_id_to_weight_base pair=6, table_base=613760, stride=9216
S_LD_INT gp4, gp0, 6
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 149
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 128
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: up[0][:] @ W_down_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6656
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 6400
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 1
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
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
; dynamic HBM weight prefetch: template=W_down_e0, pair=6, col=1
; pair6_down: expert_id_to_weight_base pair=6, table_base=613760, stride=9216
S_LD_INT gp4, gp0, 6
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 149
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 128
C_SET_STRIDE_REG gp7
; SubBlock [0][1]: HBM offset = 64
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 64
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: up[0][:] @ W_down_e0[:][1]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6912
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 6400
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 1
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add down_bias: pair=6, rows=1
S_LD_INT gp4, gp0, 6
S_ADDI_INT gp5, gp0, 512
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 221
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 16384
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6656
V_ADD_VV gp2, gp2, gp1
S_ADDI_INT gp1, gp0, 7424
S_ADDI_INT gp2, gp0, 64
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6912
V_ADD_VV gp2, gp2, gp1
; materialize route weight pair=6, col_block=0
S_LD_FP f1, gp0, 262
S_ADDI_INT gp1, gp0, 320
C_LOOP_START gp4, 64
S_ST_FP f1, gp1, 0
S_ADDI_INT gp1, gp1, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 320
S_ADDI_INT gp3, gp0, 7680
S_MAP_V_FP gp3, gp1, 0
; VRAM scatter-add pair6_scatter: 1 active rows
S_LD_INT gp2, gp0, 262
S_ADDI_INT gp4, gp0, 64
S_MUL_INT gp2, gp2, gp4
S_ADDI_INT gp1, gp0, 6656
V_MUL_VV gp1, gp1, gp3, 0
S_ADDI_INT gp4, gp2, 5120
V_ADD_VV gp4, gp4, gp1, 0
S_ADDI_INT gp1, gp0, 6912
V_MUL_VV gp1, gp1, gp3, 0
S_ADDI_INT gp4, gp2, 5376
V_ADD_VV gp4, gp4, gp1, 0
S_LD_FP f1, gp0, 0
; gather token rows from HBM: pair=7, hidden=128
S_ADDI_INT gp1, gp0, 0
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp1, gp0, 512
C_SET_SCALE_REG gp1
S_LD_INT gp2, gp0, 263
S_ADDI_INT gp3, gp0, 128
S_MUL_INT gp2, gp2, gp3
S_ADDI_INT gp1, gp0, 5632
S_ADDI_INT gp3, gp2, 0
H_PREFETCH_V gp1, gp3, a0, 0, 0
S_ADDI_INT gp1, gp0, 5888
S_ADDI_INT gp3, gp2, 64
H_PREFETCH_V gp1, gp3, a0, 0, 0
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_gate_e0, pair=7, col=0
; pair7_gate: expert_id_to_weight_base pair=7, table_base=5504, stride=9216
S_LD_INT gp4, gp0, 7
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_ADDI_INT gp5, gp0, 5504
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 64
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; SubBlock [1][0]: HBM offset = 4096
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 4096
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: gather[0][:] @ W_gate_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6144
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 5632
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add gate_bias: pair=7, rows=1
S_LD_INT gp4, gp0, 7
S_ADDI_INT gp5, gp0, 256
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 73
S_ADDI_INT gp5, gp5, 1408
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6144
V_ADD_VV gp2, gp2, gp1
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_up_e0, pair=7, col=0
; pair7_up: expert_id_to_weight_base pair=7, table_base=309632, stride=9216
S_LD_INT gp4, gp0, 7
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 75
S_ADDI_INT gp5, gp5, 2432
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 64
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; SubBlock [1][0]: HBM offset = 4096
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 4096
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: gather[0][:] @ W_up_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6400
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 5632
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add up_bias: pair=7, rows=1
S_LD_INT gp4, gp0, 7
S_ADDI_INT gp5, gp0, 256
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 147
S_ADDI_INT gp5, gp5, 2432
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6400
V_ADD_VV gp2, gp2, gp1
; === Expert Activation pair=7 ===
S_LD_FP f1, gp0, 5
S_ADD_FP f2, f1, f1
S_MUL_FP f2, f2, f2
S_SUB_FP f3, f0, f2
S_ADDI_INT gp3, gp0, 7680
S_ADDI_INT gp1, gp0, 6144
S_ADDI_INT gp2, gp0, 6400
; Tile Row Min FP on VRAM[6144]
V_MIN_VF gp1, gp1, f2, 0
; Tile Row Max FP on VRAM[6144]
V_MAX_VF gp1, gp1, f3, 0
V_SUB_VF gp3, gp1, f0, 0, 1
V_EXP_V gp3, gp3, 0
V_ADD_VF gp3, gp3, f1, 0
V_RECI_V gp3, gp3, 0
V_MUL_VV gp1, gp1, gp3, 0
V_MUL_VV gp2, gp2, gp1, 0
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_down_e0, pair=7, col=0
; pair7_down: expert_id_to_weight_base pair=7, table_base=613760, stride=9216
S_LD_INT gp4, gp0, 7
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 149
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 128
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: up[0][:] @ W_down_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6656
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 6400
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 1
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
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
; dynamic HBM weight prefetch: template=W_down_e0, pair=7, col=1
; pair7_down: expert_id_to_weight_base pair=7, table_base=613760, stride=9216
S_LD_INT gp4, gp0, 7
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 149
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 128
C_SET_STRIDE_REG gp7
; SubBlock [0][1]: HBM offset = 64
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 64
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: up[0][:] @ W_down_e0[:][1]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6912
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 6400
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 1
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add down_bias: pair=7, rows=1
S_LD_INT gp4, gp0, 7
S_ADDI_INT gp5, gp0, 512
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 221
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 16384
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6656
V_ADD_VV gp2, gp2, gp1
S_ADDI_INT gp1, gp0, 7424
S_ADDI_INT gp2, gp0, 64
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6912
V_ADD_VV gp2, gp2, gp1
; materialize route weight pair=7, col_block=0
S_LD_FP f1, gp0, 263
S_ADDI_INT gp1, gp0, 320
C_LOOP_START gp4, 64
S_ST_FP f1, gp1, 0
S_ADDI_INT gp1, gp1, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 320
S_ADDI_INT gp3, gp0, 7680
S_MAP_V_FP gp3, gp1, 0
; VRAM scatter-add pair7_scatter: 1 active rows
S_LD_INT gp2, gp0, 263
S_ADDI_INT gp4, gp0, 64
S_MUL_INT gp2, gp2, gp4
S_ADDI_INT gp1, gp0, 6656
V_MUL_VV gp1, gp1, gp3, 0
S_ADDI_INT gp4, gp2, 5120
V_ADD_VV gp4, gp4, gp1, 0
S_ADDI_INT gp1, gp0, 6912
V_MUL_VV gp1, gp1, gp3, 0
S_ADDI_INT gp4, gp2, 5376
V_ADD_VV gp4, gp4, gp1, 0
S_LD_FP f1, gp0, 0
; gather token rows from HBM: pair=8, hidden=128
S_ADDI_INT gp1, gp0, 0
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp1, gp0, 512
C_SET_SCALE_REG gp1
S_LD_INT gp2, gp0, 264
S_ADDI_INT gp3, gp0, 128
S_MUL_INT gp2, gp2, gp3
S_ADDI_INT gp1, gp0, 5632
S_ADDI_INT gp3, gp2, 0
H_PREFETCH_V gp1, gp3, a0, 0, 0
S_ADDI_INT gp1, gp0, 5888
S_ADDI_INT gp3, gp2, 64
H_PREFETCH_V gp1, gp3, a0, 0, 0
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_gate_e0, pair=8, col=0
; pair8_gate: expert_id_to_weight_base pair=8, table_base=5504, stride=9216
S_LD_INT gp4, gp0, 8
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_ADDI_INT gp5, gp0, 5504
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 64
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; SubBlock [1][0]: HBM offset = 4096
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 4096
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: gather[0][:] @ W_gate_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6144
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 5632
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add gate_bias: pair=8, rows=1
S_LD_INT gp4, gp0, 8
S_ADDI_INT gp5, gp0, 256
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 73
S_ADDI_INT gp5, gp5, 1408
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6144
V_ADD_VV gp2, gp2, gp1
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_up_e0, pair=8, col=0
; pair8_up: expert_id_to_weight_base pair=8, table_base=309632, stride=9216
S_LD_INT gp4, gp0, 8
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 75
S_ADDI_INT gp5, gp5, 2432
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 64
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; SubBlock [1][0]: HBM offset = 4096
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 4096
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: gather[0][:] @ W_up_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6400
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 5632
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add up_bias: pair=8, rows=1
S_LD_INT gp4, gp0, 8
S_ADDI_INT gp5, gp0, 256
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 147
S_ADDI_INT gp5, gp5, 2432
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6400
V_ADD_VV gp2, gp2, gp1
; === Expert Activation pair=8 ===
S_LD_FP f1, gp0, 5
S_ADD_FP f2, f1, f1
S_MUL_FP f2, f2, f2
S_SUB_FP f3, f0, f2
S_ADDI_INT gp3, gp0, 7680
S_ADDI_INT gp1, gp0, 6144
S_ADDI_INT gp2, gp0, 6400
; Tile Row Min FP on VRAM[6144]
V_MIN_VF gp1, gp1, f2, 0
; Tile Row Max FP on VRAM[6144]
V_MAX_VF gp1, gp1, f3, 0
V_SUB_VF gp3, gp1, f0, 0, 1
V_EXP_V gp3, gp3, 0
V_ADD_VF gp3, gp3, f1, 0
V_RECI_V gp3, gp3, 0
V_MUL_VV gp1, gp1, gp3, 0
V_MUL_VV gp2, gp2, gp1, 0
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_down_e0, pair=8, col=0
; pair8_down: expert_id_to_weight_base pair=8, table_base=613760, stride=9216
S_LD_INT gp4, gp0, 8
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 149
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 128
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: up[0][:] @ W_down_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6656
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 6400
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 1
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
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
; dynamic HBM weight prefetch: template=W_down_e0, pair=8, col=1
; pair8_down: expert_id_to_weight_base pair=8, table_base=613760, stride=9216
S_LD_INT gp4, gp0, 8
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 149
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 128
C_SET_STRIDE_REG gp7
; SubBlock [0][1]: HBM offset = 64
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 64
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: up[0][:] @ W_down_e0[:][1]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6912
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 6400
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 1
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add down_bias: pair=8, rows=1
S_LD_INT gp4, gp0, 8
S_ADDI_INT gp5, gp0, 512
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 221
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 16384
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6656
V_ADD_VV gp2, gp2, gp1
S_ADDI_INT gp1, gp0, 7424
S_ADDI_INT gp2, gp0, 64
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6912
V_ADD_VV gp2, gp2, gp1
; materialize route weight pair=8, col_block=0
S_LD_FP f1, gp0, 264
S_ADDI_INT gp1, gp0, 320
C_LOOP_START gp4, 64
S_ST_FP f1, gp1, 0
S_ADDI_INT gp1, gp1, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 320
S_ADDI_INT gp3, gp0, 7680
S_MAP_V_FP gp3, gp1, 0
; VRAM scatter-add pair8_scatter: 1 active rows
S_LD_INT gp2, gp0, 264
S_ADDI_INT gp4, gp0, 64
S_MUL_INT gp2, gp2, gp4
S_ADDI_INT gp1, gp0, 6656
V_MUL_VV gp1, gp1, gp3, 0
S_ADDI_INT gp4, gp2, 5120
V_ADD_VV gp4, gp4, gp1, 0
S_ADDI_INT gp1, gp0, 6912
V_MUL_VV gp1, gp1, gp3, 0
S_ADDI_INT gp4, gp2, 5376
V_ADD_VV gp4, gp4, gp1, 0
S_LD_FP f1, gp0, 0
; gather token rows from HBM: pair=9, hidden=128
S_ADDI_INT gp1, gp0, 0
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp1, gp0, 512
C_SET_SCALE_REG gp1
S_LD_INT gp2, gp0, 265
S_ADDI_INT gp3, gp0, 128
S_MUL_INT gp2, gp2, gp3
S_ADDI_INT gp1, gp0, 5632
S_ADDI_INT gp3, gp2, 0
H_PREFETCH_V gp1, gp3, a0, 0, 0
S_ADDI_INT gp1, gp0, 5888
S_ADDI_INT gp3, gp2, 64
H_PREFETCH_V gp1, gp3, a0, 0, 0
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_gate_e0, pair=9, col=0
; pair9_gate: expert_id_to_weight_base pair=9, table_base=5504, stride=9216
S_LD_INT gp4, gp0, 9
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_ADDI_INT gp5, gp0, 5504
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 64
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; SubBlock [1][0]: HBM offset = 4096
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 4096
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: gather[0][:] @ W_gate_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6144
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 5632
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add gate_bias: pair=9, rows=1
S_LD_INT gp4, gp0, 9
S_ADDI_INT gp5, gp0, 256
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 73
S_ADDI_INT gp5, gp5, 1408
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6144
V_ADD_VV gp2, gp2, gp1
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_up_e0, pair=9, col=0
; pair9_up: expert_id_to_weight_base pair=9, table_base=309632, stride=9216
S_LD_INT gp4, gp0, 9
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 75
S_ADDI_INT gp5, gp5, 2432
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 64
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; SubBlock [1][0]: HBM offset = 4096
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 4096
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: gather[0][:] @ W_up_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6400
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 5632
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add up_bias: pair=9, rows=1
S_LD_INT gp4, gp0, 9
S_ADDI_INT gp5, gp0, 256
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 147
S_ADDI_INT gp5, gp5, 2432
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6400
V_ADD_VV gp2, gp2, gp1
; === Expert Activation pair=9 ===
S_LD_FP f1, gp0, 5
S_ADD_FP f2, f1, f1
S_MUL_FP f2, f2, f2
S_SUB_FP f3, f0, f2
S_ADDI_INT gp3, gp0, 7680
S_ADDI_INT gp1, gp0, 6144
S_ADDI_INT gp2, gp0, 6400
; Tile Row Min FP on VRAM[6144]
V_MIN_VF gp1, gp1, f2, 0
; Tile Row Max FP on VRAM[6144]
V_MAX_VF gp1, gp1, f3, 0
V_SUB_VF gp3, gp1, f0, 0, 1
V_EXP_V gp3, gp3, 0
V_ADD_VF gp3, gp3, f1, 0
V_RECI_V gp3, gp3, 0
V_MUL_VV gp1, gp1, gp3, 0
V_MUL_VV gp2, gp2, gp1, 0
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_down_e0, pair=9, col=0
; pair9_down: expert_id_to_weight_base pair=9, table_base=613760, stride=9216
S_LD_INT gp4, gp0, 9
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 149
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 128
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: up[0][:] @ W_down_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6656
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 6400
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 1
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
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
; dynamic HBM weight prefetch: template=W_down_e0, pair=9, col=1
; pair9_down: expert_id_to_weight_base pair=9, table_base=613760, stride=9216
S_LD_INT gp4, gp0, 9
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 149
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 128
C_SET_STRIDE_REG gp7
; SubBlock [0][1]: HBM offset = 64
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 64
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: up[0][:] @ W_down_e0[:][1]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6912
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 6400
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 1
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add down_bias: pair=9, rows=1
S_LD_INT gp4, gp0, 9
S_ADDI_INT gp5, gp0, 512
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 221
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 16384
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6656
V_ADD_VV gp2, gp2, gp1
S_ADDI_INT gp1, gp0, 7424
S_ADDI_INT gp2, gp0, 64
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6912
V_ADD_VV gp2, gp2, gp1
; materialize route weight pair=9, col_block=0
S_LD_FP f1, gp0, 265
S_ADDI_INT gp1, gp0, 320
C_LOOP_START gp4, 64
S_ST_FP f1, gp1, 0
S_ADDI_INT gp1, gp1, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 320
S_ADDI_INT gp3, gp0, 7680
S_MAP_V_FP gp3, gp1, 0
; VRAM scatter-add pair9_scatter: 1 active rows
S_LD_INT gp2, gp0, 265
S_ADDI_INT gp4, gp0, 64
S_MUL_INT gp2, gp2, gp4
S_ADDI_INT gp1, gp0, 6656
V_MUL_VV gp1, gp1, gp3, 0
S_ADDI_INT gp4, gp2, 5120
V_ADD_VV gp4, gp4, gp1, 0
S_ADDI_INT gp1, gp0, 6912
V_MUL_VV gp1, gp1, gp3, 0
S_ADDI_INT gp4, gp2, 5376
V_ADD_VV gp4, gp4, gp1, 0
S_LD_FP f1, gp0, 0
; gather token rows from HBM: pair=10, hidden=128
S_ADDI_INT gp1, gp0, 0
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp1, gp0, 512
C_SET_SCALE_REG gp1
S_LD_INT gp2, gp0, 266
S_ADDI_INT gp3, gp0, 128
S_MUL_INT gp2, gp2, gp3
S_ADDI_INT gp1, gp0, 5632
S_ADDI_INT gp3, gp2, 0
H_PREFETCH_V gp1, gp3, a0, 0, 0
S_ADDI_INT gp1, gp0, 5888
S_ADDI_INT gp3, gp2, 64
H_PREFETCH_V gp1, gp3, a0, 0, 0
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_gate_e0, pair=10, col=0
; pair10_gate: expert_id_to_weight_base pair=10, table_base=5504, stride=9216
S_LD_INT gp4, gp0, 10
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_ADDI_INT gp5, gp0, 5504
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 64
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; SubBlock [1][0]: HBM offset = 4096
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 4096
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: gather[0][:] @ W_gate_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6144
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 5632
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add gate_bias: pair=10, rows=1
S_LD_INT gp4, gp0, 10
S_ADDI_INT gp5, gp0, 256
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 73
S_ADDI_INT gp5, gp5, 1408
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6144
V_ADD_VV gp2, gp2, gp1
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_up_e0, pair=10, col=0
; pair10_up: expert_id_to_weight_base pair=10, table_base=309632, stride=9216
S_LD_INT gp4, gp0, 10
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 75
S_ADDI_INT gp5, gp5, 2432
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 64
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; SubBlock [1][0]: HBM offset = 4096
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 4096
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: gather[0][:] @ W_up_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6400
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 5632
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add up_bias: pair=10, rows=1
S_LD_INT gp4, gp0, 10
S_ADDI_INT gp5, gp0, 256
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 147
S_ADDI_INT gp5, gp5, 2432
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6400
V_ADD_VV gp2, gp2, gp1
; === Expert Activation pair=10 ===
S_LD_FP f1, gp0, 5
S_ADD_FP f2, f1, f1
S_MUL_FP f2, f2, f2
S_SUB_FP f3, f0, f2
S_ADDI_INT gp3, gp0, 7680
S_ADDI_INT gp1, gp0, 6144
S_ADDI_INT gp2, gp0, 6400
; Tile Row Min FP on VRAM[6144]
V_MIN_VF gp1, gp1, f2, 0
; Tile Row Max FP on VRAM[6144]
V_MAX_VF gp1, gp1, f3, 0
V_SUB_VF gp3, gp1, f0, 0, 1
V_EXP_V gp3, gp3, 0
V_ADD_VF gp3, gp3, f1, 0
V_RECI_V gp3, gp3, 0
V_MUL_VV gp1, gp1, gp3, 0
V_MUL_VV gp2, gp2, gp1, 0
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_down_e0, pair=10, col=0
; pair10_down: expert_id_to_weight_base pair=10, table_base=613760, stride=9216
S_LD_INT gp4, gp0, 10
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 149
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 128
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: up[0][:] @ W_down_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6656
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 6400
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 1
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
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
; dynamic HBM weight prefetch: template=W_down_e0, pair=10, col=1
; pair10_down: expert_id_to_weight_base pair=10, table_base=613760, stride=9216
S_LD_INT gp4, gp0, 10
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 149
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 128
C_SET_STRIDE_REG gp7
; SubBlock [0][1]: HBM offset = 64
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 64
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: up[0][:] @ W_down_e0[:][1]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6912
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 6400
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 1
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add down_bias: pair=10, rows=1
S_LD_INT gp4, gp0, 10
S_ADDI_INT gp5, gp0, 512
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 221
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 16384
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6656
V_ADD_VV gp2, gp2, gp1
S_ADDI_INT gp1, gp0, 7424
S_ADDI_INT gp2, gp0, 64
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6912
V_ADD_VV gp2, gp2, gp1
; materialize route weight pair=10, col_block=0
S_LD_FP f1, gp0, 266
S_ADDI_INT gp1, gp0, 320
C_LOOP_START gp4, 64
S_ST_FP f1, gp1, 0
S_ADDI_INT gp1, gp1, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 320
S_ADDI_INT gp3, gp0, 7680
S_MAP_V_FP gp3, gp1, 0
; VRAM scatter-add pair10_scatter: 1 active rows
S_LD_INT gp2, gp0, 266
S_ADDI_INT gp4, gp0, 64
S_MUL_INT gp2, gp2, gp4
S_ADDI_INT gp1, gp0, 6656
V_MUL_VV gp1, gp1, gp3, 0
S_ADDI_INT gp4, gp2, 5120
V_ADD_VV gp4, gp4, gp1, 0
S_ADDI_INT gp1, gp0, 6912
V_MUL_VV gp1, gp1, gp3, 0
S_ADDI_INT gp4, gp2, 5376
V_ADD_VV gp4, gp4, gp1, 0
S_LD_FP f1, gp0, 0
; gather token rows from HBM: pair=11, hidden=128
S_ADDI_INT gp1, gp0, 0
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp1, gp0, 512
C_SET_SCALE_REG gp1
S_LD_INT gp2, gp0, 267
S_ADDI_INT gp3, gp0, 128
S_MUL_INT gp2, gp2, gp3
S_ADDI_INT gp1, gp0, 5632
S_ADDI_INT gp3, gp2, 0
H_PREFETCH_V gp1, gp3, a0, 0, 0
S_ADDI_INT gp1, gp0, 5888
S_ADDI_INT gp3, gp2, 64
H_PREFETCH_V gp1, gp3, a0, 0, 0
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_gate_e0, pair=11, col=0
; pair11_gate: expert_id_to_weight_base pair=11, table_base=5504, stride=9216
S_LD_INT gp4, gp0, 11
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_ADDI_INT gp5, gp0, 5504
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 64
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; SubBlock [1][0]: HBM offset = 4096
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 4096
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: gather[0][:] @ W_gate_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6144
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 5632
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add gate_bias: pair=11, rows=1
S_LD_INT gp4, gp0, 11
S_ADDI_INT gp5, gp0, 256
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 73
S_ADDI_INT gp5, gp5, 1408
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6144
V_ADD_VV gp2, gp2, gp1
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_up_e0, pair=11, col=0
; pair11_up: expert_id_to_weight_base pair=11, table_base=309632, stride=9216
S_LD_INT gp4, gp0, 11
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 75
S_ADDI_INT gp5, gp5, 2432
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 64
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; SubBlock [1][0]: HBM offset = 4096
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 4096
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: gather[0][:] @ W_up_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6400
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 5632
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add up_bias: pair=11, rows=1
S_LD_INT gp4, gp0, 11
S_ADDI_INT gp5, gp0, 256
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 147
S_ADDI_INT gp5, gp5, 2432
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6400
V_ADD_VV gp2, gp2, gp1
; === Expert Activation pair=11 ===
S_LD_FP f1, gp0, 5
S_ADD_FP f2, f1, f1
S_MUL_FP f2, f2, f2
S_SUB_FP f3, f0, f2
S_ADDI_INT gp3, gp0, 7680
S_ADDI_INT gp1, gp0, 6144
S_ADDI_INT gp2, gp0, 6400
; Tile Row Min FP on VRAM[6144]
V_MIN_VF gp1, gp1, f2, 0
; Tile Row Max FP on VRAM[6144]
V_MAX_VF gp1, gp1, f3, 0
V_SUB_VF gp3, gp1, f0, 0, 1
V_EXP_V gp3, gp3, 0
V_ADD_VF gp3, gp3, f1, 0
V_RECI_V gp3, gp3, 0
V_MUL_VV gp1, gp1, gp3, 0
V_MUL_VV gp2, gp2, gp1, 0
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_down_e0, pair=11, col=0
; pair11_down: expert_id_to_weight_base pair=11, table_base=613760, stride=9216
S_LD_INT gp4, gp0, 11
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 149
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 128
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: up[0][:] @ W_down_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6656
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 6400
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 1
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
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
; dynamic HBM weight prefetch: template=W_down_e0, pair=11, col=1
; pair11_down: expert_id_to_weight_base pair=11, table_base=613760, stride=9216
S_LD_INT gp4, gp0, 11
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 149
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 128
C_SET_STRIDE_REG gp7
; SubBlock [0][1]: HBM offset = 64
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 64
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: up[0][:] @ W_down_e0[:][1]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6912
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 6400
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 1
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add down_bias: pair=11, rows=1
S_LD_INT gp4, gp0, 11
S_ADDI_INT gp5, gp0, 512
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 221
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 16384
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6656
V_ADD_VV gp2, gp2, gp1
S_ADDI_INT gp1, gp0, 7424
S_ADDI_INT gp2, gp0, 64
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6912
V_ADD_VV gp2, gp2, gp1
; materialize route weight pair=11, col_block=0
S_LD_FP f1, gp0, 267
S_ADDI_INT gp1, gp0, 320
C_LOOP_START gp4, 64
S_ST_FP f1, gp1, 0
S_ADDI_INT gp1, gp1, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 320
S_ADDI_INT gp3, gp0, 7680
S_MAP_V_FP gp3, gp1, 0
; VRAM scatter-add pair11_scatter: 1 active rows
S_LD_INT gp2, gp0, 267
S_ADDI_INT gp4, gp0, 64
S_MUL_INT gp2, gp2, gp4
S_ADDI_INT gp1, gp0, 6656
V_MUL_VV gp1, gp1, gp3, 0
S_ADDI_INT gp4, gp2, 5120
V_ADD_VV gp4, gp4, gp1, 0
S_ADDI_INT gp1, gp0, 6912
V_MUL_VV gp1, gp1, gp3, 0
S_ADDI_INT gp4, gp2, 5376
V_ADD_VV gp4, gp4, gp1, 0
S_LD_FP f1, gp0, 0
; gather token rows from HBM: pair=12, hidden=128
S_ADDI_INT gp1, gp0, 0
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp1, gp0, 512
C_SET_SCALE_REG gp1
S_LD_INT gp2, gp0, 268
S_ADDI_INT gp3, gp0, 128
S_MUL_INT gp2, gp2, gp3
S_ADDI_INT gp1, gp0, 5632
S_ADDI_INT gp3, gp2, 0
H_PREFETCH_V gp1, gp3, a0, 0, 0
S_ADDI_INT gp1, gp0, 5888
S_ADDI_INT gp3, gp2, 64
H_PREFETCH_V gp1, gp3, a0, 0, 0
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_gate_e0, pair=12, col=0
; pair12_gate: expert_id_to_weight_base pair=12, table_base=5504, stride=9216
S_LD_INT gp4, gp0, 12
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_ADDI_INT gp5, gp0, 5504
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 64
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; SubBlock [1][0]: HBM offset = 4096
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 4096
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: gather[0][:] @ W_gate_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6144
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 5632
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add gate_bias: pair=12, rows=1
S_LD_INT gp4, gp0, 12
S_ADDI_INT gp5, gp0, 256
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 73
S_ADDI_INT gp5, gp5, 1408
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6144
V_ADD_VV gp2, gp2, gp1
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_up_e0, pair=12, col=0
; pair12_up: expert_id_to_weight_base pair=12, table_base=309632, stride=9216
S_LD_INT gp4, gp0, 12
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 75
S_ADDI_INT gp5, gp5, 2432
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 64
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; SubBlock [1][0]: HBM offset = 4096
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 4096
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: gather[0][:] @ W_up_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6400
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 5632
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add up_bias: pair=12, rows=1
S_LD_INT gp4, gp0, 12
S_ADDI_INT gp5, gp0, 256
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 147
S_ADDI_INT gp5, gp5, 2432
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6400
V_ADD_VV gp2, gp2, gp1
; === Expert Activation pair=12 ===
S_LD_FP f1, gp0, 5
S_ADD_FP f2, f1, f1
S_MUL_FP f2, f2, f2
S_SUB_FP f3, f0, f2
S_ADDI_INT gp3, gp0, 7680
S_ADDI_INT gp1, gp0, 6144
S_ADDI_INT gp2, gp0, 6400
; Tile Row Min FP on VRAM[6144]
V_MIN_VF gp1, gp1, f2, 0
; Tile Row Max FP on VRAM[6144]
V_MAX_VF gp1, gp1, f3, 0
V_SUB_VF gp3, gp1, f0, 0, 1
V_EXP_V gp3, gp3, 0
V_ADD_VF gp3, gp3, f1, 0
V_RECI_V gp3, gp3, 0
V_MUL_VV gp1, gp1, gp3, 0
V_MUL_VV gp2, gp2, gp1, 0
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_down_e0, pair=12, col=0
; pair12_down: expert_id_to_weight_base pair=12, table_base=613760, stride=9216
S_LD_INT gp4, gp0, 12
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 149
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 128
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: up[0][:] @ W_down_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6656
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 6400
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 1
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
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
; dynamic HBM weight prefetch: template=W_down_e0, pair=12, col=1
; pair12_down: expert_id_to_weight_base pair=12, table_base=613760, stride=9216
S_LD_INT gp4, gp0, 12
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 149
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 128
C_SET_STRIDE_REG gp7
; SubBlock [0][1]: HBM offset = 64
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 64
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: up[0][:] @ W_down_e0[:][1]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6912
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 6400
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 1
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add down_bias: pair=12, rows=1
S_LD_INT gp4, gp0, 12
S_ADDI_INT gp5, gp0, 512
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 221
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 16384
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6656
V_ADD_VV gp2, gp2, gp1
S_ADDI_INT gp1, gp0, 7424
S_ADDI_INT gp2, gp0, 64
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6912
V_ADD_VV gp2, gp2, gp1
; materialize route weight pair=12, col_block=0
S_LD_FP f1, gp0, 268
S_ADDI_INT gp1, gp0, 320
C_LOOP_START gp4, 64
S_ST_FP f1, gp1, 0
S_ADDI_INT gp1, gp1, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 320
S_ADDI_INT gp3, gp0, 7680
S_MAP_V_FP gp3, gp1, 0
; VRAM scatter-add pair12_scatter: 1 active rows
S_LD_INT gp2, gp0, 268
S_ADDI_INT gp4, gp0, 64
S_MUL_INT gp2, gp2, gp4
S_ADDI_INT gp1, gp0, 6656
V_MUL_VV gp1, gp1, gp3, 0
S_ADDI_INT gp4, gp2, 5120
V_ADD_VV gp4, gp4, gp1, 0
S_ADDI_INT gp1, gp0, 6912
V_MUL_VV gp1, gp1, gp3, 0
S_ADDI_INT gp4, gp2, 5376
V_ADD_VV gp4, gp4, gp1, 0
S_LD_FP f1, gp0, 0
; gather token rows from HBM: pair=13, hidden=128
S_ADDI_INT gp1, gp0, 0
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp1, gp0, 512
C_SET_SCALE_REG gp1
S_LD_INT gp2, gp0, 269
S_ADDI_INT gp3, gp0, 128
S_MUL_INT gp2, gp2, gp3
S_ADDI_INT gp1, gp0, 5632
S_ADDI_INT gp3, gp2, 0
H_PREFETCH_V gp1, gp3, a0, 0, 0
S_ADDI_INT gp1, gp0, 5888
S_ADDI_INT gp3, gp2, 64
H_PREFETCH_V gp1, gp3, a0, 0, 0
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_gate_e0, pair=13, col=0
; pair13_gate: expert_id_to_weight_base pair=13, table_base=5504, stride=9216
S_LD_INT gp4, gp0, 13
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_ADDI_INT gp5, gp0, 5504
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 64
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; SubBlock [1][0]: HBM offset = 4096
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 4096
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: gather[0][:] @ W_gate_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6144
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 5632
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add gate_bias: pair=13, rows=1
S_LD_INT gp4, gp0, 13
S_ADDI_INT gp5, gp0, 256
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 73
S_ADDI_INT gp5, gp5, 1408
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6144
V_ADD_VV gp2, gp2, gp1
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_up_e0, pair=13, col=0
; pair13_up: expert_id_to_weight_base pair=13, table_base=309632, stride=9216
S_LD_INT gp4, gp0, 13
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 75
S_ADDI_INT gp5, gp5, 2432
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 64
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; SubBlock [1][0]: HBM offset = 4096
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 4096
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: gather[0][:] @ W_up_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6400
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 5632
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add up_bias: pair=13, rows=1
S_LD_INT gp4, gp0, 13
S_ADDI_INT gp5, gp0, 256
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 147
S_ADDI_INT gp5, gp5, 2432
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6400
V_ADD_VV gp2, gp2, gp1
; === Expert Activation pair=13 ===
S_LD_FP f1, gp0, 5
S_ADD_FP f2, f1, f1
S_MUL_FP f2, f2, f2
S_SUB_FP f3, f0, f2
S_ADDI_INT gp3, gp0, 7680
S_ADDI_INT gp1, gp0, 6144
S_ADDI_INT gp2, gp0, 6400
; Tile Row Min FP on VRAM[6144]
V_MIN_VF gp1, gp1, f2, 0
; Tile Row Max FP on VRAM[6144]
V_MAX_VF gp1, gp1, f3, 0
V_SUB_VF gp3, gp1, f0, 0, 1
V_EXP_V gp3, gp3, 0
V_ADD_VF gp3, gp3, f1, 0
V_RECI_V gp3, gp3, 0
V_MUL_VV gp1, gp1, gp3, 0
V_MUL_VV gp2, gp2, gp1, 0
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_down_e0, pair=13, col=0
; pair13_down: expert_id_to_weight_base pair=13, table_base=613760, stride=9216
S_LD_INT gp4, gp0, 13
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 149
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 128
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: up[0][:] @ W_down_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6656
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 6400
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 1
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
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
; dynamic HBM weight prefetch: template=W_down_e0, pair=13, col=1
; pair13_down: expert_id_to_weight_base pair=13, table_base=613760, stride=9216
S_LD_INT gp4, gp0, 13
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 149
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 128
C_SET_STRIDE_REG gp7
; SubBlock [0][1]: HBM offset = 64
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 64
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: up[0][:] @ W_down_e0[:][1]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6912
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 6400
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 1
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add down_bias: pair=13, rows=1
S_LD_INT gp4, gp0, 13
S_ADDI_INT gp5, gp0, 512
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 221
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 16384
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6656
V_ADD_VV gp2, gp2, gp1
S_ADDI_INT gp1, gp0, 7424
S_ADDI_INT gp2, gp0, 64
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6912
V_ADD_VV gp2, gp2, gp1
; materialize route weight pair=13, col_block=0
S_LD_FP f1, gp0, 269
S_ADDI_INT gp1, gp0, 320
C_LOOP_START gp4, 64
S_ST_FP f1, gp1, 0
S_ADDI_INT gp1, gp1, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 320
S_ADDI_INT gp3, gp0, 7680
S_MAP_V_FP gp3, gp1, 0
; VRAM scatter-add pair13_scatter: 1 active rows
S_LD_INT gp2, gp0, 269
S_ADDI_INT gp4, gp0, 64
S_MUL_INT gp2, gp2, gp4
S_ADDI_INT gp1, gp0, 6656
V_MUL_VV gp1, gp1, gp3, 0
S_ADDI_INT gp4, gp2, 5120
V_ADD_VV gp4, gp4, gp1, 0
S_ADDI_INT gp1, gp0, 6912
V_MUL_VV gp1, gp1, gp3, 0
S_ADDI_INT gp4, gp2, 5376
V_ADD_VV gp4, gp4, gp1, 0
S_LD_FP f1, gp0, 0
; gather token rows from HBM: pair=14, hidden=128
S_ADDI_INT gp1, gp0, 0
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp1, gp0, 512
C_SET_SCALE_REG gp1
S_LD_INT gp2, gp0, 270
S_ADDI_INT gp3, gp0, 128
S_MUL_INT gp2, gp2, gp3
S_ADDI_INT gp1, gp0, 5632
S_ADDI_INT gp3, gp2, 0
H_PREFETCH_V gp1, gp3, a0, 0, 0
S_ADDI_INT gp1, gp0, 5888
S_ADDI_INT gp3, gp2, 64
H_PREFETCH_V gp1, gp3, a0, 0, 0
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_gate_e0, pair=14, col=0
; pair14_gate: expert_id_to_weight_base pair=14, table_base=5504, stride=9216
S_LD_INT gp4, gp0, 14
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_ADDI_INT gp5, gp0, 5504
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 64
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; SubBlock [1][0]: HBM offset = 4096
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 4096
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: gather[0][:] @ W_gate_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6144
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 5632
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add gate_bias: pair=14, rows=1
S_LD_INT gp4, gp0, 14
S_ADDI_INT gp5, gp0, 256
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 73
S_ADDI_INT gp5, gp5, 1408
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6144
V_ADD_VV gp2, gp2, gp1
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_up_e0, pair=14, col=0
; pair14_up: expert_id_to_weight_base pair=14, table_base=309632, stride=9216
S_LD_INT gp4, gp0, 14
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 75
S_ADDI_INT gp5, gp5, 2432
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 64
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; SubBlock [1][0]: HBM offset = 4096
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 4096
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: gather[0][:] @ W_up_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6400
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 5632
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add up_bias: pair=14, rows=1
S_LD_INT gp4, gp0, 14
S_ADDI_INT gp5, gp0, 256
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 147
S_ADDI_INT gp5, gp5, 2432
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6400
V_ADD_VV gp2, gp2, gp1
; === Expert Activation pair=14 ===
S_LD_FP f1, gp0, 5
S_ADD_FP f2, f1, f1
S_MUL_FP f2, f2, f2
S_SUB_FP f3, f0, f2
S_ADDI_INT gp3, gp0, 7680
S_ADDI_INT gp1, gp0, 6144
S_ADDI_INT gp2, gp0, 6400
; Tile Row Min FP on VRAM[6144]
V_MIN_VF gp1, gp1, f2, 0
; Tile Row Max FP on VRAM[6144]
V_MAX_VF gp1, gp1, f3, 0
V_SUB_VF gp3, gp1, f0, 0, 1
V_EXP_V gp3, gp3, 0
V_ADD_VF gp3, gp3, f1, 0
V_RECI_V gp3, gp3, 0
V_MUL_VV gp1, gp1, gp3, 0
V_MUL_VV gp2, gp2, gp1, 0
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_down_e0, pair=14, col=0
; pair14_down: expert_id_to_weight_base pair=14, table_base=613760, stride=9216
S_LD_INT gp4, gp0, 14
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 149
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 128
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: up[0][:] @ W_down_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6656
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 6400
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 1
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
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
; dynamic HBM weight prefetch: template=W_down_e0, pair=14, col=1
; pair14_down: expert_id_to_weight_base pair=14, table_base=613760, stride=9216
S_LD_INT gp4, gp0, 14
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 149
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 128
C_SET_STRIDE_REG gp7
; SubBlock [0][1]: HBM offset = 64
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 64
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: up[0][:] @ W_down_e0[:][1]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6912
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 6400
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 1
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add down_bias: pair=14, rows=1
S_LD_INT gp4, gp0, 14
S_ADDI_INT gp5, gp0, 512
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 221
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 16384
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6656
V_ADD_VV gp2, gp2, gp1
S_ADDI_INT gp1, gp0, 7424
S_ADDI_INT gp2, gp0, 64
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6912
V_ADD_VV gp2, gp2, gp1
; materialize route weight pair=14, col_block=0
S_LD_FP f1, gp0, 270
S_ADDI_INT gp1, gp0, 320
C_LOOP_START gp4, 64
S_ST_FP f1, gp1, 0
S_ADDI_INT gp1, gp1, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 320
S_ADDI_INT gp3, gp0, 7680
S_MAP_V_FP gp3, gp1, 0
; VRAM scatter-add pair14_scatter: 1 active rows
S_LD_INT gp2, gp0, 270
S_ADDI_INT gp4, gp0, 64
S_MUL_INT gp2, gp2, gp4
S_ADDI_INT gp1, gp0, 6656
V_MUL_VV gp1, gp1, gp3, 0
S_ADDI_INT gp4, gp2, 5120
V_ADD_VV gp4, gp4, gp1, 0
S_ADDI_INT gp1, gp0, 6912
V_MUL_VV gp1, gp1, gp3, 0
S_ADDI_INT gp4, gp2, 5376
V_ADD_VV gp4, gp4, gp1, 0
S_LD_FP f1, gp0, 0
; gather token rows from HBM: pair=15, hidden=128
S_ADDI_INT gp1, gp0, 0
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp1, gp0, 512
C_SET_SCALE_REG gp1
S_LD_INT gp2, gp0, 271
S_ADDI_INT gp3, gp0, 128
S_MUL_INT gp2, gp2, gp3
S_ADDI_INT gp1, gp0, 5632
S_ADDI_INT gp3, gp2, 0
H_PREFETCH_V gp1, gp3, a0, 0, 0
S_ADDI_INT gp1, gp0, 5888
S_ADDI_INT gp3, gp2, 64
H_PREFETCH_V gp1, gp3, a0, 0, 0
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_gate_e0, pair=15, col=0
; pair15_gate: expert_id_to_weight_base pair=15, table_base=5504, stride=9216
S_LD_INT gp4, gp0, 15
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_ADDI_INT gp5, gp0, 5504
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 64
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; SubBlock [1][0]: HBM offset = 4096
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 4096
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: gather[0][:] @ W_gate_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6144
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 5632
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add gate_bias: pair=15, rows=1
S_LD_INT gp4, gp0, 15
S_ADDI_INT gp5, gp0, 256
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 73
S_ADDI_INT gp5, gp5, 1408
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6144
V_ADD_VV gp2, gp2, gp1
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_up_e0, pair=15, col=0
; pair15_up: expert_id_to_weight_base pair=15, table_base=309632, stride=9216
S_LD_INT gp4, gp0, 15
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 75
S_ADDI_INT gp5, gp5, 2432
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 64
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; SubBlock [1][0]: HBM offset = 4096
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 4096
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: gather[0][:] @ W_up_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6400
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 5632
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add up_bias: pair=15, rows=1
S_LD_INT gp4, gp0, 15
S_ADDI_INT gp5, gp0, 256
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 147
S_ADDI_INT gp5, gp5, 2432
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6400
V_ADD_VV gp2, gp2, gp1
; === Expert Activation pair=15 ===
S_LD_FP f1, gp0, 5
S_ADD_FP f2, f1, f1
S_MUL_FP f2, f2, f2
S_SUB_FP f3, f0, f2
S_ADDI_INT gp3, gp0, 7680
S_ADDI_INT gp1, gp0, 6144
S_ADDI_INT gp2, gp0, 6400
; Tile Row Min FP on VRAM[6144]
V_MIN_VF gp1, gp1, f2, 0
; Tile Row Max FP on VRAM[6144]
V_MAX_VF gp1, gp1, f3, 0
V_SUB_VF gp3, gp1, f0, 0, 1
V_EXP_V gp3, gp3, 0
V_ADD_VF gp3, gp3, f1, 0
V_RECI_V gp3, gp3, 0
V_MUL_VV gp1, gp1, gp3, 0
V_MUL_VV gp2, gp2, gp1, 0
; === Reset MRAM ===
; dynamic HBM weight prefetch: template=W_down_e0, pair=15, col=0
; pair15_down: expert_id_to_weight_base pair=15, table_base=613760, stride=9216
S_LD_INT gp4, gp0, 15
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 149
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 128
C_SET_STRIDE_REG gp7
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: up[0][:] @ W_down_e0[:][0]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6656
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 6400
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 1
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
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
; dynamic HBM weight prefetch: template=W_down_e0, pair=15, col=1
; pair15_down: expert_id_to_weight_base pair=15, table_base=613760, stride=9216
S_LD_INT gp4, gp0, 15
S_ADDI_INT gp5, gp0, 9216
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 149
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a2, gp0, gp4
S_ADDI_INT gp6, gp0, 8192
C_SET_SCALE_REG gp6
S_ADDI_INT gp7, gp0, 128
C_SET_STRIDE_REG gp7
; SubBlock [0][1]: HBM offset = 64
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 64
H_PREFETCH_M gp1, gp2, a2, 1, 0
; VRAM Sub Projection To: up[0][:] @ W_down_e0[:][1]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 6912
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 6400
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 1
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 1
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 256
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; dynamic expert bias add down_bias: pair=15, rows=1
S_LD_INT gp4, gp0, 15
S_ADDI_INT gp5, gp0, 512
S_MUL_INT gp4, gp4, gp5
S_LUI_INT gp5, 221
S_ADDI_INT gp5, gp5, 3456
S_ADD_INT gp4, gp4, gp5
C_SET_ADDR_REG a3, gp0, gp4
S_ADDI_INT gp6, gp0, 16384
C_SET_SCALE_REG gp6
S_ADDI_INT gp1, gp0, 7168
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6656
V_ADD_VV gp2, gp2, gp1
S_ADDI_INT gp1, gp0, 7424
S_ADDI_INT gp2, gp0, 64
H_PREFETCH_V gp1, gp2, a3, 0, 0
S_ADDI_INT gp2, gp0, 6912
V_ADD_VV gp2, gp2, gp1
; materialize route weight pair=15, col_block=0
S_LD_FP f1, gp0, 271
S_ADDI_INT gp1, gp0, 320
C_LOOP_START gp4, 64
S_ST_FP f1, gp1, 0
S_ADDI_INT gp1, gp1, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 320
S_ADDI_INT gp3, gp0, 7680
S_MAP_V_FP gp3, gp1, 0
; VRAM scatter-add pair15_scatter: 1 active rows
S_LD_INT gp2, gp0, 271
S_ADDI_INT gp4, gp0, 64
S_MUL_INT gp2, gp2, gp4
S_ADDI_INT gp1, gp0, 6656
V_MUL_VV gp1, gp1, gp3, 0
S_ADDI_INT gp4, gp2, 5120
V_ADD_VV gp4, gp4, gp1, 0
S_ADDI_INT gp1, gp0, 6912
V_MUL_VV gp1, gp1, gp3, 0
S_ADDI_INT gp4, gp2, 5376
V_ADD_VV gp4, gp4, gp1, 0
S_LD_FP f1, gp0, 0
; Store routing_acc from VRAM to HBM
; VRAM[5120] -> HBM[927104], shape=(4, 128)
; Preload Addr Reg Generation
S_LUI_INT gp1, 226
S_ADDI_INT gp1, gp1, 1408
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 512
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 128
C_SET_STRIDE_REG gp3
; Store Activation Generation
S_ADDI_INT gp10, gp0, 5120
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
