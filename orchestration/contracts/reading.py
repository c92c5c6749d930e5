"""A file's bytes become contract texts. The one entrance to the readers.

Here: limits, and which reader a file gets. Not here: any format, whose contract it is (identity), layout (document).
"""

from orchestration.contracts.readers.decode import decode
from orchestration.contracts.readers.detect import READABLE_SUFFIXES, format_of
from orchestration.contracts.readers.markdown import read_markdown
from orchestration.contracts.readers.plain import collection_of, read_plain
from orchestration.contracts.readers.sandbox import Sandbox, shared
from orchestration.contracts.reasons import megabytes, unreadable
from orchestration.contracts.source import Hint, Limits, ReadFile, SourceText, UnreadableFile

__all__ = ["READABLE_SUFFIXES", "Hint", "Limits", "ReadFile", "SourceText", "UnreadableFile", "read"]

_DEFAULT = Limits()


def read(data: bytes, name: str, limits: Limits = _DEFAULT, sandbox: Sandbox | None = None) -> ReadFile:
    """The texts of one file. `name` only helps to tell formats apart; the same bytes and name give the same texts.

    PDF, DOCX and HTML are parsed in a child process that serves all calls of this process. Raises UnreadableFile, and
    nothing else, for whatever can't be read within the limits.
    """
    if not data:
        raise unreadable("empty", bytes=0)
    _check_size(len(data), limits.file_bytes)
    kind = format_of(data, name)
    texts: tuple[SourceText, ...]
    if kind in ("txt", "md"):
        _check_size(len(data), limits.text_bytes)
        text = decode(data).text
        texts = collection_of(text) or (read_markdown(text) if kind == "md" else read_plain(text),)
    else:
        if kind == "html":
            _check_size(len(data), limits.text_bytes)
        texts = ((sandbox or shared()).read(data, kind, limits),)
    _check_length(texts, limits)
    return ReadFile(kind, texts)


def _check_size(size: int, limit: int) -> None:
    if size > limit:
        raise unreadable("too_large", limit=megabytes(limit), found=megabytes(size))


def _check_length(texts: tuple[SourceText, ...], limits: Limits) -> None:
    characters = sum(len(text.raw) for text in texts)
    if characters > limits.characters:
        raise unreadable("too_much_text", limit=limits.characters, found=characters)
