; -- Setup: build unit vectors in VRAM --
S_LD_FP f5, gp0, 5
S_ADDI_INT gp1, gp0, 64
C_LOOP_START gp4, 64
S_ST_FP f0, gp1, 0
S_ADDI_INT gp1, gp1, 1
C_LOOP_END gp4
S_ADDI_INT gp3, gp0, 64
S_ADDI_INT gp1, gp0, 64
S_ADDI_INT gp2, gp0, 0
C_LOOP_START gp4, 64
S_ST_FP f5, gp1, 0
S_MAP_V_FP gp2, gp3, 0
S_ST_FP f0, gp1, 0
S_ADDI_INT gp1, gp1, 1
S_ADDI_INT gp2, gp2, 64
C_LOOP_END gp4
; ============================================================
; im2col (no-shift): NCHW input in HBM -> im2col matrix in VRAM
;   input  : (1,3,16,64)
;   kernel : 8x8  OH=2  OW=8
;   output : (16,192) @ VRAM base 4864
; ============================================================

; -- Setup: HBM stride and scale --
S_ADDI_INT gp1, gp0, 0
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp1, gp0, 3072
C_SET_SCALE_REG gp1
S_ADDI_INT gp1, gp0, 64
C_SET_STRIDE_REG gp1
; -- Setup: pin scratch/temp VRAM pointers --
S_ADDI_INT gp8, gp0, 4608
S_ADDI_INT gp9, gp0, 128
; ==== TILE t=0  global cols [0..63] ====
; ==== tile=0 output row m=0  oh=0  ow=0  vram=4864 ====
; (c=0, kr=0)  hbm_off=0
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_V gp1, gp2, a0, 1, 0
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=1)  hbm_off=64
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=2)  hbm_off=128
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=3)  hbm_off=192
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=4)  hbm_off=256
S_ADDI_INT gp1, gp0, 4352
S_ADDI_INT gp2, gp0, 256
H_PREFETCH_V gp1, gp2, a0, 1, 0
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=5)  hbm_off=320
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=6)  hbm_off=384
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=7)  hbm_off=448
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 4864
S_MAP_V_FP gp1, gp9, 0
; ==== tile=0 output row m=1  oh=0  ow=1  vram=4928 ====
; (c=0, kr=0)  hbm_off=0
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=1)  hbm_off=64
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=2)  hbm_off=128
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=3)  hbm_off=192
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=4)  hbm_off=256
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=5)  hbm_off=320
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=6)  hbm_off=384
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=7)  hbm_off=448
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 4928
S_MAP_V_FP gp1, gp9, 0
; ==== tile=0 output row m=2  oh=0  ow=2  vram=4992 ====
; (c=0, kr=0)  hbm_off=0
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=1)  hbm_off=64
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=2)  hbm_off=128
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=3)  hbm_off=192
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=4)  hbm_off=256
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=5)  hbm_off=320
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=6)  hbm_off=384
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=7)  hbm_off=448
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 4992
S_MAP_V_FP gp1, gp9, 0
; ==== tile=0 output row m=3  oh=0  ow=3  vram=5056 ====
; (c=0, kr=0)  hbm_off=0
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=1)  hbm_off=64
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=2)  hbm_off=128
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=3)  hbm_off=192
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=4)  hbm_off=256
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=5)  hbm_off=320
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=6)  hbm_off=384
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=7)  hbm_off=448
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 5056
S_MAP_V_FP gp1, gp9, 0
; ==== tile=0 output row m=4  oh=0  ow=4  vram=5120 ====
; (c=0, kr=0)  hbm_off=0
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=1)  hbm_off=64
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=2)  hbm_off=128
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=3)  hbm_off=192
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=4)  hbm_off=256
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=5)  hbm_off=320
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=6)  hbm_off=384
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=7)  hbm_off=448
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 5120
S_MAP_V_FP gp1, gp9, 0
; ==== tile=0 output row m=5  oh=0  ow=5  vram=5184 ====
; (c=0, kr=0)  hbm_off=0
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=1)  hbm_off=64
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=2)  hbm_off=128
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=3)  hbm_off=192
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=4)  hbm_off=256
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=5)  hbm_off=320
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=6)  hbm_off=384
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=7)  hbm_off=448
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 5184
S_MAP_V_FP gp1, gp9, 0
; ==== tile=0 output row m=6  oh=0  ow=6  vram=5248 ====
; (c=0, kr=0)  hbm_off=0
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=1)  hbm_off=64
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=2)  hbm_off=128
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=3)  hbm_off=192
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=4)  hbm_off=256
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=5)  hbm_off=320
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=6)  hbm_off=384
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=7)  hbm_off=448
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 5248
S_MAP_V_FP gp1, gp9, 0
; ==== tile=0 output row m=7  oh=0  ow=7  vram=5312 ====
; (c=0, kr=0)  hbm_off=0
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=1)  hbm_off=64
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=2)  hbm_off=128
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=3)  hbm_off=192
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=4)  hbm_off=256
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=5)  hbm_off=320
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=6)  hbm_off=384
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=7)  hbm_off=448
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 5312
S_MAP_V_FP gp1, gp9, 0
; ==== tile=0 output row m=8  oh=1  ow=0  vram=5376 ====
; (c=0, kr=0)  hbm_off=512
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 512
H_PREFETCH_V gp1, gp2, a0, 1, 0
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=1)  hbm_off=576
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=2)  hbm_off=640
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=3)  hbm_off=704
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=4)  hbm_off=768
S_ADDI_INT gp1, gp0, 4352
S_ADDI_INT gp2, gp0, 768
H_PREFETCH_V gp1, gp2, a0, 1, 0
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=5)  hbm_off=832
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=6)  hbm_off=896
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=7)  hbm_off=960
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 5376
S_MAP_V_FP gp1, gp9, 0
; ==== tile=0 output row m=9  oh=1  ow=1  vram=5440 ====
; (c=0, kr=0)  hbm_off=512
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=1)  hbm_off=576
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=2)  hbm_off=640
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=3)  hbm_off=704
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=4)  hbm_off=768
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=5)  hbm_off=832
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=6)  hbm_off=896
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=7)  hbm_off=960
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 5440
S_MAP_V_FP gp1, gp9, 0
; ==== tile=0 output row m=10  oh=1  ow=2  vram=5504 ====
; (c=0, kr=0)  hbm_off=512
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=1)  hbm_off=576
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=2)  hbm_off=640
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=3)  hbm_off=704
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=4)  hbm_off=768
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=5)  hbm_off=832
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=6)  hbm_off=896
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=7)  hbm_off=960
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 5504
S_MAP_V_FP gp1, gp9, 0
; ==== tile=0 output row m=11  oh=1  ow=3  vram=5568 ====
; (c=0, kr=0)  hbm_off=512
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=1)  hbm_off=576
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=2)  hbm_off=640
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=3)  hbm_off=704
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=4)  hbm_off=768
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=5)  hbm_off=832
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=6)  hbm_off=896
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=7)  hbm_off=960
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 5568
S_MAP_V_FP gp1, gp9, 0
; ==== tile=0 output row m=12  oh=1  ow=4  vram=5632 ====
; (c=0, kr=0)  hbm_off=512
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=1)  hbm_off=576
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=2)  hbm_off=640
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=3)  hbm_off=704
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=4)  hbm_off=768
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=5)  hbm_off=832
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=6)  hbm_off=896
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=7)  hbm_off=960
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 5632
S_MAP_V_FP gp1, gp9, 0
; ==== tile=0 output row m=13  oh=1  ow=5  vram=5696 ====
; (c=0, kr=0)  hbm_off=512
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=1)  hbm_off=576
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=2)  hbm_off=640
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=3)  hbm_off=704
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=4)  hbm_off=768
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=5)  hbm_off=832
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=6)  hbm_off=896
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=7)  hbm_off=960
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 5696
S_MAP_V_FP gp1, gp9, 0
; ==== tile=0 output row m=14  oh=1  ow=6  vram=5760 ====
; (c=0, kr=0)  hbm_off=512
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=1)  hbm_off=576
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=2)  hbm_off=640
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=3)  hbm_off=704
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=4)  hbm_off=768
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=5)  hbm_off=832
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=6)  hbm_off=896
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=7)  hbm_off=960
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 5760
S_MAP_V_FP gp1, gp9, 0
; ==== tile=0 output row m=15  oh=1  ow=7  vram=5824 ====
; (c=0, kr=0)  hbm_off=512
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=1)  hbm_off=576
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=2)  hbm_off=640
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=3)  hbm_off=704
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=4)  hbm_off=768
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=5)  hbm_off=832
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=6)  hbm_off=896
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=0, kr=7)  hbm_off=960
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 5824
S_MAP_V_FP gp1, gp9, 0
; ==== TILE t=1  global cols [64..127] ====
; ==== tile=1 output row m=0  oh=0  ow=0  vram=5888 ====
; (c=1, kr=0)  hbm_off=1024
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 1024
H_PREFETCH_V gp1, gp2, a0, 1, 0
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=1)  hbm_off=1088
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=2)  hbm_off=1152
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=3)  hbm_off=1216
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=4)  hbm_off=1280
S_ADDI_INT gp1, gp0, 4352
S_ADDI_INT gp2, gp0, 1280
H_PREFETCH_V gp1, gp2, a0, 1, 0
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=5)  hbm_off=1344
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=6)  hbm_off=1408
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=7)  hbm_off=1472
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 5888
S_MAP_V_FP gp1, gp9, 0
; ==== tile=1 output row m=1  oh=0  ow=1  vram=5952 ====
; (c=1, kr=0)  hbm_off=1024
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=1)  hbm_off=1088
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=2)  hbm_off=1152
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=3)  hbm_off=1216
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=4)  hbm_off=1280
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=5)  hbm_off=1344
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=6)  hbm_off=1408
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=7)  hbm_off=1472
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 5952
S_MAP_V_FP gp1, gp9, 0
; ==== tile=1 output row m=2  oh=0  ow=2  vram=6016 ====
; (c=1, kr=0)  hbm_off=1024
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=1)  hbm_off=1088
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=2)  hbm_off=1152
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=3)  hbm_off=1216
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=4)  hbm_off=1280
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=5)  hbm_off=1344
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=6)  hbm_off=1408
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=7)  hbm_off=1472
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 6016
S_MAP_V_FP gp1, gp9, 0
; ==== tile=1 output row m=3  oh=0  ow=3  vram=6080 ====
; (c=1, kr=0)  hbm_off=1024
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=1)  hbm_off=1088
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=2)  hbm_off=1152
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=3)  hbm_off=1216
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=4)  hbm_off=1280
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=5)  hbm_off=1344
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=6)  hbm_off=1408
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=7)  hbm_off=1472
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 6080
S_MAP_V_FP gp1, gp9, 0
; ==== tile=1 output row m=4  oh=0  ow=4  vram=6144 ====
; (c=1, kr=0)  hbm_off=1024
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=1)  hbm_off=1088
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=2)  hbm_off=1152
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=3)  hbm_off=1216
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=4)  hbm_off=1280
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=5)  hbm_off=1344
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=6)  hbm_off=1408
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=7)  hbm_off=1472
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 6144
S_MAP_V_FP gp1, gp9, 0
; ==== tile=1 output row m=5  oh=0  ow=5  vram=6208 ====
; (c=1, kr=0)  hbm_off=1024
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=1)  hbm_off=1088
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=2)  hbm_off=1152
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=3)  hbm_off=1216
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=4)  hbm_off=1280
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=5)  hbm_off=1344
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=6)  hbm_off=1408
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=7)  hbm_off=1472
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 6208
S_MAP_V_FP gp1, gp9, 0
; ==== tile=1 output row m=6  oh=0  ow=6  vram=6272 ====
; (c=1, kr=0)  hbm_off=1024
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=1)  hbm_off=1088
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=2)  hbm_off=1152
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=3)  hbm_off=1216
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=4)  hbm_off=1280
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=5)  hbm_off=1344
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=6)  hbm_off=1408
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=7)  hbm_off=1472
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 6272
S_MAP_V_FP gp1, gp9, 0
; ==== tile=1 output row m=7  oh=0  ow=7  vram=6336 ====
; (c=1, kr=0)  hbm_off=1024
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=1)  hbm_off=1088
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=2)  hbm_off=1152
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=3)  hbm_off=1216
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=4)  hbm_off=1280
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=5)  hbm_off=1344
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=6)  hbm_off=1408
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=7)  hbm_off=1472
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 6336
S_MAP_V_FP gp1, gp9, 0
; ==== tile=1 output row m=8  oh=1  ow=0  vram=6400 ====
; (c=1, kr=0)  hbm_off=1536
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 1536
H_PREFETCH_V gp1, gp2, a0, 1, 0
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=1)  hbm_off=1600
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=2)  hbm_off=1664
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=3)  hbm_off=1728
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=4)  hbm_off=1792
S_ADDI_INT gp1, gp0, 4352
S_ADDI_INT gp2, gp0, 1792
H_PREFETCH_V gp1, gp2, a0, 1, 0
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=5)  hbm_off=1856
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=6)  hbm_off=1920
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=7)  hbm_off=1984
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 6400
S_MAP_V_FP gp1, gp9, 0
; ==== tile=1 output row m=9  oh=1  ow=1  vram=6464 ====
; (c=1, kr=0)  hbm_off=1536
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=1)  hbm_off=1600
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=2)  hbm_off=1664
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=3)  hbm_off=1728
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=4)  hbm_off=1792
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=5)  hbm_off=1856
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=6)  hbm_off=1920
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=7)  hbm_off=1984
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 6464
S_MAP_V_FP gp1, gp9, 0
; ==== tile=1 output row m=10  oh=1  ow=2  vram=6528 ====
; (c=1, kr=0)  hbm_off=1536
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=1)  hbm_off=1600
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=2)  hbm_off=1664
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=3)  hbm_off=1728
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=4)  hbm_off=1792
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=5)  hbm_off=1856
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=6)  hbm_off=1920
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=7)  hbm_off=1984
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 6528
S_MAP_V_FP gp1, gp9, 0
; ==== tile=1 output row m=11  oh=1  ow=3  vram=6592 ====
; (c=1, kr=0)  hbm_off=1536
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=1)  hbm_off=1600
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=2)  hbm_off=1664
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=3)  hbm_off=1728
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=4)  hbm_off=1792
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=5)  hbm_off=1856
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=6)  hbm_off=1920
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=7)  hbm_off=1984
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 6592
S_MAP_V_FP gp1, gp9, 0
; ==== tile=1 output row m=12  oh=1  ow=4  vram=6656 ====
; (c=1, kr=0)  hbm_off=1536
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=1)  hbm_off=1600
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=2)  hbm_off=1664
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=3)  hbm_off=1728
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=4)  hbm_off=1792
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=5)  hbm_off=1856
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=6)  hbm_off=1920
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=7)  hbm_off=1984
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 6656
S_MAP_V_FP gp1, gp9, 0
; ==== tile=1 output row m=13  oh=1  ow=5  vram=6720 ====
; (c=1, kr=0)  hbm_off=1536
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=1)  hbm_off=1600
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=2)  hbm_off=1664
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=3)  hbm_off=1728
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=4)  hbm_off=1792
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=5)  hbm_off=1856
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=6)  hbm_off=1920
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=7)  hbm_off=1984
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 6720
S_MAP_V_FP gp1, gp9, 0
; ==== tile=1 output row m=14  oh=1  ow=6  vram=6784 ====
; (c=1, kr=0)  hbm_off=1536
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=1)  hbm_off=1600
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=2)  hbm_off=1664
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=3)  hbm_off=1728
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=4)  hbm_off=1792
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=5)  hbm_off=1856
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=6)  hbm_off=1920
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=7)  hbm_off=1984
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 6784
S_MAP_V_FP gp1, gp9, 0
; ==== tile=1 output row m=15  oh=1  ow=7  vram=6848 ====
; (c=1, kr=0)  hbm_off=1536
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=1)  hbm_off=1600
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=2)  hbm_off=1664
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=3)  hbm_off=1728
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=4)  hbm_off=1792
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=5)  hbm_off=1856
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=6)  hbm_off=1920
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=1, kr=7)  hbm_off=1984
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 6848
S_MAP_V_FP gp1, gp9, 0
; ==== TILE t=2  global cols [128..191] ====
; ==== tile=2 output row m=0  oh=0  ow=0  vram=6912 ====
; (c=2, kr=0)  hbm_off=2048
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 2048
H_PREFETCH_V gp1, gp2, a0, 1, 0
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=1)  hbm_off=2112
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=2)  hbm_off=2176
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=3)  hbm_off=2240
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=4)  hbm_off=2304
S_ADDI_INT gp1, gp0, 4352
S_ADDI_INT gp2, gp0, 2304
H_PREFETCH_V gp1, gp2, a0, 1, 0
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=5)  hbm_off=2368
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=6)  hbm_off=2432
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=7)  hbm_off=2496
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 6912
S_MAP_V_FP gp1, gp9, 0
; ==== tile=2 output row m=1  oh=0  ow=1  vram=6976 ====
; (c=2, kr=0)  hbm_off=2048
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=1)  hbm_off=2112
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=2)  hbm_off=2176
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=3)  hbm_off=2240
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=4)  hbm_off=2304
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=5)  hbm_off=2368
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=6)  hbm_off=2432
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=7)  hbm_off=2496
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 6976
S_MAP_V_FP gp1, gp9, 0
; ==== tile=2 output row m=2  oh=0  ow=2  vram=7040 ====
; (c=2, kr=0)  hbm_off=2048
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=1)  hbm_off=2112
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=2)  hbm_off=2176
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=3)  hbm_off=2240
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=4)  hbm_off=2304
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=5)  hbm_off=2368
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=6)  hbm_off=2432
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=7)  hbm_off=2496
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 7040
S_MAP_V_FP gp1, gp9, 0
; ==== tile=2 output row m=3  oh=0  ow=3  vram=7104 ====
; (c=2, kr=0)  hbm_off=2048
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=1)  hbm_off=2112
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=2)  hbm_off=2176
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=3)  hbm_off=2240
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=4)  hbm_off=2304
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=5)  hbm_off=2368
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=6)  hbm_off=2432
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=7)  hbm_off=2496
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 7104
S_MAP_V_FP gp1, gp9, 0
; ==== tile=2 output row m=4  oh=0  ow=4  vram=7168 ====
; (c=2, kr=0)  hbm_off=2048
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=1)  hbm_off=2112
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=2)  hbm_off=2176
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=3)  hbm_off=2240
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=4)  hbm_off=2304
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=5)  hbm_off=2368
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=6)  hbm_off=2432
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=7)  hbm_off=2496
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 7168
S_MAP_V_FP gp1, gp9, 0
; ==== tile=2 output row m=5  oh=0  ow=5  vram=7232 ====
; (c=2, kr=0)  hbm_off=2048
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=1)  hbm_off=2112
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=2)  hbm_off=2176
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=3)  hbm_off=2240
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=4)  hbm_off=2304
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=5)  hbm_off=2368
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=6)  hbm_off=2432
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=7)  hbm_off=2496
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 7232
S_MAP_V_FP gp1, gp9, 0
; ==== tile=2 output row m=6  oh=0  ow=6  vram=7296 ====
; (c=2, kr=0)  hbm_off=2048
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=1)  hbm_off=2112
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=2)  hbm_off=2176
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=3)  hbm_off=2240
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=4)  hbm_off=2304
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=5)  hbm_off=2368
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=6)  hbm_off=2432
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=7)  hbm_off=2496
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 7296
S_MAP_V_FP gp1, gp9, 0
; ==== tile=2 output row m=7  oh=0  ow=7  vram=7360 ====
; (c=2, kr=0)  hbm_off=2048
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=1)  hbm_off=2112
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=2)  hbm_off=2176
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=3)  hbm_off=2240
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=4)  hbm_off=2304
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=5)  hbm_off=2368
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=6)  hbm_off=2432
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=7)  hbm_off=2496
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 7360
S_MAP_V_FP gp1, gp9, 0
; ==== tile=2 output row m=8  oh=1  ow=0  vram=7424 ====
; (c=2, kr=0)  hbm_off=2560
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 2560
H_PREFETCH_V gp1, gp2, a0, 1, 0
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=1)  hbm_off=2624
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=2)  hbm_off=2688
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=3)  hbm_off=2752
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=4)  hbm_off=2816
S_ADDI_INT gp1, gp0, 4352
S_ADDI_INT gp2, gp0, 2816
H_PREFETCH_V gp1, gp2, a0, 1, 0
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=5)  hbm_off=2880
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=6)  hbm_off=2944
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=7)  hbm_off=3008
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 0
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 7424
S_MAP_V_FP gp1, gp9, 0
; ==== tile=2 output row m=9  oh=1  ow=1  vram=7488 ====
; (c=2, kr=0)  hbm_off=2560
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=1)  hbm_off=2624
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=2)  hbm_off=2688
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=3)  hbm_off=2752
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=4)  hbm_off=2816
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=5)  hbm_off=2880
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=6)  hbm_off=2944
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=7)  hbm_off=3008
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 512
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 7488
S_MAP_V_FP gp1, gp9, 0
; ==== tile=2 output row m=10  oh=1  ow=2  vram=7552 ====
; (c=2, kr=0)  hbm_off=2560
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=1)  hbm_off=2624
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=2)  hbm_off=2688
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=3)  hbm_off=2752
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=4)  hbm_off=2816
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=5)  hbm_off=2880
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=6)  hbm_off=2944
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=7)  hbm_off=3008
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 1024
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 7552
S_MAP_V_FP gp1, gp9, 0
; ==== tile=2 output row m=11  oh=1  ow=3  vram=7616 ====
; (c=2, kr=0)  hbm_off=2560
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=1)  hbm_off=2624
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=2)  hbm_off=2688
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=3)  hbm_off=2752
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=4)  hbm_off=2816
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=5)  hbm_off=2880
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=6)  hbm_off=2944
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=7)  hbm_off=3008
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 1536
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 7616
S_MAP_V_FP gp1, gp9, 0
; ==== tile=2 output row m=12  oh=1  ow=4  vram=7680 ====
; (c=2, kr=0)  hbm_off=2560
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=1)  hbm_off=2624
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=2)  hbm_off=2688
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=3)  hbm_off=2752
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=4)  hbm_off=2816
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=5)  hbm_off=2880
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=6)  hbm_off=2944
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=7)  hbm_off=3008
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 2048
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 7680
S_MAP_V_FP gp1, gp9, 0
; ==== tile=2 output row m=13  oh=1  ow=5  vram=7744 ====
; (c=2, kr=0)  hbm_off=2560
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=1)  hbm_off=2624
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=2)  hbm_off=2688
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=3)  hbm_off=2752
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=4)  hbm_off=2816
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=5)  hbm_off=2880
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=6)  hbm_off=2944
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=7)  hbm_off=3008
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 2560
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 7744
S_MAP_V_FP gp1, gp9, 0
; ==== tile=2 output row m=14  oh=1  ow=6  vram=7808 ====
; (c=2, kr=0)  hbm_off=2560
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=1)  hbm_off=2624
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=2)  hbm_off=2688
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=3)  hbm_off=2752
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=4)  hbm_off=2816
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=5)  hbm_off=2880
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=6)  hbm_off=2944
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=7)  hbm_off=3008
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 3072
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 7808
S_MAP_V_FP gp1, gp9, 0
; ==== tile=2 output row m=15  oh=1  ow=7  vram=7872 ====
; (c=2, kr=0)  hbm_off=2560
S_ADDI_INT gp10, gp0, 4096
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 128
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=1)  hbm_off=2624
S_ADDI_INT gp10, gp0, 4160
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 136
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=2)  hbm_off=2688
S_ADDI_INT gp10, gp0, 4224
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 144
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=3)  hbm_off=2752
S_ADDI_INT gp10, gp0, 4288
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 152
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=4)  hbm_off=2816
S_ADDI_INT gp10, gp0, 4352
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 160
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=5)  hbm_off=2880
S_ADDI_INT gp10, gp0, 4416
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 168
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=6)  hbm_off=2944
S_ADDI_INT gp10, gp0, 4480
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 176
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
; (c=2, kr=7)  hbm_off=3008
S_ADDI_INT gp10, gp0, 4544
S_ADDI_INT gp11, gp0, 3584
S_ADDI_INT gp12, gp0, 184
C_LOOP_START gp4, 8
V_MUL_VV gp8, gp10, gp11, 0
S_ADD_FP f1, f0, f0
V_RED_SUM f1, gp8, 0, 0
S_ST_FP f1, gp12, 0
S_ADDI_INT gp11, gp11, 64
S_ADDI_INT gp12, gp12, 1
C_LOOP_END gp4
S_ADDI_INT gp1, gp0, 7872
S_MAP_V_FP gp1, gp9, 0
; im2col (no-shift) complete
; === Reset MRAM ===
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 3456
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 24576
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 128
C_SET_STRIDE_REG gp3
 ; K-chunk 1/2: tiles 0..1
