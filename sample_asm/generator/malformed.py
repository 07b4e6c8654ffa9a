"""Small programs with one mistake each, to test what an analyzer says about them.

The first line of every file names the line of the mistake: ``; expect: line N`` and, in words,
what is wrong there. ``fault`` marks text that is well formed but that the hardware refuses,
``hazard`` loops that run, but not as often as they say.
"""

from __future__ import annotations

_SETUP = "S_ADDI_INT gp1, gp0, 64\nS_ADDI_INT gp2, gp0, 128\nS_LD_FP f1, gp0, 1\n"
_LINE = 5  # the first line after the comment and the three lines of setup

#: file name -> (what is wrong, the text after the setup)
_AT_LINE_5: dict[str, tuple[str, str]] = {
    "unknown_mnemonic": ("there is no mnemonic V_AD_VV", "V_AD_VV gp1, gp1, gp2, 0"),
    "lower_case_mnemonic": ("mnemonics are upper case", "v_add_vv gp1, gp1, gp2, 0"),
    "register_number": ("no dialect has gp32", "S_ADDI_INT gp32, gp0, 4"),
    "fp_register_number": ("f8 does not exist", "S_ADD_FP f8, f1, f1"),
    "address_register_number": ("a16 does not exist", "C_SET_ADDR_REG a16, gp0, gp1"),
    "symbolic_register": ("aA is a placeholder, not a register", "H_PREFETCH_V gp1, gp0, aA, 0, 0"),
    "wrong_register_kind": ("an FP register is expected, not gp2", "S_ADD_FP f1, gp2, f1"),
    "number_for_register": ("the source must be a register", "S_ADDI_INT gp3, 3, 256"),
    "missing_operand": ("V_ADD_VV needs a second source", "V_ADD_VV gp1, gp2"),
    "extra_operand": ("S_ADD_INT takes three operands", "S_ADD_INT gp3, gp1, gp2, gp1"),
    "empty_operand": ("nothing between two commas", "S_ADD_INT gp3, , gp2"),
    "trailing_comma": ("a comma after the last operand", "S_ADD_INT gp3, gp1, gp2,"),
    "missing_comma": ("no comma between the operands", "S_ADD_INT gp3 gp1, gp2"),
    "no_operands": ("the mnemonic stands alone", "S_ADDI_INT"),
    "immediate_too_large": ("262144 does not fit 18 bits", "S_ADDI_INT gp3, gp0, 262144"),
    "wide_immediate_too_large": ("4194304 does not fit 22 bits", "S_LUI_INT gp3, 4194304"),
    "negative_immediate": ("immediates are unsigned", "S_ADDI_INT gp3, gp0, -1"),
    "float_immediate": ("immediates are integers", "S_ADDI_INT gp3, gp0, 1.5"),
    "word_for_immediate": ("an immediate is expected, not a name", "S_ADDI_INT gp3, gp0, VLEN"),
    "label": ("there are no labels", "again: S_ADDI_INT gp3, gp0, 1"),
    "directive": ("there are no directives", ".section text"),
    "title_rule": ("a rule of equals signs outside a comment", "=" * 40),
    "lone_text": ("a remark without its semicolon", "End of the generated program"),
    "nul_byte": ("a NUL byte inside an instruction", "S_ADD_INT gp3, gp1,\0 gp2"),
    "stray_loop_end": ("no loop is open", "C_LOOP_END gp4"),
    "trip_zero": ("fault: a loop of 0 iterations", "C_LOOP_START gp4, 0\nC_LOOP_END gp4"),
    "break_outside_loop": ("fault: C_BREAK with no loop open", "C_BREAK"),
    "topk_policy": ("fault: V_TOPK has policies 0 and 1", "V_TOPK gp1, gp2, gp1, 2"),
    "bmm_destination": ("fault: the first operand of M_BMM must be 0", "M_BMM gp1, gp0, gp2"),
    "vector_misaligned": (
        "fault: a vector address that is no multiple of VLEN",
        "V_MUL_VF gp3, gp1, f1, 0",
    ),
    "unclosed_loop": ("this loop is never closed", "C_LOOP_START gp4, 3\nS_ADD_INT gp3, gp1, gp2"),
}

#: file name -> (line of the mistake, what is wrong, the text after the setup)
_ELSEWHERE: dict[str, tuple[int, str, str]] = {
    "loop_end_other_counter": (
        7,
        "gp5 counts no open loop",
        "C_LOOP_START gp4, 3\nS_ADD_INT gp3, gp1, gp2\nC_LOOP_END gp5\nC_LOOP_END gp4",
    ),
    "loops_crossed": (
        7,
        "the outer loop is closed before the inner one",
        "C_LOOP_START gp4, 3\nC_LOOP_START gp5, 2\nC_LOOP_END gp4\nC_LOOP_END gp5",
    ),
    "counter_reused": (
        6,
        "hazard: gp4 already counts the open outer loop",
        "C_LOOP_START gp4, 3\nC_LOOP_START gp4, 2\nC_LOOP_END gp4\nC_LOOP_END gp4",
    ),
    "counter_written": (
        6,
        "hazard: the body changes its own loop counter",
        "C_LOOP_START gp4, 3\nS_ADDI_INT gp4, gp4, 1\nC_LOOP_END gp4",
    ),
    "both_dialects": (
        6,
        "V_MAX_VF exists in plena only, gp16 on line 5 in plena-tvm only",
        "S_ADDI_INT gp16, gp0, 1\nV_MAX_VF gp1, gp1, f1, 0",
    ),
    "both_dialects_mnemonics": (
        6,
        "S_SLLI_INT exists in plena-tvm only, V_SHFT_V on line 5 in plena only",
        "V_SHFT_V gp1, gp2, gp0\nS_SLLI_INT gp3, gp1, 4",
    ),
    "several_mistakes": (
        5,
        "the first of three mistakes; the others are on lines 7 and 8",
        "S_ADDI_INT gp3, gp0, 999999\nS_ADD_INT gp3, gp1, gp2\nV_MAKE gp1\nS_ADD_FP f1, f1",
    ),
}


def malformed() -> dict[str, str]:
    """File name -> text of every malformed program."""
    files = {}
    for name, (what, text) in _AT_LINE_5.items():
        setup = _SETUP
        if name == "vector_misaligned":
            setup = setup.replace("S_ADDI_INT gp2, gp0, 128", "S_ADDI_INT gp3, gp0, 96")
        files[f"{name}.asm"] = f"; expect: line {_LINE}: {what}\n{setup}{text}\n"
    for name, (line, what, text) in _ELSEWHERE.items():
        files[f"{name}.asm"] = f"; expect: line {line}: {what}\n{_SETUP}{text}\n"
    return files
