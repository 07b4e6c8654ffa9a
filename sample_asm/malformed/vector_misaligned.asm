; expect: line 5: fault: a vector address that is no multiple of VLEN
S_ADDI_INT gp1, gp0, 64
S_ADDI_INT gp3, gp0, 96
S_LD_FP f1, gp0, 1
V_MUL_VF gp3, gp1, f1, 0
