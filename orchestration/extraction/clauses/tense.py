"""Past forms of Swedish verbs, by their endings.

Here: whether a clause speaks of what has been. Not here: modality (goals.modes).
"""

from orchestration.extraction.clauses.clause import Clause

_PAST = ("ade", "ades", "ats", "its", "tts", "dde", "ddes", "tes", "ldes", "ndes", "rdes", "gdes", "jdes", "reds")
_SUPINE = ("at", "it", "tt", "rt", "ts")


def has_past(clause: Clause) -> bool:
    """Whether a word has the form of a past tense or, behind har/hade, of a supine. The first word may be an
    adjective ("halverade utsläpp") and does not count."""
    is_perfect = clause.low[0] in ("har", "hade")
    for low in clause.low[1:]:
        if low.endswith(_PAST) and len(low) > 5:
            return True
        if is_perfect and low.endswith(_SUPINE) and len(low) > 4:
            return True
        is_perfect = is_perfect or low in ("har", "hade")
    return False
