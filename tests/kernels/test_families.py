"""Each family of comment, in hand-written listings."""

from __future__ import annotations

import pytest


def test_layers_are_delimited_and_end(spans):
    assert spans(
        """
        ; Load_Batch POS -> POS
        2 H_PREFETCH_V
        ; === LAYER 7/9 START ===
        ; Normalize (rms) H, logical=(8, 8) physical=(8, 8)
        3 V_MUL_VV
        ; === LAYER 7/9 COMPLETE ===
        1 S_ADD_INT
        ; Normalize (layer) H, logical=(8, 8) physical=(8, 8)
        1 V_MUL_VV
        """
    ) == [
        (0, "", "embedding", "position embedding load"),
        (2, "layer 7", "norm", "rms norm"),
        (5, "", "unmarked", "unmarked"),
        (6, "", "norm", "layer norm"),
    ]


def test_vision_layers_have_names_of_their_own(spans):
    assert spans("; === VISION LAYER 2/4 START ===\n; GELU Activation Generation\nV_EXP_V") == [
        (0, "vision layer 2", "ffn", "gelu")
    ]


def test_a_section_is_a_layer(spans):
    found = spans(
        """
        ; === SECTION: lm_head
        ; === Reset MRAM ===
        2 S_ADDI_INT
        ; VRAM Sub Projection To: X[0][:] @ W_lm_head[:][0] -> out[0][0]
        3 M_MM
        """
    )
    assert found == [(0, "lm_head", "lm_head", "lm_head projection")]


def test_code_that_leads_to_a_kernel_belongs_to_it(assign):
    found, _ = assign(
        """
        ; Normalize (rms) H, logical=(8, 8) physical=(8, 8)
        3 V_MUL_VV
        ; === Reset MRAM ===
        ; Preload Addr Reg Generation
        2 S_ADDI_INT
        ; Load SubMatrix Col W_k_4_h1[:][0] -> MRAM[0]
        ; SubBlock [0][0]: HBM offset = 0
        4 H_PREFETCH_M
        ; VRAM Sub Projection To: H[0][:] @ W_k_4_h1[:][0] -> K_4_h1[0][0]
        1 S_ADDI_INT
        ; VRAM Sub Projection: H[0][:] @ W_k_4_h1[:][0]
        5 M_MM
        ; VRAM Block Add: K_4_h1[0][0] = K_4_h1[0][0] + K_4_h1_temp[0][0]
        2 V_ADD_VV
        """
    )
    # The tensor names carry layer 4; the norm before them is outside, nothing opened the layer.
    assert [(s.start_pc, s.line, s.is_call) for s in found] == [(0, 1, True), (3, 9, True)]
    name = found.names[next(s.kernel for s in found if s.start_pc == 3)]
    assert (name.layer, name.block, name.kernel) == ("layer 4", "attention", "k projection")
    assert (name.tensor, name.head) == ("W_k_4_h1", "1")


def test_column_blocks_of_one_projection_are_one_call(assign):
    block = """
        ; === Reset MRAM ===
        1 S_ADDI_INT
        ; VRAM Sub Projection To: H[0][:] @ W_o_0[:][{0}] -> O_proj_0[0][{0}]
        2 M_MM
    """
    found, _ = assign("".join(block.strip().format(column) + "\n" for column in range(5)))
    assert found.calls().tolist() == [1]
    assert len(found) == 1


def test_lead_in_code_without_a_kernel_stays_where_it_is(spans):
    listing = """
        ; SILU Generation
        2 V_EXP_V
        ; Reset Registers [[1, 2]]
        3 S_ADDI_INT
    """
    assert spans(listing) == [(0, "", "ffn", "silu")]


def test_lead_in_code_at_the_start_waits_for_a_template(spans):
    listing = """
        ; Reset Registers [[1, 2]]
        3 S_ADDI_INT
        ; Preload Activation Generation
        2 H_PREFETCH_V
    """
    assert spans(listing) == [(0, "", "embedding", "activation load")]
    assert spans("; Reset Registers [[1]]\nS_ADDI_INT") == [(0, "", "setup", "register setup")]


