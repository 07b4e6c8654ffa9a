; expect: line 5: a16 does not exist
S_ADDI_INT gp1, gp0, 64
S_ADDI_INT gp2, gp0, 128
S_LD_FP f1, gp0, 1
C_SET_ADDR_REG a16, gp0, gp1
