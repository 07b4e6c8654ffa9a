; expect: line 6: V_MAX_VF exists in plena only, gp16 on line 5 in plena-tvm only
S_ADDI_INT gp1, gp0, 64
S_ADDI_INT gp2, gp0, 128
S_LD_FP f1, gp0, 1
S_ADDI_INT gp16, gp0, 1
V_MAX_VF gp1, gp1, f1, 0