def test_wrapper_and_template_are_one_kernel(assign):
    found, _ = assign(
        """
        ; Load_Batch COS -> COS
        ; HBM[0] → VRAM[0], shape=(8, 8)
        ; Preload Addr Reg Generation
        2 S_ADDI_INT
        ; Reset Registers [[2, 3]]
        2 S_ADDI_INT
        ; Preload Activation Generation
        4 H_PREFETCH_V
        ; === Online Softmax Block S ===
        ; === Online Softmax ===
        4 V_EXP_V
        ; === Compute PV = P @ V[k_idx=0] ===
        1 S_ADDI_INT
        ; === PV Multiply (P @ V) using M_MM ===
        4 M_MM
        ; === Final Scale O for Q block 0 ===
        ; === Final Scaling O = O / l ===
        4 V_MUL_VV
        """
    )
    assert [name.kernel for name in found.names] == [
        "rope table load",
        "softmax",
        "attention x V",
        "softmax normalisation",
    ]
    assert found.calls().tolist() == [1, 1, 1, 1]
    assert found.start_pc.tolist() == [0, 8, 12, 17]


@pytest.mark.parametrize(
    ("header", "block", "kernel"),
    [
        ("VRAM Matrix Add: X[0:8] += POS[0:8]", "embedding", "position embedding"),
        ("VRAM Matrix Add: residual_scratch[0:8] += X[0:8]", "residual", "residual save"),
        ("VRAM Matrix Add: O_proj_3[0:8] += residual_scratch[0:8]", "residual", "residual add"),
        ("VRAM Matrix Add: S[0:8] += CAUSAL_MASK[0:8]", "attention", "score mask"),
        ("VRAM Matrix Add: O[0:8] += PV[0:8]", "attention", "output accumulation"),
        ("VRAM Matrix Add: O_dest_h2_0[0:8] += O[0:8]", "attention", "head merge"),
        ("VRAM Matrix Add: K_full_0_h0[0:8] += K_0_h0[0:8]", "attention", "kv append"),
        (
            "VRAM Matrix Add: V_Q_0_h3[0:8] += V_B_q_0_h3_load[0:8]",
            "attention",
            "q projection bias",
        ),
        ("VRAM Matrix Mul: H[0:8] *= vision_l0_ln2_gamma[0:8]", "norm", "layer norm weight"),
        ("VRAM Matrix Mul: H[0:8] *= W_final_norm_load[0:8]", "norm", "rms norm weight"),
        ("VRAM Matrix Add: e[0:8] += q7[0:8]", "elementwise", "matrix add"),
        ("Init Online Softmax for Q block 3", "attention", "softmax init"),
        ("Scale O by m_res", "attention", "output rescale"),
        ("Pack O head lane 2 into packed output", "attention", "head merge"),
        ("Packed GQA QK^T using compiler M_BTMM (whole-tile)", "attention", "attention scores"),
        ("Active-row RMSNorm: H", "norm", "rms norm"),
        ("Store K_0_h1 from VRAM to HBM", "attention", "kv store"),
        ("Store V_V_0_h1 from VRAM to HBM", "attention", "kv store"),
        ("Store Y from VRAM to HBM", "output", "activation store"),
        ("Store V_PATCH_OUT from VRAM to HBM", "vision patch embedding", "activation store"),
        ("RMS Norm generation", "norm", "rms norm"),
        ("RoPE: x = x * cos + rotate_half(x) * sin  (in-place)", "attention", "rope"),
        ("VRAM Sub Projection To: K_0_h0[0][:] @ R_rope[:][0] -> T[0][0]", "attention", "rope k"),
        ("VRAM Sub Projection To: Q_h4_0[0][:] @ R_rope[:][0] -> T[0][0]", "attention", "rope q"),
        (
            "VRAM Sub Projection T To: Q_h4_0[0][:] @ K_stored_0_h1[0][:]^T -> S[0][0]",
            "attention",
            "attention scores",
        ),
        (
            "VRAM Sub Projection To: H[0][:] @ V_W_fc1_0[:][0] -> V_FC1_0[0][0]",
            "ffn",
            "ffn up projection",
        ),
        (
            "VRAM Sub Projection To: H[0][:] @ W_QKV_BF16[:][0] -> p[0][0]",
            "attention",
            "qkv projection",
        ),
        ("VRAM Sub Projection To: H[0][:] @ Z[:][0] -> p[0][0]", "linear", "linear projection"),
        ("FFN Upsize Linear Generation (k_size=8, out_size=16)", "ffn", "ffn up projection"),
        ("FFN Gate Projection (inlined) (k_size=8, out_size=16)", "ffn", "ffn gate projection"),
        ("FFN Downsize Linear Generation (Loop)", "ffn", "ffn down projection"),
        ("Flash Attention Generation", "attention", "flash attention setup"),
        ("Batched Matrix Multiplication Generation", "linear", "batched matmul"),
        ("Projection Generation (Optimized)", "linear", "linear projection"),
        ("lm_head_asm: vocabulary 9", "lm_head", "lm_head projection"),
        ("Embedding_asm generation", "embedding", "embedding lookup"),
    ],
)
def test_headers_name_their_kernel(spans, header, block, kernel):
    for comment in (f"; === {header} ===", f";{header}", f" ; {header} "):
        assert [span[2:] for span in spans(f"{comment}\nV_ADD_VV")] == [(block, kernel)]


