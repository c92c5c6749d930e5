"""A raw text becomes a document: laid out, cleaned, split into sentences.

Here: putting the stages together. Not here: reading files, whose contract it is, what it says.
"""

import re

from orchestration.contracts.hygiene import clean
from orchestration.contracts.layout import RawBlock, lay_out
from orchestration.contracts.model import Block, CleanText, Document, Sentence, Span
from orchestration.contracts.sentences import split

_CUT = re.compile(r"(?:\.\.\.|…)\s*$")
_MASKED = re.compile(r"\b[Xx]{3,}\b")
_COMPLETE = re.compile(r"[.!?:;)”\"»]\s*$")


def divide(raw: str) -> Document:
    """Lay out, clean and split one contract text. Pure: the same text gives the same document."""
    layout = lay_out(raw)
    text, spans = _clean_blocks(raw, layout.blocks)
    blocks = tuple(
        Block(block.kind, span, block.section, block.page) for block, span in zip(layout.blocks, spans, strict=True)
    )
    truncated = _is_truncated(raw, blocks, text, is_full=layout.is_full_contract)
    flags = [flag for flag, holds in (("truncated", truncated), ("masked", bool(_MASKED.search(raw)))) if holds]
    return Document(
        clean=text,
        blocks=blocks,
        sentences=tuple(_sentences(text, blocks)),
        kind="full_contract" if layout.is_full_contract else "excerpt",
        is_truncated=truncated,
        quality_flags=tuple(flags),
    )


def _clean_blocks(raw: str, blocks: tuple[RawBlock, ...]) -> tuple[CleanText, list[Span]]:
    """One clean line a block; the raw lines of a block are joined first, page furniture between them left out."""
    text = clean(raw, [block.spans for block in blocks])
    spans, position = [], 0
    for line in text.text.split("\n") if blocks else []:
        spans.append(Span(position, position + len(line)))
        position += len(line) + 1
    return text, spans


def _sentences(text: CleanText, blocks: tuple[Block, ...]) -> list[Sentence]:
    found: list[Sentence] = []
    for index, block in enumerate(blocks):
        if block.kind == "cover":
            continue
        parts = [block.span] if block.kind == "heading" else split(text.text, block.span)
        for span in parts:
            body = text.text[span.start : span.end]
            if body:
                found.append(Sentence(len(found), span, body, block.kind, block.section, index, block.page))
    return found


def _is_truncated(raw: str, blocks: tuple[Block, ...], text: CleanText, *, is_full: bool) -> bool:
    """Cut off: it ends in dots, or an excerpt's last prose ends in the middle of a sentence."""
    if _CUT.search(raw[-10:]):
        return True
    if is_full or not blocks or blocks[-1].kind not in ("paragraph", "bullet"):
        return False
    last = text.text[blocks[-1].span.start : blocks[-1].span.end]
    return blocks[-1].kind == "paragraph" and not _COMPLETE.search(last)
