"""How binding a goal is: proposed, on referral, adopted, in force, declared, achieved, superseded.

Here: status from the cues of a clause and its sentence. Not here: whether there is a goal.
"""

from itertools import pairwise

from orchestration.extraction.clauses.clause import Clause
from orchestration.extraction.language.words import bit

_SUPERSEDED, _ACHIEVED, _FORMER = bit("superseded"), bit("achieved"), bit("former")
_REFERRAL, _PROPOSAL, _ADOPTED = bit("referral"), bit("proposal"), bit("adopted")
_IN_FORCE, _DECLARED, _AIM, _MUST = bit("in_force"), bit("declared"), bit("aim_noun"), bit("must")
_OWN = bit("own")


_WAS_REACHED = frozenset({"nåddes", "uppnåddes", "infriades", "uppfylldes", "klarades", "överträffades"})
_CARRIED_BY = frozenset({"bifallits", "bifölls", "klubbades", "klubbats"})


def goal_status(clause: Clause, sentence_mask: int, context_mask: int, *, has_document: bool) -> str:
    """The status code of a goal. `context_mask`: tags of the sentence in which the governing document was named."""
    low = clause.low
    is_past = "skulle" in low and not clause.mask & _PROPOSAL
    if _was_missed(clause):
        return "superseded"
    if clause.mask & _ACHIEVED and (not _is_future(clause) or _WAS_REACHED & set(low)):
        return "achieved"
    named = clause.mask | (clause.left.mask if clause.opened_by == "att" and clause.left is not None else 0)
    if clause.mask & _ACHIEVED and named & _AIM and _closes_with(clause, _ACHIEVED):
        return "achieved"
    if is_past and sentence_mask & _ACHIEVED:
        return "achieved"
    if clause.mask & _SUPERSEDED and (
        clause.mask & (_AIM | _FORMER | _PROPOSAL)
        or is_past
        or _WORDINGS & set(low)
        or _closes_with(clause, _SUPERSEDED, 4)
    ):
        return "superseded"
    if (is_past and sentence_mask & (_SUPERSEDED | _FORMER)) or (clause.mask & _FORMER and clause.mask & _AIM):
        return "achieved" if sentence_mask & _ACHIEVED else "superseded"
    governing = clause.left.mask if clause.opened_by == "att" and clause.left is not None else 0
    said = set(clause.left.low) if governing and clause.left is not None else set()
    if said & _PLEDGING and not governing & (_ADOPTED | _PROPOSAL):
        return "proposed" if _is_a_boards_wish(clause.left) else "declared"
    if (said | set(low)) & _HOLDING and not (clause.mask | governing) & (_PROPOSAL | _REFERRAL | _ADOPTED):
        return "in_force"
    if not sentence_mask & (_REFERRAL | _PROPOSAL) and context_mask & _REFERRAL:
        if sentence_mask & _ADOPTED:
            return "adopted"
        if sentence_mask & _IN_FORCE:
            return "in_force"
    own = sentence_mask | context_mask
    if _CARRIED_BY & set(clause.tagged.low):
        return "adopted"
    if own & _REFERRAL and not _is_after_referral(clause, own) and not _is_decided_since(clause):
        return "on_referral"
    if sentence_mask & _PROPOSAL:
        return "proposed"
    if own & _ADOPTED:
        return "adopted"
    if context_mask & _PROPOSAL and not has_document:
        return "proposed"
    if sentence_mask & _IN_FORCE:
        return "in_force"
    if has_document:
        return "adopted"
    if (
        clause.opened_by != "att"
        and "att" in clause.low
        and _WISHING & set(clause.low[:4])
        and clause.tagged.tags[clause.i] & _OWN
        and clause.low[0].endswith(_BOARDS)
    ):
        return "proposed"
    return "declared" if (clause.mask | governing) & _DECLARED else "in_force"


def _closes_with(clause: Clause, mask: int, reach: int = 2) -> bool:
    """ "målet att … ska vara ekologisk är nu uppnått": what is said of the goal stands last."""
    behind = range(max(clause.i, clause.j - reach), clause.j)
    return any(clause.tagged.tags[at] & mask for at in behind) and bool(_SAID & set(clause.low[-reach - 2 :]))


_SAID = frozenset({"är", "har", "stryks", "kvarstår", "utgår"})


_WORDINGS = frozenset({"formuleringen", "skrivningen", "löftet", "lydelsen", "utgångna", "utgånget", "strukna"})


def _was_missed(clause: Clause) -> bool:
    """ "nåddes inte", "uppnåddes ej och ersätts": the goal went without being met."""
    low = clause.low
    return any(one in _WAS_REACHED and other in ("inte", "ej", "aldrig") for one, other in pairwise(low))


def _is_a_boards_wish(clause: Clause | None) -> bool:
    """ "Byggnadsnämnden vill att": a board's wish is a proposal to the council."""
    return (
        clause is not None and bool(_WISHING & set(clause.low)) and any(low.endswith(_BOARDS) for low in clause.low[:4])
    )


_PLEDGING = frozenset({"vill", "lovat", "lovar", "hoppas", "önskar", "strävar", "siktar"})
_HOLDING = frozenset({"gäller", "gällande", "kvarstår"})
_BOARDS = ("nämnden", "beredningen", "utskottet", "förvaltningen", "kontoret")


def _is_after_referral(clause: Clause, mask: int) -> bool:
    """ "Efter remissen antog fullmäktige": the referral lies behind."""
    return bool(mask & _ADOPTED) and "efter" in clause.tagged.low


def _is_decided_since(clause: Clause) -> bool:
    """ "den ram som var på remiss är nu fastställd": the decision stands behind the referral in the sentence."""
    tags = clause.tagged.tags
    if not clause.tagged.mask & _REFERRAL or not clause.tagged.mask & _ADOPTED:
        return False
    last = max(at for at, tag in enumerate(tags) if tag & _REFERRAL)
    return any(tags[at] & _ADOPTED for at in range(last + 1, len(tags)))


_WISHING = frozenset({"vill", "önskar", "anser", "menar", "tycker"})


def _is_future(clause: Clause) -> bool:
    return bool(clause.mask & _MUST) and "ska" in clause.low
