; Each mnemonic of dialect plena at least once, in every operand form
; @kernel setup
S_ADDI_INT gp1, gp0, 4096
C_SET_ADDR_REG a1, gp0, gp1
C_SET_ADDR_REG a7, gp0, gp0
C_SET_SCALE_REG gp1
S_ADDI_INT gp2, gp0, 64
C_SET_STRIDE_REG gp2
S_ADDI_INT gp3, gp0, 1
C_SET_V_MASK_REG gp3
S_LD_FP f1, gp0, 5
; @end

; @kernel hbm
S_ADDI_INT gp4, gp0, 0
S_ADDI_INT gp5, gp0, 4096
H_PREFETCH_M gp4, gp0, a1, 1, 0
S_ADDI_INT gp4, gp0, 4096
H_PREFETCH_M gp4, gp0, a1, 0, 1, 0
H_PREFETCH_V gp5, gp0, a7, 1, 0
H_PREFETCH_V gp5, gp0, a7, 0, 1, 0
H_STORE_V gp5, gp0, a7, 1, 0
H_STORE_V gp5, gp0, a7, 0, 1, 0
; @end

; @kernel matrix
S_ADDI_INT gp4, gp0, 4096
S_ADDI_INT gp5, gp0, 4096
S_ADDI_INT gp6, gp0, 4352
S_ADDI_INT gp7, gp0, 2
M_MM 0, gp4, gp5
M_MM gp0, gp0, gp5
M_MM_WO gp6, gp0, 4
M_TMM 0, gp5, gp4
M_TMM gp0, gp5, gp0
M_MM_WO gp6, gp7, 0
S_ADDI_INT gp8, gp0, 65536
M_BMM 0, gp4, gp5
M_BTMM gp0, gp4, gp5
M_BMM_WO gp8, 0
M_MV 0, gp4, gp5
M_MV gp0, gp4, gp5
M_MV_WO gp6, 0
M_TMV 0, gp4, gp5
M_MV_WO gp6, gp0, 4
M_BMV gp0, gp4, gp5
M_BTMV 0, gp4, gp5
M_BMV_WO gp8, 64
; @end

; @kernel vector
S_ADDI_INT gp1, gp0, 4352
S_ADDI_INT gp2, gp0, 4096
S_ADDI_INT gp3, gp0, 4160
V_ADD_VV gp1, gp2, gp3
V_ADD_VV gp1, gp2, gp3, 0
V_ADD_VV gp1, gp2, gp3, 1
V_SUB_VV gp1, gp2, gp3
V_SUB_VV gp1, gp2, gp3, 0
V_SUB_VV gp1, gp2, gp3, 1
V_MUL_VV gp1, gp2, gp3
V_MUL_VV gp1, gp2, gp3, 0
V_MUL_VV gp1, gp2, gp3, 1
V_ADD_VF gp1, gp2, f1
V_ADD_VF gp1, gp2, f1, 0
V_MUL_VF gp1, gp2, f1
V_MUL_VF gp1, gp2, f1, 0
V_MAX_VF gp1, gp2, f1
V_MAX_VF gp1, gp2, f1, 0
V_MIN_VF gp1, gp2, f1
V_MIN_VF gp1, gp2, f1, 0
V_SUB_VF gp1, gp2, f1, 0, 0
V_SUB_VF gp1, gp2, f1, 0, 1
V_EXP_V gp1, gp2
V_EXP_V gp1, gp2, 0
V_EXP_V gp1, gp2, 0, 0
V_RECI_V gp1, gp2, 0
S_ADD_FP f2, f0, f0
V_RED_SUM f2, gp2
V_RED_SUM f2, gp2, 0
V_RED_SUM f2, gp2, 0, 0
V_RED_MAX f2, gp2, 0
; a reduction into f0 does nothing and costs nothing
V_RED_SUM f0, gp2, 0
S_ADDI_INT gp4, gp0, 3
V_SHFT_V gp1, gp2, gp4
S_ADDI_INT gp5, gp0, 128
S_ADDI_INT gp6, gp0, 32
V_TOPK gp5, gp2, gp6, 0
; @end

; @kernel scalar_fp
S_ADDI_INT gp1, gp0, 64
S_LD_FP f3, gp0, 5
S_ADD_FP f4, f3, f1
S_SUB_FP f4, f3, f1
S_MAX_FP f4, f3, f1
S_MUL_FP f4, f3, f1
S_EXP_FP f5, f3
S_EXP_FP f5, f3, 0
S_RECI_FP f5, f3
S_RECI_FP f5, f3, 0
S_SQRT_FP f5, f3
S_SQRT_FP f5, f3, 0
; arithmetic into f0 does nothing and costs nothing
S_MUL_FP f0, f3, f3
S_ST_FP f5, gp1, 1
S_ADDI_INT gp2, gp0, 4352
S_MAP_V_FP gp2, gp1, 0
; @end

; @kernel scalar_int
S_LUI_INT gp1, 70
S_ADDI_INT gp1, gp1, 300
S_ADDI_INT gp2, gp0, 5
S_ADD_INT gp3, gp1, gp2
S_SUB_INT gp3, gp3, gp2
S_MUL_INT gp3, gp3, gp2
S_ST_INT gp3, gp2, 11
S_LD_INT gp4, gp0, 16
S_ADDI_INT gp0, gp0, 0
; @end

; @kernel loops
C_LOOP_START gp1, 3
C_LOOP_START gp2, 2
S_ADDI_INT gp3, gp1, 0
C_LOOP_END gp2, 0
C_LOOP_END gp1
; C_BREAK takes the place of C_LOOP_END: this body runs once
C_LOOP_START gp1, 4
S_ADDI_INT gp3, gp0, 1
C_BREAK
C_LOOP_START gp1, 4
S_ADDI_INT gp3, gp0, 1
C_BREAK 0, 0, 0
; @end

