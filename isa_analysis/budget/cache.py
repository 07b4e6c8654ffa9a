"""Snapshots of unchanged files, kept in ``.isa-analysis-cache/`` beside the config.

A file of the cache is named by the hash of everything its snapshot follows from, and carries a
digest of its own content: what does not fit is ignored, whoever wrote it. Files appear whole or not
at all, so concurrent runs need no lock. Nothing here may fail a run.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from isa_analysis.budget import codec
from isa_analysis.budget.snapshot import Snapshot
from isa_analysis.diagnostics import InputError
from isa_analysis.output import write_bytes

CACHE_NAME = ".isa-analysis-cache"
#: Bytes that the cache may hold; the files unused for longest go first.
MAX_BYTES = 64 << 20
#: Left-over temporary files of killed runs are removed after this many seconds.
_STALE = 3600

_OURS = re.compile(r"[0-9a-f]{64}\.json")
_TEMPORARY = re.compile(r"\.[0-9a-f]{64}\.json\..+")


@dataclass(frozen=True, slots=True)
class Cache:
    """The cache in ``folder``, holding at most ``max_bytes``."""

    folder: Path
    max_bytes: int = MAX_BYTES

    def get(self, key: str) -> Snapshot | None:
        """The snapshot stored under ``key``, or None."""
        file = self._file(key)
        try:
            if file.stat().st_size > self.max_bytes:
                return None
            digest, _, body = file.read_bytes().partition(b"\n")
            if digest.decode("ascii") != _digest(key, body):
                return None
            snapshot = codec.snapshot_from_plain(codec.load(body))
        except (OSError, ValueError, codec.Malformed):
            return None
        with suppress(OSError):
            os.utime(file)  # the time of last use decides what goes first
        return snapshot

    def put(self, key: str, snapshot: Snapshot) -> None:
        """Store ``snapshot``; does nothing when that is not possible or it is too large."""
        plain = codec.snapshot_to_plain(snapshot)
        body = json.dumps(plain, separators=(",", ":")).encode()
        if len(body) > self.max_bytes // 4:
            return
        with suppress(OSError, InputError):
            self._make()
            write_bytes(_digest(key, body).encode() + b"\n" + body, str(self._file(key)))

    def prune(self) -> None:
        """Remove the files unused for longest until the cache fits, and stale temporary files.

        Only files with names of the cache are touched.
        """
        found: list[tuple[float, int, Path]] = []
        now = time.time()
        with suppress(OSError):
            for file, status in self._files():
                if _OURS.fullmatch(file.name):
                    found.append((status.st_mtime, status.st_size, file))
                elif now - status.st_mtime > _STALE:
                    with suppress(OSError):
                        file.unlink()
        held = sum(size for _, size, _ in found)
        for _, size, file in sorted(found):
            if held <= self.max_bytes:
                return
            with suppress(OSError):
                file.unlink()
            held -= size

    def _files(self) -> Iterator[tuple[Path, os.stat_result]]:
        for entry in os.scandir(self.folder):
            if _OURS.fullmatch(entry.name) or _TEMPORARY.fullmatch(entry.name):
                with suppress(OSError):
                    yield Path(entry.path), entry.stat(follow_symlinks=False)

    def _file(self, key: str) -> Path:
        return self.folder / f"{key}.json"

    def _make(self) -> None:
        if not self.folder.is_dir():
            self.folder.mkdir(exist_ok=True)
            write_bytes(b"*\n", str(self.folder / ".gitignore"))


def cache_key(*facts: object) -> str:
    """A name for what follows from ``facts``, which must print the same in every run."""
    return hashlib.sha256(repr(facts).encode()).hexdigest()


def _digest(key: str, body: bytes) -> str:
    return hashlib.sha256(key.encode() + body).hexdigest()
