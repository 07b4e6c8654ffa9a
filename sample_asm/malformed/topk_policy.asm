; expect: line 5: fault: V_TOPK has policies 0 and 1
S_ADDI_INT gp1, gp0, 64
S_ADDI_INT gp2, gp0, 128
S_LD_FP f1, gp0, 1
V_TOPK gp1, gp2, gp1, 2
