; expect: line 5: fault: a loop of 0 iterations
S_ADDI_INT gp1, gp0, 64
S_ADDI_INT gp2, gp0, 128
S_LD_FP f1, gp0, 1
C_LOOP_START gp4, 0
C_LOOP_END gp4
