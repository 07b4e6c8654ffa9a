; expect: line 5: V_ADD_VV needs a second source
S_ADDI_INT gp1, gp0, 64
S_ADDI_INT gp2, gp0, 128
S_LD_FP f1, gp0, 1
V_ADD_VV gp1, gp2
