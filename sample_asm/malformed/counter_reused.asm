; expect: line 6: hazard: gp4 already counts the open outer loop
S_ADDI_INT gp1, gp0, 64
S_ADDI_INT gp2, gp0, 128
S_LD_FP f1, gp0, 1
C_LOOP_START gp4, 3
C_LOOP_START gp4, 2
C_LOOP_END gp4
C_LOOP_END gp4
