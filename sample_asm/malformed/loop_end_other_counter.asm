; expect: line 7: gp5 counts no open loop
S_ADDI_INT gp1, gp0, 64
S_ADDI_INT gp2, gp0, 128
S_LD_FP f1, gp0, 1
C_LOOP_START gp4, 3
S_ADD_INT gp3, gp1, gp2
C_LOOP_END gp5
C_LOOP_END gp4
