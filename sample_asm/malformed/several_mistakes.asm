; expect: line 5: the first of three mistakes; the others are on lines 7 and 8
S_ADDI_INT gp1, gp0, 64
S_ADDI_INT gp2, gp0, 128
S_LD_FP f1, gp0, 1
S_ADDI_INT gp3, gp0, 999999
S_ADD_INT gp3, gp1, gp2
V_MAKE gp1
S_ADD_FP f1, f1
