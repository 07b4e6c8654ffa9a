; expect: line 5: aA is a placeholder, not a register
S_ADDI_INT gp1, gp0, 64
S_ADDI_INT gp2, gp0, 128
S_LD_FP f1, gp0, 1
H_PREFETCH_V gp1, gp0, aA, 0, 0
