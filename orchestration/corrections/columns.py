"""The columns of raw/corrections.csv: what each holds, in both languages, and which kind of fact has which attribute.

Here: the shape of the file. Not here: reading (reading), applying (applying) or writing it (review).
"""

from typing import Literal, NamedTuple

Kind = Literal["goal", "outcome", "initiative"]
Action = Literal["accept", "reject", "edit", "add"]


class ColumnHelp(NamedTuple):
    """What a column holds, for the two comment lines below the header."""

    sv: str
    en: str


KEY_COLUMNS: dict[str, ColumnHelp] = {
    "contract_version_id": ColumnHelp("kommun-år, t.ex. lund-2023", "municipality-year, e.g. lund-2023"),
    "kind": ColumnHelp("goal (mål), outcome (resultat) eller initiative (insats)", "goal, outcome or initiative"),
    "quote": ColumnHelp("orden i texten, exakt", "the words of the text, exactly"),
    "nr": ColumnHelp("1, 2 … om flera har samma citat, annars tomt", "1, 2 … where several share the quote, else empty"),
    "action": ColumnHelp(
        "accept (godkänn), reject (avvisa), edit (ändra), add (lägg till); tomt: inte bedömd än",
        "accept, reject, edit, add; empty: not judged yet",
    ),
    "who": ColumnHelp("vem som bedömt", "who judged"),
    "when": ColumnHelp("datum, ÅÅÅÅ-MM-DD", "date, YYYY-MM-DD"),
    "why": ColumnHelp("skälet", "the reason"),
    "confidence": ColumnHelp("läsarens säkerhet; används inte", "the extractor's confidence; not read"),
}

ATTRIBUTES: dict[str, ColumnHelp] = {
    "goal_type": ColumnHelp("måltyp, kod", "goal type, code"),
    "target_form": ColumnHelp("målform, kod", "target form, code"),
    "outcome_type": ColumnHelp("resultattyp, kod", "outcome type, code"),
    "name": ColumnHelp("insatsens namn", "name of the initiative"),
    "initiative_type": ColumnHelp("insatstyp, kod", "initiative type, code"),
    "status": ColumnHelp("status, kod", "status, code"),
    "scope": ColumnHelp("omfattning, kod", "scope, code"),
    "sector": ColumnHelp("sektor, kod", "sector, code"),
    "value": ColumnHelp("värde; - tömmer", "value; - clears it"),
    "value_max": ColumnHelp("övre värde i ett spann", "upper end of an interval"),
    "unit": ColumnHelp("enhet, kod", "unit, code"),
    "direction": ColumnHelp("riktning, kod", "direction, code"),
    "bound": ColumnHelp("gräns, kod", "bound, code"),
    "baseline_year": ColumnHelp("basår", "baseline year"),
    "baseline_value": ColumnHelp("värde basåret", "value in the baseline year"),
    "target_year": ColumnHelp("målår", "target year"),
    "effective_year": ColumnHelp("gäller från år", "holds from year"),
    "year": ColumnHelp("resultatets år", "year of the outcome"),
    "start_year": ColumnHelp("startår", "first year"),
    "end_year": ColumnHelp("slutår", "last year"),
    "gas": ColumnHelp("gas, kod", "gas, code"),
}

COLUMNS = (*KEY_COLUMNS, *ATTRIBUTES)
REQUIRED_COLUMNS = ("contract_version_id", "kind", "quote", "action", "who", "when", "why")

OF_KIND: dict[Kind, frozenset[str]] = {
    "goal": frozenset({
        "goal_type", "target_form", "status", "scope", "sector", "value", "value_max", "unit", "direction", "bound",
        "baseline_year", "baseline_value", "target_year", "effective_year", "gas",
    }),
    "outcome": frozenset({
        "outcome_type", "scope", "sector", "value", "value_max", "unit", "direction", "bound", "baseline_year", "year",
        "gas",
    }),
    "initiative": frozenset({"name", "initiative_type", "status", "sector", "start_year", "end_year"}),
}  # fmt: skip
NEEDED_TO_ADD: dict[Kind, tuple[str, ...]] = {
    "goal": ("goal_type", "target_form"), "outcome": ("outcome_type",), "initiative": ("name", "initiative_type"),
}  # fmt: skip
NEVER_EMPTY = frozenset({
    "goal_type", "target_form", "outcome_type", "initiative_type", "status", "scope", "sector", "name",
})  # fmt: skip
NUMBERS = frozenset({"value", "value_max", "baseline_value"})
YEARS = frozenset({"baseline_year", "target_year", "effective_year", "year", "start_year", "end_year"})

ACTIONS: dict[str, Action] = {
    "accept": "accept", "godkänn": "accept", "godkänd": "accept", "reject": "reject", "avvisa": "reject",
    "avvisad": "reject", "edit": "edit", "ändra": "edit", "ändrad": "edit", "add": "add", "lägg till": "add",
}  # fmt: skip
KINDS: dict[str, Kind] = {
    "goal": "goal", "mål": "goal", "outcome": "outcome", "resultat": "outcome", "initiative": "initiative",
    "insats": "initiative",
}  # fmt: skip
CLEARED = "-"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def code_list(attribute: str, kind: Kind) -> str | None:
    """The seed that lists an attribute's codes; None where it has no codes."""
    if attribute == "status":
        return f"codes_{kind}_status"
    if attribute in NUMBERS or attribute in YEARS or attribute == "name":
        return None
    return f"codes_{attribute}"
