"""Governing documents named in a sentence: "Klimatprogram 2022–2030", "energi- och klimatprogram", "måltidspolicyn".

Here: the stretch of text that names one. Not here: which goals stem from it (goals).
"""

from collections.abc import Iterator

from orchestration.extraction.words import Tagged, bit

_DOCUMENT, _AGAIN = bit("document"), bit("document_again")
_BEFORE = frozenset({"och", "-"})


def find_document(tagged: Tagged, before: int | None = None) -> str | None:
    """The governing document named last before the token `before`, else the first in the sentence; None without one."""
    names = list(_names(tagged))
    earlier = [name for at, name in names if before is None or at < before]
    if before is not None and earlier:
        return earlier[-1]
    return names[0][1] if names else None


def _names(tagged: Tagged) -> Iterator[tuple[int, str]]:
    for at, tags in enumerate(tagged.tags):
        if tags & _DOCUMENT and not tags & _AGAIN:
            yield at, _name(tagged, at)
        if (
            tags & _AGAIN
            and at + 2 < len(tagged.low)
            and tagged.low[at + 1] in ("för",)
            and tagged.tokens[at].text[0].isupper()
        ):
            yield at, _name(tagged, at)


def says_again(tagged: Tagged) -> bool:
    """Whether the sentence speaks of the document named before ("programmet", "förslaget")."""
    return any(tags & _AGAIN for tags in tagged.tags)


def _name(tagged: Tagged, at: int) -> str:
    tokens, low = tagged.tokens, tagged.low
    start = at
    if at >= 2 and low[at - 1] == "och" and tokens[at - 2].text.endswith("-"):
        start = at - 2
    elif at >= 3 and low[at - 1] == "och" and low[at - 2] == "-" and tokens[at - 2].start == tokens[at - 3].end:
        start = at - 3
    end = at + 1
    if end < len(low) and low[end] == "för" and end + 1 < len(low):
        end += 1
        while (
            end < len(low)
            and tokens[end].kind == "word"
            and (
                tokens[end].text[0].isupper()
                or low[end] in ("och", "energi", "klimat", "miljö", "kommun", "stad", "luft")
            )
        ):
            end += 1
        if low[end - 1] in ("och", "för"):
            end = at + 1
    elif (
        end < len(low) and tokens[end].kind == "word" and tokens[end].text[0].isupper() and tokens[at].text[0].isupper()
    ):
        end += 1
    if end < len(low) and tokens[end].kind == "number" and len(low[end]) == 4:
        end += 1
        if end + 1 < len(low) and low[end] in "–-" and tokens[end + 1].kind == "number":
            end += 2
    offset = tagged.sentence.span.start
    return tagged.sentence.text[tokens[start].start - offset : tokens[end - 1].end - offset]
