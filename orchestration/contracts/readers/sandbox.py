"""Parsers of untrusted formats run in a child process with limits, so that a crash costs one file.

Here: starting the child once for many files, timing it, ending it, checking its answers. Not here: what it does
(child).
"""

import atexit
import json
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, get_args

from orchestration.contracts.model import Span
from orchestration.contracts.readers.child import ANSWER, HEADER
from orchestration.contracts.reasons import Words, unreadable
from orchestration.contracts.source import FileFormat, Hint, HintKind, Limits, SourceText, UnreadableFile

_MODULE = "orchestration.contracts.readers.child"
_CHUNK = 1 << 16
_LONGEST_ANSWER = 500_000_000


class Sandbox:
    """A child process that reads files one at a time. Started when first needed, anew after a crash or a time-out."""

    def __init__(self, command: Sequence[str] = (sys.executable, "-m", _MODULE)) -> None:
        self._command = tuple(command)
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def read(self, data: bytes, kind: FileFormat, limits: Limits) -> SourceText:
        """The text of one file. Raises UnreadableFile for all that goes wrong with it, time-outs and crashes too."""
        head = json.dumps({"format": kind, "limits": asdict(limits)}).encode()
        with self._lock:
            child = self._running()
            deadline = time.monotonic() + limits.seconds
            try:
                answer = _exchange(child, HEADER.pack(len(head), len(data)) + head, data, deadline)
            except TimeoutError:
                self._end()
                raise unreadable("timeout", limit=f"{limits.seconds:g}") from None
            except (OSError, EOFError):
                self._end()
                found = (
                    f"signal {-child.returncode}" if (child.returncode or 0) < 0 else Words("no answer", "inget svar")
                )
                raise unreadable("crashed", expected=kind.upper(), found=found) from None
        try:
            return _text(json.loads(answer))
        except (ValueError, KeyError, TypeError):
            found = Words("a meaningless answer", "ett meningslöst svar")
            raise unreadable("crashed", expected=kind.upper(), found=found) from None

    @property
    def process_id(self) -> int | None:
        """Of the running child; None before the first file and after a crash."""
        return self._child.pid if self._child else None

    def close(self) -> None:
        """End the child. The sandbox may be used again afterwards."""
        with self._lock:
            self._end()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            environment = {
                "PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "PYTHONUTF8": "1",
                "PATH": os.environ.get("PATH", ""), "MALLOC_ARENA_MAX": "2",
            }  # fmt: skip
            self._child = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL, env=environment,
            )  # fmt: skip
        return self._child

    def _end(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child.communicate()
            self._child = None


def _exchange(child: subprocess.Popen[bytes], head: bytes, data: bytes, deadline: float) -> bytes:
    """Send a request and take the answer, neither longer than the deadline."""
    if child.stdin is None or child.stdout is None:
        raise EOFError
    inlet, outlet = child.stdin.fileno(), child.stdout.fileno()
    os.set_blocking(inlet, False)
    for part in (memoryview(head), memoryview(data)):
        sent = 0
        while sent < len(part):
            _, writable, _ = select.select([], [inlet], [], _left(deadline))
            if writable:
                sent += os.write(inlet, part[sent : sent + _CHUNK])
    (length,) = ANSWER.unpack(_take(outlet, ANSWER.size, deadline))
    if length > _LONGEST_ANSWER:
        raise EOFError
    return _take(outlet, length, deadline)


def _take(outlet: int, length: int, deadline: float) -> bytes:
    parts = bytearray()
    while len(parts) < length:
        readable, _, _ = select.select([outlet], [], [], _left(deadline))
        if readable:
            part = os.read(outlet, min(_CHUNK, length - len(parts)))
            if not part:
                raise EOFError
            parts += part
    return bytes(parts)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _text(answer: dict[str, Any]) -> SourceText:
    """The answer as a text, checked: hints lie in the text and follow each other."""
    if "code" in answer:
        raise UnreadableFile(str(answer["code"]), str(answer["reason"]))
    found = answer["text"]
    raw: str = found["raw"]
    hints = tuple(Hint(kind, Span(start, end), level, page) for kind, start, end, level, page in found["hints"])
    edges = [0, *(edge for hint in hints for edge in hint.span), len(raw)]
    if edges != sorted(edges) or any(hint.kind not in get_args(HintKind) for hint in hints):
        raise ValueError("hints within the text and in its order were expected")
    return SourceText(raw, pages=tuple(found["pages"]), hints=hints, flags=tuple(found["flags"]))


_shared = Sandbox()
atexit.register(_shared.close)


def shared() -> Sandbox:
    """The one sandbox of this process; its child's start-up serves all files."""
    return _shared
