; expect: line 6: hazard: the body changes its own loop counter
S_ADDI_INT gp1, gp0, 64
S_ADDI_INT gp2, gp0, 128
S_LD_FP f1, gp0, 1
C_LOOP_START gp4, 3
S_ADDI_INT gp4, gp4, 1
C_LOOP_END gp4
