; expect: line 5: 4194304 does not fit 22 bits
S_ADDI_INT gp1, gp0, 64
S_ADDI_INT gp2, gp0, 128
S_LD_FP f1, gp0, 1
S_LUI_INT gp3, 4194304
