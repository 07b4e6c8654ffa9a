; expect: line 5: a comma after the last operand
S_ADDI_INT gp1, gp0, 64
S_ADDI_INT gp2, gp0, 128
S_LD_FP f1, gp0, 1
S_ADD_INT gp3, gp1, gp2,
