; expect: line 5: a remark without its semicolon
S_ADDI_INT gp1, gp0, 64
S_ADDI_INT gp2, gp0, 128
S_LD_FP f1, gp0, 1
End of the generated program
