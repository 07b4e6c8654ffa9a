; expect: line 5: there is no mnemonic V_AD_VV
S_ADDI_INT gp1, gp0, 64
S_ADDI_INT gp2, gp0, 128
S_LD_FP f1, gp0, 1
V_AD_VV gp1, gp1, gp2, 0
