; expect: line 6: S_SLLI_INT exists in plena-tvm only, V_SHFT_V on line 5 in plena only
S_ADDI_INT gp1, gp0, 64
S_ADDI_INT gp2, gp0, 128
S_LD_FP f1, gp0, 1
V_SHFT_V gp1, gp2, gp0
S_SLLI_INT gp3, gp1, 4