def test_annotations_start_nothing_but_place_tensors(assign):
    found, _ = assign(
        """
        ; SILU Generation
        1 V_EXP_V
        ; Allocate VRAM Matrix O_full_0: logical=(8, 8) physical=(8, 8) at VRAM[512]
        ; VRAM[512] -> HBM[3], shape=(8, 8)
        ; Result: (8, 8) at VRAM[512]
        2 V_EXP_V
        ; === VRAM Fill Zero: VRAM[512] rows [0, 1] = 0 ===
        1 V_MUL_VF
        ; === VRAM Fill Zero: VRAM[99] rows [0, 1] = 0 ===
        1 V_MUL_VF
        """
    )
    assert [(n.block, n.kernel, n.tensor) for n in found.names] == [
        ("ffn", "silu", ""),
        ("attention", "zero fill", "O_full_0"),
        ("elementwise", "zero fill", ""),
    ]
    assert found.start_pc.tolist() == [0, 3, 4]


def test_a_head_lasts_until_another_is_named(assign):
    found, _ = assign(
        """
        ; VRAM View Q_h5_0: (8, 8) at VRAM[64]
        ; === Init Online Softmax for Q block 0 ===
        1 S_ST_FP
        ; VRAM Sub Projection T To: Q_h6_0[0][:] @ K_stored_0_h2[0][:]^T -> S[0][0]
        1 M_TMM
        ; === Online Softmax Block S ===
        1 V_EXP_V
        ; === Online Softmax Block _packed_S_h1 ===
        1 V_EXP_V
        """
    )
    heads = [found.names[span.kernel].head for span in found]
    assert heads == ["5", "6", "6", "1"]


def test_im2col_runs_from_its_banner_to_its_end(spans):
    listing = """
        ; ==========================
        ; im2col (no-shift): image to rows
        ; -- Setup: HBM stride --
        2 C_SET_STRIDE_REG
        ; ==== TILE t=3  global cols [0..63] ====
        ; ==== tile=3 output row m=0  oh=0  ow=0  vram=0 ====
        ; (c=0, kr=0)  hbm_off=0
        3 V_MUL_VV
        ; ==== tile=3 output row m=1  oh=1  ow=0  vram=0 ====
        3 V_MUL_VV
        ; im2col (no-shift) complete
        1 S_ADDI_INT
    """
    block = "vision patch embedding"
    assert spans(listing) == [
        (0, "", block, "im2col setup"),
        (2, "", block, "im2col"),
        (8, "", "unmarked", "unmarked"),
    ]


def test_the_ten_stages_of_routed_experts(assign):
    found, _ = assign(
        """
        ; Router dot token 0, expert 4
        1 V_RED_SUM
        ; Any-MoE V_TOPK is no marker
        ; Routed-MoE V_TOPK token9: token=9, experts=32, top_k=4
        1 V_ADD_VV
        ; Model true-zero VRAM rows [0, 1] in my_acc
        1 V_MUL_VF
        ; Model gather token rows from HBM: pairs=1
        ; Gather pair slot 0: dynamic token row offset
        1 H_PREFETCH_V
        ; p_pair6: expert_id_to_weight_base pair=6, table_base=1
        1 S_ADD_INT
        ; Model dynamic HBM weight prefetch: template=W_up_true_e0, pair=6, col=0
        1 H_PREFETCH_M
        ; VRAM Sub Projection To: g_pair6_x[0][:] @ W_up_true_e0[:][0] -> s_pair6_up[0][0]
        1 M_MM
        ; Model dynamic expert bias add s_up_bias: pair=6, rows=4
        1 V_ADD_VV
        ; === VRAM Matrix Mul: s_pair6_up[0:4] *= s_pair6_gate[0:4] ===
        1 V_MUL_VV
        ; Model materialize route weight pair=6, col_block=0
        1 S_MAP_V_FP
        ; Model VRAM scatter-add s_pair6_scatter: 1 active rows
        1 V_ADD_VV
        """
    )
    assert [(name.kernel, name.slot) for name in found.names] == [
        ("router", ""),
        ("router top-k", "token 9"),
        ("expert accumulator init", ""),
        ("expert gather", ""),
        ("expert weight address", "pair 6"),
        ("expert weight prefetch", "pair 6"),
        ("expert up projection", "pair 6"),
        ("expert bias", "pair 6"),
        ("expert activation", "pair 6"),
        ("expert route weight", "pair 6"),
        ("expert scatter", "pair 6"),
    ]
    assert {name.block for name in found.names} == {"routed experts"}


