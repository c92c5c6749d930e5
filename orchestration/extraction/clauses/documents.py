"""Governing documents named in a sentence: "Klimatprogram 2022–2030", "energi- och klimatprogram", "måltidspolicyn".

Here: the stretch of text that names one. Not here: which goals stem from it (goals).
"""

from collections.abc import Iterator

from orchestration.extraction.language.words import Tagged, bit

_DOCUMENT, _AGAIN = bit("document"), bit("document_again")
_BEFORE = frozenset({"och", "-"})


def find_document(tagged: Tagged, before: int | None = None) -> str | None:
    """The governing document named last before the token `before`, else the first in the sentence; None without one."""
    names = [(at, name) for at, name in _names(tagged) if not _is_replaced(tagged, at)] or list(_names(tagged))
    earlier = [name for at, name in names if before is None or at < before]
    if before is not None and earlier:
        return earlier[-1]
    return names[0][1] if names else None


def _names(tagged: Tagged) -> Iterator[tuple[int, str]]:
    for at, tags in enumerate(tagged.tags):
        if tags & _DOCUMENT and not tags & _AGAIN:
            yield at, _name(tagged, at)
        if tagged.low[at] in _BARE and tagged.low[at + 1 : at + 2] == ["för"] and tagged.tokens[at].text[0].isupper():
            yield at, _name(tagged, at)
        if (
            tags & _AGAIN
            and at + 2 < len(tagged.low)
            and tagged.low[at + 1] in ("för",)
            and tagged.tokens[at].text[0].isupper()
        ):
            yield at, _name(tagged, at)


def _is_replaced(tagged: Tagged, at: int) -> bool:
    """ "som ersätter den gamla energistrategin", "klimatstrategin ersatts av": the document that went."""
    before, behind = tagged.low[max(0, at - 4) : at], tagged.low[at + 1 : at + 5]
    return any(low.startswith(_REPLACING) for low in before) or (
        any(low.startswith("ersatt") or low.startswith("ersätts") for low in behind) and "av" in behind
    )


_REPLACING = ("ersätter", "ersatte", "avlöser", "gamla", "förra", "förutvarande")
_BARE = frozenset({"plan", "program", "strategi", "policy", "budget"})
_LONGEST_TITLE = 8
"""Words of a title behind "för" at most."""


def says_again(tagged: Tagged) -> bool:
    """Whether the sentence speaks of the document named before ("programmet", "förslaget")."""
    return any(tags & _AGAIN for tags in tagged.tags)


def _titled_end(tagged: Tagged, at: int) -> int:
    """Where "… för klimat och energi 2021–2026" ends in front of its years; 0 where no years close the title."""
    if tagged.low[at : at + 1] != ["för"] or tagged.low[at + 1 : at + 2] in (["åren"], ["perioden"], ["år"]):
        return 0
    for end in range(at + 1, min(at + 1 + _LONGEST_TITLE, len(tagged.low) - 1)):
        if tagged.tokens[end].kind == "number":
            return end if len(tagged.low[end]) == 4 and tagged.low[end + 1] in "–-" else 0
        if tagged.tokens[end].kind == "mark" and tagged.low[end] != "-":
            return 0
    return 0


def _name(tagged: Tagged, at: int) -> str:
    tokens, low = tagged.tokens, tagged.low
    start = at
    if at >= 2 and low[at - 1] == "och" and len(low[at - 2]) > 1 and low[at - 2].endswith("-"):
        start = at - 2
    elif at >= 3 and low[at - 1] == "och" and low[at - 2] == "-" and tokens[at - 2].start == tokens[at - 3].end:
        start = at - 3
    end = at + 1
    titled = _titled_end(tagged, end)
    if titled:
        end = titled
    elif end < len(low) and low[end] == "för" and end + 1 < len(low):
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