; Load SubMatrix Col V_PATCH_W[:][0] -> MRAM[0]
; SubBlock [0][0]: HBM offset = 0
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 0
H_PREFETCH_M gp1, gp2, a0, 1, 0
; SubBlock [1][0]: HBM offset = 8192
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 8192
H_PREFETCH_M gp1, gp2, a0, 1, 0
; VRAM Sub Projection To: im2col_out[0][:] @ V_PATCH_W[:][0] -> V_PATCH_OUT[0][0]
; Result: (16, 64) at VRAM[7936]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 7936
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 4864
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 4
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 1024
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
S_ADDI_INT gp1, gp0, 3456
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 24576
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 128
C_SET_STRIDE_REG gp3
 ; K-chunk 2/2: tiles 2..2
; Load SubMatrix Col V_PATCH_W[:][0] -> MRAM[0]
; SubBlock [2][0]: HBM offset = 16384
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 16384
H_PREFETCH_M gp1, gp2, a0, 1, 0
; VRAM Sub Projection To: im2col_out[0][:] @ V_PATCH_W[:][0] -> V_PATCH_OUT_temp[0][0]
; Result: (16, 64) at VRAM[14080]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 14080
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 6912
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 4
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 1
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 1024
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; VRAM Block Add: V_PATCH_OUT[0][0] = V_PATCH_OUT[0][0] + V_PATCH_OUT_temp[0][0]
S_ADDI_INT gp1, gp0, 7936
S_ADDI_INT gp2, gp0, 14080
C_LOOP_START gp4, 16
V_ADD_VV gp1, gp1, gp2, 0
S_ADDI_INT gp1, gp1, 64
S_ADDI_INT gp2, gp2, 64
C_LOOP_END gp4
; === Reset MRAM ===
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 3456
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 24576
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 128
C_SET_STRIDE_REG gp3
 ; K-chunk 1/2: tiles 0..1
