"""The child process: reads one file after the other and answers in JSON, so that no object of its making is trusted.

Here: the loop, the memory limit, one reader a format. Not here: starting, timing and ending the child (sandbox).
Started as `python -m orchestration.contracts.readers.child`.
"""

import json
import os
import resource
import struct
import sys
from typing import Any, BinaryIO

from orchestration.contracts.readers.decode import decode
from orchestration.contracts.reasons import megabytes, unreadable
from orchestration.contracts.source import Limits, SourceText, UnreadableFile

HEADER = struct.Struct(">IQ")
"""Lengths of a request's JSON head and of its bytes."""
ANSWER = struct.Struct(">Q")


def main() -> None:
    """Answer requests on standard input until it closes."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a parser's library prints must not mix with the answers
    while header := requests.read(HEADER.size):
        head_length, data_length = HEADER.unpack(header)
        head = json.loads(requests.read(head_length))
        answer = json.dumps(_answer(head, requests.read(data_length))).encode()
        _send(answers, answer)


def _send(answers: BinaryIO, answer: bytes) -> None:
    answers.write(ANSWER.pack(len(answer)))
    answers.write(answer)
    answers.flush()


def _answer(head: dict[str, Any], data: bytes) -> dict[str, Any]:
    limits = Limits(**head["limits"])
    _limit_memory(limits.memory_bytes)
    try:
        return {"text": to_json(read_format(data, head["format"], limits))}
    except UnreadableFile as refusal:
        return _refused(refusal)
    except MemoryError:
        return _refused(unreadable("out_of_memory", limit=megabytes(limits.memory_bytes)))
    except Exception as trouble:  # a parser may fail in any way on a hostile file; the file is what it costs
        found = f"{type(trouble).__name__}: {trouble}"
        return _refused(unreadable("damaged", expected=head["format"].upper(), found=found))


def _refused(refusal: UnreadableFile) -> dict[str, Any]:
    return {"code": refusal.code, "reason": refusal.reason}


def read_format(data: bytes, kind: str, limits: Limits) -> SourceText:
    """The text of a file of a parsed format. Readers are imported when first asked for: each brings a library."""
    if kind == "pdf":
        from orchestration.contracts.readers.pdf import read_pdf

        return read_pdf(data, limits)
    if kind == "docx":
        from orchestration.contracts.readers.docx import read_docx

        return read_docx(data, limits)
    if kind == "html":
        from orchestration.contracts.readers.html import read_html

        return read_html(decode(data).text, limits)
    raise ValueError(f"pdf, docx or html was expected, found {kind!r}")


def _limit_memory(limit: int) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def to_json(text: SourceText) -> dict[str, Any]:
    """A text as plain lists and numbers."""
    return {
        "raw": text.raw,
        "pages": text.pages,
        "flags": text.flags,
        "hints": [(hint.kind, *hint.span, hint.level, hint.page) for hint in text.hints],
    }


if __name__ == "__main__":
    main()