def test_an_address_inside_a_prefetch_is_part_of_it(spans):
    listing = """
        ; M dynamic HBM weight prefetch: template=W_up_true_e0, pair=6, col=0
        ; x_pair6: expert_id_to_weight_base pair=6, table_base=1
        4 S_ADD_INT
    """
    assert spans(listing) == [(0, "", "routed experts", "expert weight prefetch")]


def test_tilelang_operations_and_loop_control(spans):
    listing = """
        ; PLENA ISA  --  kernel: my_scale
        2 S_LUI_INT
        ; for 1_bx in [0, 2) -- hw counter gp1, idx gp2
        1 S_ADDI_INT
        C_LOOP_START
        ; dma_h2v_slice A_hbm -> A_sh  (grid d=1 s=1 h=1 b=1)
        ; for 7_h2v_inner_ab0 in [0, 4) -- hw counter gp3, idx gp4
        1 S_ADDI_INT
        C_LOOP_START
        ; STBACK %1 gp29 -> slot 0
        2 H_PREFETCH_V
        ; idx 7_h2v_inner_ab0 += 1 (gp4)
        1 S_ADDI_INT
        C_LOOP_END
        ; v binary v_mul V_MUL_VV dst.parent=A_sh starts=[0, row1, 0, 0] extents=[1, 1, 8, 128]
        1 V_MUL_VV
        ; idx 1_bx += 1 (gp2)
        1 S_ADDI_INT
        C_LOOP_END
        ; fp scalar task fp_reci_at op=reci
        1 S_RECI_FP
    """
    assert spans(listing) == [
        (0, "", "my_scale", "constant setup"),
        (2, "", "my_scale", "loop control"),
        (4, "", "my_scale", "load to VRAM"),
        (10, "", "my_scale", "vector mul"),
        (11, "", "my_scale", "loop control"),
        (13, "", "my_scale", "scalar reci"),
    ]


def test_copies_of_a_layer_are_told_apart_by_the_first_comment(spans):
    copy = "; Load_Batch X -> X\n2 H_PREFETCH_V\n; SILU Generation\n1 V_EXP_V\n"
    section = "; === SECTION: lm_head\n; lm_head_asm: x\n1 M_MM\n"
    layers = [span[1] for span in spans(copy + copy + section + copy)]
    assert layers == ["layer 0"] * 2 + ["layer 1"] * 2 + ["lm_head"] + ["layer 0"] * 2
    # One copy is no repetition, and marked layers need no guessing.
    assert {span[1] for span in spans(copy)} == {""}
    marked = "; === LAYER 5/6 START ===\n" + copy + copy
    assert {span[1] for span in spans(marked)} == {"layer 5"}


def test_layers_read_off_tensor_names_begin_at_the_residual(spans):
    layer = """
        ; === VRAM Matrix Add: residual_scratch[0:8] += X[0:8] ===
        1 V_ADD_VV
        ; Normalize (rms) X, logical=(8, 8) physical=(8, 8)
        1 V_MUL_VV
        ; VRAM Sub Projection T To: X[0][:] @ K_{0}[0][:]^T -> S[0][0]
        1 M_TMM
        ; SILU Generation
        1 V_EXP_V
    """
    start = "; Load_Batch POS -> POS\n1 H_PREFETCH_V"
    end = "; === SECTION: head\n; SILU Generation\n1 V_EXP_V"
    listing = start + layer.format(0) + layer.format(1).strip() + "\n" + end
    assert [span[1] for span in spans(listing)] == ["", *["layer 0"] * 4, *["layer 1"] * 4, "head"]
