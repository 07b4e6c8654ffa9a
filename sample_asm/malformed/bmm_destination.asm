; expect: line 5: fault: the first operand of M_BMM must be 0
S_ADDI_INT gp1, gp0, 64
S_ADDI_INT gp2, gp0, 128
S_LD_FP f1, gp0, 1
M_BMM gp1, gp0, gp2
