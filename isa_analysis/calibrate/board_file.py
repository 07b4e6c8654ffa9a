"""The calibrated board file: the board's own text with new values and where they come from."""

from __future__ import annotations

import json
from pathlib import Path

from isa_analysis.boards.load import as_board, board_file, override
from isa_analysis.calibrate.errors import quality
from isa_analysis.calibrate.findings import Finding
from isa_analysis.calibrate.parameters import SERVICE
from isa_analysis.calibrate.run import Calibration
from isa_analysis.calibrate.yaml_edit import Comment, Edit, NotEditable, edited
from isa_analysis.config import Place, read_bytes, read_yaml
from isa_analysis.diagnostics import error, printable
from isa_analysis.report.words import count

#: What comments and header lines of this module begin with; an earlier calibration's are replaced.
_MARKS = ("measured:", "uncertain:", "not determined:")
_HEAD = "# calibrate: "


def new_board(calibration: Calibration, board: str, name: str | None = None) -> str:
    """The text of the calibrated board file.

    It is the text of the board named or stored at ``board`` with the overrides that the calibration
    was made with, the calibrated values, and beside each parameter a comment: what it was measured
    from, or why it was not. ``assumption`` of the service model becomes false when all its times
    were measured. Raises InputError (E646) when the file is written in a way that cannot be edited.
    """
    label, path = board_file(board)
    text = read_bytes(path).decode("utf-8-sig")
    edits = {edit.loc: edit for edit in _overrides(calibration)}
    for edit in [*_values(calibration), *_service(calibration)]:
        edits[edit.loc] = edit
    if name is not None:
        edits[("name",)] = Edit(("name",), json.dumps(name))
    try:
        body = edited(_without_head(text), list(edits.values()))
    except NotEditable as problem:
        raise error(
            "E646", f"the board file cannot be changed in place: {problem}", path=label,
            hint="write its sections as indented blocks, not in braces on one line",
        ) from None  # fmt: skip
    out = "".join(f"{_HEAD}{line}\n" for line in _head(calibration)) + body
    _verify(calibration, label, text, out, name)
    return out


def is_same_file(board: str, output: str) -> bool:
    """Whether writing to ``output`` would overwrite the board's own file."""
    path = Path(board_file(board)[1])
    try:
        return Path(output).exists() and path.samefile(output)
    except (OSError, ValueError):
        return False


def _overrides(calibration: Calibration) -> list[Edit]:
    out = []
    for text in calibration.board.overrides:
        key, _, value = text.partition("=")
        out.append(
            Edit(tuple(p.strip() for p in key.split(".")), value.strip(), _keep_or("set by --set"))
        )
    return out


def _keep_or(note: str) -> Comment:
    return lambda old: f"{note} (was: {old})" if old else note


def _values(calibration: Calibration) -> list[Edit]:
    sha = ", ".join(file.sha256[:12] for file in calibration.files)
    out = []
    for finding in calibration.findings:
        loc = tuple(finding.parameter.name.split("."))
        value = str(finding.value) if finding.changed else None
        note = provenance(finding, sha)
        out.append(Edit(loc, value, _noted(note, replace=finding.changed)))
    return out


def provenance(finding: Finding, sha: str) -> str:
    """The comment beside a parameter: what it was measured from, or why it was not."""
    p = finding.parameter
    of = f"{count(finding.runs, 'run')} of {count(finding.programs, 'program')}"
    if finding.status == "undetermined":
        return f"not determined: {finding.reason}"
    if finding.status == "uncertain":
        return f"uncertain: {finding.reason} ({of}; sha256 {sha})"
    was = f", was {p.value}" if finding.changed else ", as before"
    exact = "exact" if not finding.error else f"standard error {finding.error:.2g} {p.unit}"
    return f"measured: {of}, {exact}{was}; sha256 {sha}"


def _noted(note: str, replace: bool) -> Comment:
    """A comment that says ``note``, behind what was said before about a value that stays."""

    def comment(old: str) -> str:
        at = min((old.find(mark) for mark in _MARKS if mark in old), default=len(old))
        kept = "" if replace else old[:at].rstrip("; ")
        return f"{kept}; {note}" if kept else note

    return comment


def _service(calibration: Calibration) -> list[Edit]:
    """``assumption`` and ``source`` of the service model."""
    mine = [
        f
        for f in calibration.findings
        if f.parameter.name.startswith(SERVICE) and not f.parameter.unused
    ]
    measured = [f for f in mine if f.status == "measured"]
    service = calibration.board.board.memory.service
    if not measured or service is None:
        return []
    left = [f.parameter.name.rpartition(".")[2] for f in mine if f.status != "measured"]
    files = ", ".join(f"{printable(f.path)} (sha256 {f.sha256[:12]})" for f in calibration.files)
    source = (
        f"fitted by isa-analysis calibrate to {count(calibration.runs, 'run')} of "
        f"{count(calibration.programs, 'program')}: {files}"
    )
    if left:
        source += f"; not measured: {', '.join(left)}"
    loc = ("memory", "service")
    out = [Edit((*loc, "source"), json.dumps(source[:1900]), lambda _: "")]
    if service.assumption and not left:
        out.append(Edit((*loc, "assumption"), "false", lambda _: ""))
    return out


def _head(calibration: Calibration) -> list[str]:
    board = calibration.board
    lines = [f"from {printable(board.path)}, sha256 {board.sha256}"]
    lines += [f"with --set {printable(text)}" for text in board.overrides]
    lines += [f"measurements {printable(f.path)}, sha256 {f.sha256}" for f in calibration.files]
    lines.append(
        f"{calibration.runs} of {calibration.given} runs used, {calibration.programs} programs, "
        f"{len(calibration.families)} families"
    )
    for what, compared in (("compute", calibration.compute), ("total", calibration.total)):
        parts = []
        for which, words in (("before", "before"), ("after", "after"), ("held_out", "held out")):
            q = quality(compared, which)
            if q is not None:
                parts.append(f"{words} mean {q.mean:.3%} worst {q.worst:.2%}")
        if parts:
            lines.append(f"error of {what} cycles: {', '.join(parts)}")
    return lines


def _without_head(text: str) -> str:
    """``text`` without the header of an earlier calibration."""
    return "".join(line for line in text.splitlines(True) if not line.startswith(_HEAD.rstrip()))


def _verify(calibration: Calibration, label: str, old: str, new: str, name: str | None) -> None:
    """Refuse (E646) a text that does not say what it should."""
    document = override(read_yaml(old, label), calibration.board.overrides)
    origin = Place(label)
    for finding in calibration.findings:
        if finding.changed:
            loc = tuple(finding.parameter.name.split("."))
            document = document.replaced(loc, finding.value, origin)
    for edit in _service(calibration):
        assert edit.text is not None
        document = document.replaced(edit.loc, json.loads(edit.text), origin)
    if name is not None:
        document = document.replaced(("name",), name, origin)
    if as_board(read_yaml(new, label)) != as_board(document):
        raise error(
            "E646", "the board file cannot be changed in place: the edited text means something "
            "else", path=label,
        )  # fmt: skip
