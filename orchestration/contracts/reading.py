"""A file's bytes become contract texts. The one entrance to the readers.

Here: limits, and which reader a file gets. Not here: any format, whose contract it is (identity), layout (document).
"""

from orchestration.contracts.readers import plain
from orchestration.contracts.readers.decode import decode
from orchestration.contracts.readers.detect import format_of
from orchestration.contracts.reasons import megabytes, unreadable
from orchestration.contracts.source import Hint, Limits, ReadFile, SourceText, UnreadableFile

__all__ = ["Hint", "Limits", "ReadFile", "SourceText", "UnreadableFile", "read"]

_DEFAULT = Limits()


def read(data: bytes, name: str, limits: Limits = _DEFAULT) -> ReadFile:
    """The texts of one file. `name` only helps to tell formats apart; the same bytes and name give the same texts.

    Raises UnreadableFile, and nothing else, for whatever can't be read within the limits.
    """
    if not data:
        raise unreadable("empty", bytes=0)
    if len(data) > limits.file_bytes:
        raise unreadable("too_large", limit=megabytes(limits.file_bytes), found=megabytes(len(data)))
    kind = format_of(data, name)
    if kind in ("txt", "md"):
        if len(data) > limits.text_bytes:
            raise unreadable("too_large", limit=megabytes(limits.text_bytes), found=megabytes(len(data)))
        texts = plain.texts_of(decode(data).text)
    else:
        raise unreadable("unknown_type", found=kind)
    _check_length(texts, limits)
    return ReadFile(kind, texts)


def _check_length(texts: tuple[SourceText, ...], limits: Limits) -> None:
    characters = sum(len(text.raw) for text in texts)
    if characters > limits.characters:
        raise unreadable("too_much_text", limit=limits.characters, found=characters)
