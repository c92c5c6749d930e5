"""Bounds: at least, at most, about. A negation turns a comparative round ("inte överstiga", "inte mer än").

Here: the words in front of a number. Not here: the number (quantities).
"""

from orchestration.extraction.language.words import Tagged, bit

_AT_MOST, _NEGATION, _ABOUT = bit("at_most"), bit("negation"), bit("about")
_BOUNDED = bit("at_least", "at_most")
_NEVER_NEGATED = frozenset(
    {"minst", "högst", "max", "lägst", "maximalt", "åtminstone", "mest", "minimum", "maximum", "under"}
)
_TRANSPARENT = frozenset(
    {
        "en",
        "ett",
        "i",
        "till",
        "mellan",
        "om",
        "med",
        "på",
        "uppgå",
        "vara",
        "bli",
        "än",
        "ha",
        "får",
        "ska",
        "de",
        "gå",
    }
)
_FARTHEST = 5
"""Words between a bound and its number at most."""
_NEGATION_REACH, _FAR_NEGATION_REACH = 4, 8


def bound_of(tagged: Tagged, i: int) -> str | None:
    """The bound that the words before the token `i` give; None without one."""
    for at in range(i - 1, max(-1, i - 1 - _FARTHEST), -1):
        tags = tagged.tags[at]
        if tags & _BOUNDED:
            is_most = bool(tags & _AT_MOST)
            reach = _FAR_NEGATION_REACH if tagged.low[at] == "än" else _NEGATION_REACH
            negated = tagged.low[at] not in _NEVER_NEGATED and any(
                mask & _NEGATION for mask in tagged.tags[max(0, at - reach) : at]
            )
            return "at_most" if is_most != negated else "at_least"
        if tags & _ABOUT:
            return "about"
        if tagged.tokens[at].kind != "word" or tagged.low[at] not in _TRANSPARENT:
            return None
    return None
