"""What a sentence says of goals and documents already named: a remark on the last goal, a disclaimer, a document.

Here: changes to the running context. Not here: finding goals (find).
"""

from dataclasses import replace

from orchestration.extraction.clauses.clause import Clause
from orchestration.extraction.clauses.decisions import decision_in
from orchestration.extraction.clauses.documents import find_document, says_again
from orchestration.extraction.clauses.reading import Reading
from orchestration.extraction.goals.context import (
    GoalContext,
)
from orchestration.extraction.goals.tags import MEASURES, MUST, WAS
from orchestration.extraction.language.words import Tagged, bit

_DISCLAIMED, _OTHERS_HEADING = bit("disclaimed"), bit("others_heading")


def tells_of_last(clause: Clause, context: GoalContext, number: int) -> bool:
    """ "Det senare är än så länge en viljeinriktning", "Det målet missades": a remark on the goal just stated, whose
    status it gives. True where the clause holds nothing else."""
    if context.last is None or not context.goals or number - context.last_at != 1:
        return False
    low = clause.low
    is_anaphor = low[:2] in (["det", "målet"], ["det", "senare"], ["det", "kravet"], ["detta", "mål"]) or (
        low[0] in ("det", "detta") and len(low) > 1 and bool(clause.tagged.tags[clause.i + 1] & WAS)
    )
    if (
        not is_anaphor
        or clause.mask & MEASURES
        or clause.years
        or clause.mask & MUST
        or context.goals[-1] is not context.last
    ):
        return False
    for mask, status in _REMARKS:
        if clause.mask & mask:
            context.last = context.goals[-1] = replace(context.last, status=status)
            return True
    return False


_REMARKS = (
    (bit("superseded"), "superseded"),
    (bit("achieved"), "achieved"),
    (bit("referral"), "on_referral"),
    (bit("proposal", "undecided"), "proposed"),
    (bit("declared"), "declared"),
)


def disclaim(context: GoalContext, number: int) -> None:
    """The goal just stated is said to be no commitment: it is somebody else's."""
    if context.goals and number - context.sentences[-1] <= 1 and context.goals[-1].governing_document is None:
        context.goals[-1] = replace(context.goals[-1], ownership="external")


def note_document(reading: Reading, context: GoalContext, number: int) -> None:
    """Keep the governing document that a sentence names, with its decision, for the goals that follow."""
    if not reading.tagged.mask & bit("document", "document_again"):
        return
    name = find_document(reading.tagged)
    if name is not None:
        context.document_name, context.document_mask = name, _settled(reading.tagged)
        context.decision = decision_in(reading.tagged, context.year)
        context.document_at = number
    elif says_again(reading.tagged):
        context.document_at = number
        if reading.tagged.mask & bit("referral", "proposal", "adopted"):
            context.document_mask = reading.tagged.mask


def _settled(tagged: Tagged) -> int:
    """The tags of a sentence that names a document; a referral that lies behind its decision is none any more."""
    mask = tagged.mask
    if mask & bit("adopted") and mask & bit("referral") and "efter" in tagged.low:
        mask &= ~bit("referral")
    return mask
