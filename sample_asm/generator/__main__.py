"""The command line of the generator."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from .build_files import build_files
from .decode_step import Step, decode_step
from .decoder import Model, decoder
from .emitter import Emitter, Unroll
from .experts import Experts, routed_experts
from .machine import LayoutError, Machine, Memory
from .malformed import malformed
from .opcodes import every_opcode
from .stress import distinct_lines, nested
from .tvm import Kernel, tvm_kernel
from .vision import Image, vision_patch

Writer = Callable[[Emitter], Memory | None]

#: The committed programs that come with the files of a compile, in ``compiled/NAME``.
COMPILED = ("decoder", "decode_step")


@dataclass(frozen=True, slots=True)
class Sample:
    """One committed program: how it is written and how far its loops are unrolled."""

    write: Writer
    unroll: Unroll = Unroll.NONE


def samples(m: Machine) -> dict[str, Sample]:
    """The committed programs, by file name."""
    return {
        "decoder.asm": Sample(lambda asm: decoder(asm, m, Model())),
        "decoder_unrolled.asm": Sample(lambda asm: decoder(asm, m, Model()), Unroll.TILES),
        "decode_step.asm": Sample(lambda asm: decode_step(asm, m, Step())),
        "vision_patch.asm": Sample(lambda asm: vision_patch(asm, m, Image())),
        "routed_experts.asm": Sample(lambda asm: routed_experts(asm, m, Experts())),
        "tvm_kernel.asm": Sample(lambda asm: tvm_kernel(asm, m, Kernel())),
        "every_opcode.asm": Sample(lambda asm: every_opcode(asm, m)),
    }


def write_samples(folder: Path) -> None:
    """Write all committed files below ``folder``, byte for byte as they are in the repository."""
    (folder / "malformed").mkdir(parents=True, exist_ok=True)
    for name, sample in samples(Machine()).items():
        with _open(folder / name) as file:
            memory = sample.write(Emitter(file.write, sample.unroll))
        if memory is not None and name[:-4] in COMPILED:
            write_build(memory, folder / "compiled" / name[:-4])
    for name, text in malformed().items():
        with _open(folder / "malformed" / name) as file:
            file.write(text)


def write_build(memory: Memory, folder: Path) -> None:
    """Write the files of a compile into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in build_files(memory).items():
        with _open(folder / name) as file:
            file.write(text)


def parser() -> argparse.ArgumentParser:
    """The argument parser, with the defaults of the committed programs."""
    model, machine = Model(), Machine()
    p = argparse.ArgumentParser(
        prog="python -m sample_asm.generator",
        description="Write PLENA assembly programs of any size, with legal addresses.",
    )
    what = p.add_mutually_exclusive_group(required=True)
    what.add_argument("program", nargs="?", choices=sorted(n[:-4] for n in samples(machine)))
    what.add_argument(
        "--write-samples", type=Path, metavar="DIR", help="write all committed files into DIR"
    )
    what.add_argument(
        "--distinct-lines", type=int, metavar="N", help="N instructions, no two lines equal"
    )
    what.add_argument(
        "--nest", type=int, metavar="DEPTH", help="DEPTH nested loops of --trip iterations"
    )
    p.add_argument("-o", "--output", type=Path, help="file to write (default: standard output)")
    p.add_argument(
        "--build-dir", type=Path, metavar="DIR",
        help="also write hbm_addrs.json, hbm_sizes.json and tensor_layouts.json into DIR "
        f"({' and '.join(COMPILED)})",
    )  # fmt: skip
    p.add_argument("--trip", type=int, default=1000, help="iterations of each --nest loop")
    p.add_argument(
        "--unroll",
        nargs="?",
        const="tiles",
        default="none",
        choices=[level.name.lower() for level in Unroll],
        help="write loops out: over tiles and column blocks (tiles, the default of a bare "
        "--unroll), or every loop (all)",
    )
    sizes = p.add_argument_group("sizes of the decoder")
    for name, meaning in (
        ("hidden", "model width"),
        ("layers", "number of layers"),
        ("sequence", "tokens"),
        ("heads", "query heads"),
        ("kv_heads", "key/value heads"),
        ("head_dim", "elements per head"),
        ("ffn", "feed-forward width"),
        ("max_k_tiles", "weight tiles of one column held at a time"),
    ):
        option = "--" + name.replace("_", "-")
        value = getattr(model, name)
        sizes.add_argument(option, type=int, default=value, help=f"{meaning} ({value})")
    chip = p.add_argument_group("machine")
    chip.add_argument("--mlen", type=int, default=machine.mlen, help="MLEN = VLEN (64)")
    chip.add_argument("--blen", type=int, default=machine.blen, help="BLEN (4)")
    chip.add_argument("--hlen", type=int, default=machine.hlen, help="HLEN (16)")
    chip.add_argument(
        "--dma-rows", type=int, help="rows per H_PREFETCH_V and H_STORE_V (default: BLEN)"
    )
    return p


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code, 2 for sizes that do not fit."""
    args = parser().parse_args(argv)
    try:
        _run(args)
    except (LayoutError, OSError) as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 2
    return 0


def _run(args: argparse.Namespace) -> None:
    if args.write_samples is not None:
        write_samples(args.write_samples)
        return
    write = _writer(args)
    unroll = Unroll[args.unroll.upper()]
    if args.output is None:
        memory = write(Emitter(sys.stdout.write, unroll))
    else:
        with _open(args.output) as file:
            memory = write(Emitter(file.write, unroll))
    if args.build_dir is not None:
        if memory is None:
            raise LayoutError(f"--build-dir goes with {' and '.join(COMPILED)}")
        write_build(memory, args.build_dir)


def _writer(args: argparse.Namespace) -> Writer:
    m = Machine(args.mlen, args.blen, args.hlen, args.dma_rows or args.blen)
    if args.distinct_lines is not None:
        return lambda asm: distinct_lines(asm, m, args.distinct_lines)
    if args.nest is not None:
        return lambda asm: nested(asm, m, args.nest, args.trip)
    if args.program in ("decoder", "decoder_unrolled"):
        model = Model(
            args.hidden,
            args.layers,
            args.sequence,
            args.heads,
            args.kv_heads,
            args.head_dim,
            args.ffn,
            args.max_k_tiles,
        )
        if args.program == "decoder_unrolled" and args.unroll == "none":
            args.unroll = "tiles"
        return lambda asm: decoder(asm, m, model)
    return samples(m)[f"{args.program}.asm"].write


def _open(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8", newline="\n", buffering=1 << 20)


if __name__ == "__main__":
    sys.exit(main())
