; expect: line 5: f8 does not exist
S_ADDI_INT gp1, gp0, 64
S_ADDI_INT gp2, gp0, 128
S_LD_FP f1, gp0, 1
S_ADD_FP f8, f1, f1
