; expect: line 5: mnemonics are upper case
S_ADDI_INT gp1, gp0, 64
S_ADDI_INT gp2, gp0, 128
S_LD_FP f1, gp0, 1
v_add_vv gp1, gp1, gp2, 0
