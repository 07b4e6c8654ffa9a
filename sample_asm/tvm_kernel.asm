; PLENA ISA  --  kernel: linear_clip
; dialect: plena-tvm (registers up to gp31, integer shifts)
; ============================================================
S_ADDI_INT gp1, gp0, 0   ; %1=S_ADDI_INT(gp0,0)
S_ADDI_INT gp2, gp0, 9216   ; %2=S_ADDI_INT(gp0,9216)
S_ADDI_INT gp3, gp0, 27648   ; %3=S_ADDI_INT(gp0,27648)
S_ADDI_INT gp4, gp0, 8192   ; %4=S_ADDI_INT(gp0,8192)
S_ADDI_INT gp5, gp0, 12288   ; %5=S_ADDI_INT(gp0,12288)
S_LD_FP f1, gp0, 5   ; S_LD_FP(f1,gp0,5)
; dma_h2v_slice X_hbm -> X_sh  (grid d=1 s=1 h=1 b=1)
C_SET_ADDR_REG a0, gp0, gp1   ; C_SET_ADDR_REG(a0,gp0,%1)
S_ADDI_INT gp6, gp0, 8192   ; %6=S_ADDI_INT(gp0,8192)
C_SET_SCALE_REG gp6   ; C_SET_SCALE_REG(%6)
S_ADDI_INT gp7, gp0, 128   ; %7=S_ADDI_INT(gp0,128)
C_SET_STRIDE_REG gp7   ; C_SET_STRIDE_REG(%7)
S_ADDI_INT gp16, gp0, 512   ; %8=S_ADDI_INT(gp0,512)
S_ADDI_INT gp17, gp0, 4096   ; %9=S_ADDI_INT(gp0,4096)
; for 1_h2v_block in [0, 2) -- hw counter gp24, idx gp19
S_ADDI_INT gp19, gp0, 0
C_LOOP_START gp24, 2
; for 2_h2v_inner in [0, 16) -- hw counter gp25, idx gp18
S_ADDI_INT gp18, gp0, 0
C_LOOP_START gp25, 16
S_MUL_INT gp20, gp18, gp16   ; %10=S_MUL_INT(%2_h2v_inner,%8)
S_SLLI_INT gp21, gp19, 6   ; %11=S_SLLI_INT(%1_h2v_block,6)
S_ADD_INT gp20, gp20, gp21   ; %12=S_ADD_INT(%10,%11)
S_SLLI_INT gp22, gp18, 8   ; %13=S_SLLI_INT(%2_h2v_inner,8)
S_MUL_INT gp23, gp19, gp17   ; %14=S_MUL_INT(%1_h2v_block,%9)
S_ADD_INT gp22, gp22, gp23   ; %15=S_ADD_INT(%13,%14)
H_PREFETCH_V gp22, gp20, a0, 1, 0   ; H_PREFETCH_V(%15,%12,a0,1,0)
; idx 2_h2v_inner += 1 (gp18)
S_ADDI_INT gp18, gp18, 1
C_LOOP_END gp25
; idx 1_h2v_block += 1 (gp19)
S_ADDI_INT gp19, gp19, 1
C_LOOP_END gp24
; for 3_bx in [0, 2) -- hw counter gp31, idx gp30
S_ADDI_INT gp30, gp0, 0
C_LOOP_START gp31, 2
; dma_h2m_slice W_hbm -> W_sh
C_SET_ADDR_REG a1, gp0, gp2   ; C_SET_ADDR_REG(a1,gp0,%2)
S_ADDI_INT gp6, gp0, 16384   ; %16=S_ADDI_INT(gp0,16384)
C_SET_SCALE_REG gp6   ; C_SET_SCALE_REG(%16)
S_ADDI_INT gp7, gp0, 128   ; %17=S_ADDI_INT(gp0,128)
C_SET_STRIDE_REG gp7   ; C_SET_STRIDE_REG(%17)
S_SLLI_INT gp21, gp30, 6   ; %18=S_SLLI_INT(%3_bx,6)
S_ADDI_INT gp21, gp21, 0   ; %19=S_ADDI_INT(%18,0)
S_ADDI_INT gp22, gp0, 0   ; %20=S_ADDI_INT(gp0,0)
H_PREFETCH_M gp22, gp21, a1, 1, 0   ; H_PREFETCH_M(%20,%19,a1,1,0)
S_SLLI_INT gp21, gp30, 6   ; %21=S_SLLI_INT(%3_bx,6)
S_ADDI_INT gp21, gp21, 8192   ; %22=S_ADDI_INT(%21,8192)
S_ADDI_INT gp22, gp0, 4096   ; %23=S_ADDI_INT(gp0,4096)
H_PREFETCH_M gp22, gp21, a1, 1, 0   ; H_PREFETCH_M(%23,%22,a1,1,0)
; STBACK %bx gp30 -> slot 3
S_ST_INT gp30, gp0, 3
; matmul (general) task matmul M=64 K=128 N=64
; for 4_mm_col in [0, 16) -- hw counter gp26, idx gp19
S_ADDI_INT gp19, gp0, 0
C_LOOP_START gp26, 16
; for 5_mm_row in [0, 16) -- hw counter gp27, idx gp20
S_ADDI_INT gp20, gp0, 0
C_LOOP_START gp27, 16
; for 6_mm_k in [0, 2) -- hw counter gp28, idx gp18
S_ADDI_INT gp18, gp0, 0
C_LOOP_START gp28, 2
S_MUL_INT gp22, gp18, gp17   ; %24=S_MUL_INT(%6_mm_k,%9)
S_SLLI_INT gp23, gp20, 8   ; %25=S_SLLI_INT(%5_mm_row,8)
S_ADD_INT gp22, gp22, gp23   ; %26=S_ADD_INT(%24,%25)
S_ADDI_INT gp22, gp22, 0   ; %27=S_ADDI_INT(%26,0)
S_SLLI_INT gp23, gp18, 12   ; %28=S_SLLI_INT(%6_mm_k,12)
S_SLLI_INT gp21, gp19, 2   ; %29=S_SLLI_INT(%4_mm_col,2)
S_ADD_INT gp23, gp23, gp21   ; %30=S_ADD_INT(%28,%29)
M_MM 0, gp23, gp22   ; M_MM(0,%30,%27)
; idx 6_mm_k += 1 (gp18)
S_ADDI_INT gp18, gp18, 1
C_LOOP_END gp28
S_SLLI_INT gp22, gp20, 8   ; %31=S_SLLI_INT(%5_mm_row,8)
S_SLLI_INT gp23, gp19, 2   ; %32=S_SLLI_INT(%4_mm_col,2)
S_ADD_INT gp22, gp22, gp23   ; %33=S_ADD_INT(%31,%32)
S_ADD_INT gp22, gp22, gp4   ; %34=S_ADD_INT(%33,%4)
M_MM_WO gp22, gp0, 0   ; M_MM_WO(%34,gp0,0)
; idx 5_mm_row += 1 (gp20)
S_ADDI_INT gp20, gp20, 1
C_LOOP_END gp27
; idx 4_mm_col += 1 (gp19)
S_ADDI_INT gp19, gp19, 1
C_LOOP_END gp26
; row scalar task row_clip op=clip src.parent=Y_loc
; for 7_row in [0, 64) -- hw counter gp26, idx gp19
S_ADDI_INT gp19, gp0, 0
C_LOOP_START gp26, 64
S_SLLI_INT gp22, gp19, 6   ; %35=S_SLLI_INT(%7_row,6)
S_ADD_INT gp23, gp22, gp5   ; %36=S_ADD_INT(%35,%5)
S_ADD_INT gp22, gp22, gp4   ; %37=S_ADD_INT(%35,%4)
S_ADD_FP f2, f0, f0   ; S_ADD_FP(f2,f0,f0)
V_RED_MAX f2, gp22, 0   ; V_RED_MAX(f2,%37,0)
S_ST_FP f2, gp19, 512   ; S_ST_FP(f2,%7_row,512)
V_SUB_VF gp23, gp22, f0, 0, 1   ; V_SUB_VF(%36,%37,f0,0,1)
V_EXP_V gp23, gp23, 0   ; V_EXP_V(%36,%36,0)
V_ADD_VF gp23, gp23, f1, 0   ; V_ADD_VF(%36,%36,f1,0)
V_RECI_V gp23, gp23, 0   ; V_RECI_V(%36,%36,0)
; idx 7_row += 1 (gp19)
S_ADDI_INT gp19, gp19, 1
C_LOOP_END gp26
; v binary v_mul V_MUL_VV dst.parent=Y_loc starts=[0, 0] extents=[1, 64]
; for 8_row in [0, 64) -- hw counter gp26, idx gp19
S_ADDI_INT gp19, gp0, 0
C_LOOP_START gp26, 64
S_SLLI_INT gp22, gp19, 6   ; %38=S_SLLI_INT(%8_row,6)
S_ADD_INT gp23, gp22, gp5   ; %39=S_ADD_INT(%38,%5)
S_ADD_INT gp22, gp22, gp4   ; %40=S_ADD_INT(%38,%4)
V_MUL_VV gp22, gp22, gp23, 0   ; V_MUL_VV(%40,%40,%39,0)
; idx 8_row += 1 (gp19)
S_ADDI_INT gp19, gp19, 1
C_LOOP_END gp26
; RELOAD %bx (slot 3) -> gp29
S_LD_INT gp29, gp0, 3
; dma_v2h_slice Y_loc -> Y_hbm  (grid d=1 s=1 h=1 b=1)
C_SET_ADDR_REG a2, gp0, gp3   ; C_SET_ADDR_REG(a2,gp0,%3)
S_ADDI_INT gp6, gp0, 8192   ; %41=S_ADDI_INT(gp0,8192)
C_SET_SCALE_REG gp6   ; C_SET_SCALE_REG(%41)
S_ADDI_INT gp7, gp0, 128   ; %42=S_ADDI_INT(gp0,128)
C_SET_STRIDE_REG gp7   ; C_SET_STRIDE_REG(%42)
S_SLLI_INT gp21, gp29, 6   ; %43=S_SLLI_INT(gp29,6)
S_ADDI_INT gp16, gp0, 512   ; %44=S_ADDI_INT(gp0,512)
; for 9_v2h_inner in [0, 16) -- hw counter gp26, idx gp18
S_ADDI_INT gp18, gp0, 0
C_LOOP_START gp26, 16
S_MUL_INT gp22, gp18, gp16   ; %45=S_MUL_INT(%9_v2h_inner,%44)
S_ADD_INT gp22, gp22, gp21   ; %46=S_ADD_INT(%45,%43)
S_SLLI_INT gp23, gp18, 8   ; %47=S_SLLI_INT(%9_v2h_inner,8)
S_ADD_INT gp23, gp23, gp4   ; %48=S_ADD_INT(%47,%4)
H_STORE_V gp23, gp22, a2, 1, 0   ; H_STORE_V(%48,%46,a2,1,0)
; idx 9_v2h_inner += 1 (gp18)
S_ADDI_INT gp18, gp18, 1
C_LOOP_END gp26
; idx 3_bx += 1 (gp30)
S_ADDI_INT gp30, gp30, 1
C_LOOP_END gp31
; fp scalar task fp_copy_at op=copy
S_ADDI_INT gp20, gp0, 100   ; %49=S_ADDI_INT(gp0,100)
S_ADDI_INT gp21, gp0, 7   ; %50=S_ADDI_INT(gp0,7)
S_DIV_INT gp22, gp20, gp21   ; %51=S_DIV_INT(%49,%50)
S_REM_INT gp23, gp20, gp21   ; %52=S_REM_INT(%49,%50)
S_MUL_INT gp24, 0, gp21   ; %53=S_MUL_INT(0,%50)
S_SLL_INT gp25, gp23, gp21   ; %54=S_SLL_INT(%52,%50)
S_SRL_INT gp25, gp25, gp21   ; %55=S_SRL_INT(%54,%50)
S_SRLI_INT gp26, gp20, 2   ; %56=S_SRLI_INT(%49,2)
S_SUB_INT gp27, gp26, gp22   ; %57=S_SUB_INT(%56,%51)
S_ADDI_INT gp28, gp0, 256   ; %58=S_ADDI_INT(gp0,256)
S_MAP_FP_V gp28, gp4, 0   ; %59=S_MAP_FP_V(%4,0)
S_MAP_V_FP gp4, gp28, 0   ; %60=S_MAP_V_FP(%59,0)
; btmm task btmm lhs_packed=vram[0] rhs_mram=0 lanes=4 head_width=16
M_BTMM 0, gp0, gp0   ; M_BTMM(0,gp0,gp0)
; btmm write-only task btmm.wo out=vram[65536] tiles=1 lanes=4 head_width=16
S_LUI_INT gp29, 16   ; %61=S_LUI_INT(16)
M_BMM_WO gp29, 0   ; M_BMM_WO(%61,0)
; mm transposed accumulate
M_TMM_A 0, gp0, gp0   ; M_TMM_A(0,gp0,gp0)
M_MM_WO gp4, gp0, 0   ; M_MM_WO(%60,gp0,0)
