; expect: line 5: 262144 does not fit 18 bits
S_ADDI_INT gp1, gp0, 64
S_ADDI_INT gp2, gp0, 128
S_LD_FP f1, gp0, 1
S_ADDI_INT gp3, gp0, 262144
