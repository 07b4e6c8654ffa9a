; expect: line 5: nothing between two commas
S_ADDI_INT gp1, gp0, 64
S_ADDI_INT gp2, gp0, 128
S_LD_FP f1, gp0, 1
S_ADD_INT gp3, , gp2
