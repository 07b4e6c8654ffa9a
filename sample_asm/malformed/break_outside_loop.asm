; expect: line 5: fault: C_BREAK with no loop open
S_ADDI_INT gp1, gp0, 64
S_ADDI_INT gp2, gp0, 128
S_LD_FP f1, gp0, 1
C_BREAK