; Load SubMatrix Col V_PATCH_W[:][1] -> MRAM[0]
; SubBlock [0][1]: HBM offset = 64
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 64
H_PREFETCH_M gp1, gp2, a0, 1, 0
; SubBlock [1][1]: HBM offset = 8256
S_ADDI_INT gp1, gp0, 4096
S_ADDI_INT gp2, gp0, 8256
H_PREFETCH_M gp1, gp2, a0, 1, 0
; VRAM Sub Projection To: im2col_out[0][:] @ V_PATCH_W[:][1] -> V_PATCH_OUT[0][1]
; Result: (16, 64) at VRAM[8960]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 8960
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 4864
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 4
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 2
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 1024
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
S_ADDI_INT gp1, gp0, 3456
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 24576
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 128
C_SET_STRIDE_REG gp3
 ; K-chunk 2/2: tiles 2..2
; Load SubMatrix Col V_PATCH_W[:][1] -> MRAM[0]
; SubBlock [2][1]: HBM offset = 16448
S_ADDI_INT gp1, gp0, 0
S_ADDI_INT gp2, gp0, 16448
H_PREFETCH_M gp1, gp2, a0, 1, 0
; VRAM Sub Projection To: im2col_out[0][:] @ V_PATCH_W[:][1] -> V_PATCH_OUT_temp[0][1]
; Result: (16, 64) at VRAM[14080]
S_ADDI_INT gp10, gp0, 0
S_ADDI_INT gp11, gp0, 14080
C_LOOP_START gp4, 16
S_ADDI_INT gp12, gp0, 6912
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 4
S_ADDI_INT gp14, gp12, 0
S_ADDI_INT gp15, gp10, 0
C_LOOP_START gp6, 1
M_MM 0, gp15, gp14
S_ADDI_INT gp14, gp14, 1024
S_ADDI_INT gp15, gp15, 4096
C_LOOP_END gp6
M_MM_WO gp13, gp0, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 256
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 256
S_ADDI_INT gp11, gp11, 4
C_LOOP_END gp4
; VRAM Block Add: V_PATCH_OUT[0][1] = V_PATCH_OUT[0][1] + V_PATCH_OUT_temp[0][0]
S_ADDI_INT gp1, gp0, 8960
S_ADDI_INT gp2, gp0, 14080
C_LOOP_START gp4, 16
V_ADD_VV gp1, gp1, gp2, 0
S_ADDI_INT gp1, gp1, 64
S_ADDI_INT gp2, gp2, 64
C_LOOP_END gp4
; Load_Batch V_PATCH_BIAS_POS -> V_PATCH_BIAS_POS_load
; HBM[31104] → VRAM[9984], shape=(16, 128)
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 31104 
C_SET_ADDR_REG a0, gp0, gp1 
S_ADDI_INT gp2, gp0, 2048 
C_SET_SCALE_REG gp2 
S_ADDI_INT gp3, gp0, 128 
C_SET_STRIDE_REG gp3 
; Reset Registers [[12, 13]] 
S_ADDI_INT gp12, gp0, 0 
S_ADDI_INT gp13, gp0, 0 
; Preload Activation Generation 
S_ADDI_INT gp10, gp0, 9984 
S_ADDI_INT gp11, gp0, 0 
C_LOOP_START gp4, 2 
S_ADDI_INT gp12, gp10, 0 
S_ADDI_INT gp13, gp11, 0 
C_LOOP_START gp5, 4 
H_PREFETCH_V gp12, gp13, a0, 1, 0 
S_ADDI_INT gp12, gp12, 256 
S_ADDI_INT gp13, gp13, 512 
C_LOOP_END gp5 
S_ADDI_INT gp10, gp10, 1024 
S_ADDI_INT gp11, gp11, 64 
C_LOOP_END gp4 
; === VRAM Matrix Add: V_PATCH_OUT[0:16] += V_PATCH_BIAS_POS_load[0:16] ===
; dst shape: (16, 128), src shape: (16, 128)
; block add path: row_blocks=0, col_blocks=2
; VRAM Block Add: V_PATCH_OUT[0][0] = V_PATCH_OUT[0][0] + V_PATCH_BIAS_POS_load[0][0]
S_ADDI_INT gp1, gp0, 7936
S_ADDI_INT gp2, gp0, 9984
C_LOOP_START gp4, 16
V_ADD_VV gp1, gp1, gp2, 0
S_ADDI_INT gp1, gp1, 64
S_ADDI_INT gp2, gp2, 64
C_LOOP_END gp4
; VRAM Block Add: V_PATCH_OUT[0][1] = V_PATCH_OUT[0][1] + V_PATCH_BIAS_POS_load[0][1]
S_ADDI_INT gp1, gp0, 8960
S_ADDI_INT gp2, gp0, 11008
C_LOOP_START gp4, 16
V_ADD_VV gp1, gp1, gp2, 0
S_ADDI_INT gp1, gp1, 64
S_ADDI_INT gp2, gp2, 64
C_LOOP_END gp4
; === VISION LAYER 0/1 START ===
; Normalize (layer) V_PATCH_OUT, logical=(16, 128)
; Layer Norm generation 
S_LD_FP f1, gp0, 3
S_LD_FP f2, gp0, 4
S_ADDI_INT gp3, gp0, 14080
S_ADDI_INT gp10, gp0, 7936
C_LOOP_START gp4, 16
S_ADD_FP f3, f0, f0
S_ADD_FP f4, f0, f0
S_ADDI_INT gp11, gp10, 0
C_LOOP_START gp5, 2
V_RED_SUM f3, gp11
S_ADDI_INT gp11, gp11, 1024
C_LOOP_END gp5
S_MUL_FP f3, f3, f2
S_ADDI_INT gp11, gp10, 0
C_LOOP_START gp5, 2
V_SUB_VF gp11, gp11, f3, 0, 0
V_MUL_VV gp3, gp11, gp11
V_RED_SUM f4, gp3
S_ADDI_INT gp11, gp11, 1024
C_LOOP_END gp5
S_MUL_FP f4, f4, f2
S_ADD_FP f4, f4, f1
S_SQRT_FP f4, f4, 0
S_RECI_FP f4, f4
S_ADDI_INT gp11, gp10, 0
C_LOOP_START gp5, 2
V_MUL_VF gp11, gp11, f4, 0
S_ADDI_INT gp11, gp11, 1024
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 64
C_LOOP_END gp4
; Load_Batch V_LN1_weight_0 -> vision_l0_ln1_gamma
; HBM[33408] → VRAM[12032], shape=(16, 128)
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 33408 
C_SET_ADDR_REG a0, gp0, gp1 
S_ADDI_INT gp2, gp0, 2048 
C_SET_SCALE_REG gp2 
S_ADDI_INT gp3, gp0, 128 
C_SET_STRIDE_REG gp3 
; Reset Registers [[12, 13]] 
S_ADDI_INT gp12, gp0, 0 
S_ADDI_INT gp13, gp0, 0 
; Preload Activation Generation 
S_ADDI_INT gp10, gp0, 12032 
S_ADDI_INT gp11, gp0, 0 
C_LOOP_START gp4, 2 
S_ADDI_INT gp12, gp10, 0 
S_ADDI_INT gp13, gp11, 0 
C_LOOP_START gp5, 4 
H_PREFETCH_V gp12, gp13, a0, 1, 0 
S_ADDI_INT gp12, gp12, 256 
S_ADDI_INT gp13, gp13, 512 
C_LOOP_END gp5 
S_ADDI_INT gp10, gp10, 1024 
S_ADDI_INT gp11, gp11, 64 
C_LOOP_END gp4 
; === VRAM Matrix Mul: V_PATCH_OUT[0:16] *= vision_l0_ln1_gamma[0:16] ===
; dst shape: (16, 128), src shape: (16, 128)
; block add path: row_blocks=0, col_blocks=2
; VRAM Block Mul: V_PATCH_OUT[0][0] = V_PATCH_OUT[0][0] * vision_l0_ln1_gamma[0][0]
S_ADDI_INT gp1, gp0, 7936
S_ADDI_INT gp2, gp0, 12032
C_LOOP_START gp4, 16
V_MUL_VV gp1, gp1, gp2, 0
S_ADDI_INT gp1, gp1, 64
S_ADDI_INT gp2, gp2, 64
C_LOOP_END gp4
; VRAM Block Mul: V_PATCH_OUT[0][1] = V_PATCH_OUT[0][1] * vision_l0_ln1_gamma[0][1]
S_ADDI_INT gp1, gp0, 8960
S_ADDI_INT gp2, gp0, 13056
C_LOOP_START gp4, 16
V_MUL_VV gp1, gp1, gp2, 0
S_ADDI_INT gp1, gp1, 64
S_ADDI_INT gp2, gp2, 64
C_LOOP_END gp4
; === VISION LAYER 0/1 COMPLETE ===
; Store V_PATCH_OUT from VRAM to HBM
; VRAM[7936] -> HBM[35712], shape=(16, 128)
; Preload Addr Reg Generation
S_ADDI_INT gp1, gp0, 35712
C_SET_ADDR_REG a0, gp0, gp1
S_ADDI_INT gp2, gp0, 2048
C_SET_SCALE_REG gp2
S_ADDI_INT gp3, gp0, 128
C_SET_STRIDE_REG gp3
; Store Activation Generation
S_ADDI_INT gp10, gp0, 7936
S_ADDI_INT gp11, gp0, 0
C_LOOP_START gp4, 2
S_ADDI_INT gp12, gp10, 0
S_ADDI_INT gp13, gp11, 0
C_LOOP_START gp5, 4
H_STORE_V gp12, gp13, a0, 1, 0
S_ADDI_INT gp12, gp12, 256
S_ADDI_INT gp13, gp13, 512
C_LOOP_END gp5
S_ADDI_INT gp10, gp10, 1024
S_ADDI_INT gp11, gp11, 64
C_LOOP_END gp4
