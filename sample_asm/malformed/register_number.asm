; expect: line 5: no dialect has gp32
S_ADDI_INT gp1, gp0, 64
S_ADDI_INT gp2, gp0, 128
S_LD_FP f1, gp0, 1
S_ADDI_INT gp32, gp0, 4
