"""A raw text becomes a document: laid out, cleaned, split into sentences.

Here: putting the stages together. Not here: reading files, whose contract it is, what it says.
"""

import re
from bisect import bisect_right

from orchestration.contracts.hygiene import clean
from orchestration.contracts.layout import RawBlock, lay_out
from orchestration.contracts.model import Block, CleanText, Document, Sentence, Span
from orchestration.contracts.sentences import split
from orchestration.contracts.source import SourceText

_CUT = re.compile(r"(?:\.\.\.|…)\s*$")
_MASKED = re.compile(r"\b[Xx]{3,}\b")
_COMPLETE = re.compile(r"[.!?:;)”\"»]\s*$")


def divide(source: str | SourceText) -> Document:
    """Lay out, clean and split one contract text. Pure: the same text and hints give the same document."""
    source = SourceText(source) if isinstance(source, str) else source
    raw = source.raw
    layout = lay_out(source)
    text, spans = _clean_blocks(source, layout.blocks)
    blocks = tuple(
        Block(block.kind, span, block.section, block.page) for block, span in zip(layout.blocks, spans, strict=True)
    )
    truncated = _is_truncated(raw, blocks, text, is_full=layout.is_full_contract)
    found = (("truncated", truncated), ("masked", bool(_MASKED.search(raw))))
    flags = (*source.flags, *(flag for flag, holds in found if holds))
    return Document(
        clean=text,
        blocks=blocks,
        sentences=tuple(_sentences(text, blocks, source.pages)),
        kind="full_contract" if layout.is_full_contract else "excerpt",
        is_truncated=truncated,
        quality_flags=flags,
    )


def _clean_blocks(source: SourceText, blocks: tuple[RawBlock, ...]) -> tuple[CleanText, list[Span]]:
    """One clean line a block; the raw lines of a block are joined first, page furniture between them left out."""
    text = clean(source.raw, [block.spans for block in blocks], source.markup)
    spans, position = [], 0
    for line in text.text.split("\n") if blocks else []:
        spans.append(Span(position, position + len(line)))
        position += len(line) + 1
    return text, spans


def _sentences(text: CleanText, blocks: tuple[Block, ...], pages: tuple[int, ...]) -> list[Sentence]:
    found: list[Sentence] = []
    for index, block in enumerate(blocks):
        if block.kind == "cover":
            continue
        parts = [block.span] if block.kind == "heading" else split(text.text, block.span)
        for span in parts:
            body = text.text[span.start : span.end]
            if body:
                page = _page(text, span, block, pages)
                found.append(Sentence(len(found), span, body, block.kind, block.section, index, page))
    return found


def _page(text: CleanText, span: Span, block: Block, pages: tuple[int, ...]) -> int | None:
    """The page on which a sentence begins: a paragraph may go on over several."""
    if not pages or block.kind == "footnote":
        return block.page
    return max(1, bisect_right(pages, text.raw_span(*span).start))


def _is_truncated(raw: str, blocks: tuple[Block, ...], text: CleanText, *, is_full: bool) -> bool:
    """Cut off: it ends in dots, or an excerpt's last prose ends in the middle of a sentence."""
    if _CUT.search(raw[-10:]):
        return True
    if is_full or not blocks or blocks[-1].kind not in ("paragraph", "bullet"):
        return False
    last = text.text[blocks[-1].span.start : blocks[-1].span.end]
    return blocks[-1].kind == "paragraph" and not _COMPLETE.search(last)
