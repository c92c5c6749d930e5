"""Whose contract a text is and of which year, by each source and where they disagree."""

from datetime import date
from pathlib import Path, PurePosixPath

import pytest

from orchestration.contracts.identity import identify
from orchestration.contracts.manifest import ManifestEntry
from orchestration.contracts.municipalities import Register
from orchestration.contracts.reading import read
from orchestration.contracts.source import SourceText, UnreadableFile
from tests.documents.contract import READABLE, gold_text

ROOT = Path(__file__).parents[3]
REGISTER = Register.from_csv(ROOT / "dbt_project/seeds/municipalities.csv")
UNTOLD = PurePosixPath("inkommet/fil.txt")
COVER = """VERSION 2023
Klimatkontrakt 2030
Mellan {name} och myndigheterna
Energimyndigheten, Vinnova, Formas, Tillväxtverket samt Viable Cities.

1. Syftet med Klimatkontrakt 2030
Kontraktet är ett sätt att samarbeta.
"""


def told(text: str, path: PurePosixPath = UNTOLD, entry: ManifestEntry | None = None, line: int | None = None):
    return identify(SourceText(text, line), path, REGISTER, entry)


def first_texts() -> list[str]:
    folder = ROOT / "tests/gold/first_texts"
    return sorted(path.stem for path in folder.glob("*.txt"))


EXPECTED = {
    "Järfälla": ("2023", "inferred"), "Lund": ("2023", "inferred"), "Enköping": ("2023", "inferred"),
    "Karlstad": ("2023", "stated"), "Östersund": ("2023", "inferred"), "Eskilstuna": ("2023", "inferred"),
    "Borlänge": ("unknown", "unknown"), "Umeå": ("2023", "inferred"), "Kristianstad": ("unknown", "unknown"),
    "Växjö": ("2023", "ordinal"),
}  # fmt: skip


@pytest.mark.parametrize("name", first_texts())
def test_the_first_texts_tell_their_municipality_and_what_year_they_can(name):
    found = told(gold_text(name, "first_texts"))
    year, basis = EXPECTED[name]
    assert (found.municipality.name, found.municipality_basis) == (name, "text")
    assert (str(found.version_year or "unknown"), found.version_year_basis) == (year, basis)


@pytest.mark.parametrize("name", READABLE)
def test_whole_contracts_are_known_by_their_covers(name):
    found = told(gold_text(name))
    assert found.contract_version_id == name
    assert (found.municipality_basis, found.version_year_basis) == ("cover", "cover")
    assert found.flags == ()


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Falu kommun", "Falun"), ("MALMÖ STAD", "Malmö"), ("Göteborgs Stad", "Göteborg"),
        ("Region Gotland", "Gotland"), ("Stockholms stad", "Stockholm"),
        ("Upplands-Bro kommun", "Upplands-Bro"), ("Marks kommun", "Mark"),
        ("Växjö kommun", "Växjö"), ("Upplands Väsby kommun", "Upplands Väsby"),
    ],
)  # fmt: skip
def test_covers_name_municipalities_in_their_own_manner(written, name):
    assert told(COVER.format(name=written)).municipality.name == name


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("lund/2023.pdf", "lund-2023"), ("jarfalla/2022.txt", "jarfalla-2022"), ("järfälla-2021.docx", "jarfalla-2021"),
        ("Klimatkontrakt 2030 Malmö stad 2024.pdf", "malmo-2024"), ("2022/gotland.html", "gotland-2022"),
        ("falu-kommun/version_2020_signerad.pdf", "falun-2020"), ("Upplands-Väsby/2023.md", "upplands-vasby-2023"),
    ],
)  # fmt: skip
def test_paths_tell_municipality_and_year(path, expected):
    found = told("Kommunen arbetar vidare.", PurePosixPath(path))
    assert found.contract_version_id == expected
    assert (found.municipality_basis, found.version_year_basis) == ("path", "path")


def test_words_of_a_path_that_are_also_municipalities_need_to_stand_alone():
    text = COVER.format(name="Lunds kommun")
    assert told(text, PurePosixPath("utredning-mark-och-vatten/2023.pdf")).municipality.name == "Lund"


def test_the_manifest_wins_over_path_cover_and_text_and_says_so():
    entry = ManifestEntry("lund/2022.txt", municipality_id="1280", version_year=2024)
    found = told(COVER.format(name="Lunds kommun"), PurePosixPath("lund/2022.txt"), entry)
    assert found.contract_version_id == "malmo-2024"
    assert (found.municipality_basis, found.version_year_basis) == ("manifest", "manifest")
    assert set(found.flags) == {"municipality_conflict", "version_year_conflict"}


def test_the_path_wins_over_the_cover_and_says_so():
    found = told(COVER.format(name="Lunds kommun"), PurePosixPath("malmo/2022.pdf"))
    assert found.contract_version_id == "malmo-2022"
    assert set(found.flags) == {"municipality_conflict", "version_year_conflict"}


def test_sources_that_agree_raise_no_flag():
    assert told(COVER.format(name="Lunds kommun"), PurePosixPath("lund/2023.pdf")).flags == ()


def test_a_line_of_a_collection_takes_nothing_from_the_path():
    text = "Viktigaste uppdateringar för kommunen. Umeå kommun har under 2023 antagit en plan. Umeå växer."
    found = told(text, PurePosixPath("lund/2021.txt"), line=3)
    assert found.contract_version_id == "umea-2023"


def test_a_masked_name_is_no_name():
    text = COVER.format(name="Xxxxx kommun")
    with pytest.raises(UnreadableFile) as refusal:
        told(text)
    assert refusal.value.code == "unknown_municipality"


def test_a_municipality_outside_sweden_is_refused_by_its_name():
    text = COVER.format(name="Oslo kommune") + "Lunds kommun och Lund är förebilder för oss. Lund, Lund."
    with pytest.raises(UnreadableFile) as refusal:
        told(text)
    assert refusal.value.code == "unknown_municipality"
    assert "Oslo" in refusal.value.reason


def test_short_names_that_are_words_need_a_municipalitys_context():
    with pytest.raises(UnreadableFile):
        told("Mark och vatten är viktigt. Mark ska skyddas. Berg sprängs. Mark köps in.")
    assert told("Marks kommun har antagit en plan. Mark är vackert.").municipality.name == "Mark"


def test_universities_and_regions_do_not_stand_for_their_city():
    text = "Lunds universitet, Lunds universitet och Region Uppsala forskar med Eslövs kommun. Eslöv leder."
    assert told(text).municipality.name == "Eslöv"


def test_two_municipalities_named_as_often_are_left_to_the_manifest():
    with pytest.raises(UnreadableFile) as refusal:
        told("Lunds kommun och Malmö stad samarbetar. Lunds kommun leder, Malmö stad betalar.")
    assert refusal.value.code == "ambiguous_municipality"
    assert "Lund" in refusal.value.reason
    assert "Malmö" in refusal.value.reason


@pytest.mark.parametrize("path", ["lund/1999.pdf", "lund/2099.pdf", "lund-1999.txt"])
def test_a_year_in_which_no_contract_was_written_is_refused(path):
    with pytest.raises(UnreadableFile) as refusal:
        told("Lunds kommun.", PurePosixPath(path))
    assert refusal.value.code == "implausible_year"


def year(text: str, municipality: str = "lund"):
    found = told(text, PurePosixPath(f"{municipality}/fil.txt"))
    return found.version_year, found.version_year_basis


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023 års version av Klimatkontrakt 2030 är här.", (2023, "stated")),
        ("Kontraktet undertecknas den 6 december 2024 av parterna.", (2024, "stated")),
        ("Under 2022 har vi byggt. Målet är 2030.", (2022, "inferred")),
        ("Arbetet fortsätter under 2024. Under 2023 gjordes en plan.", (2023, "inferred")),
        ("Från och med 2024 har kommunen ett nytt mål.", (None, "unknown")),
        ("Vi ska vara klimatneutrala till år 2030.", (None, "unknown")),
        ("Under 2022–2024 samarbetar vi med universitetet.", (2022, "inferred")),
        ("Strategin för perioden 2024–2027 har antagits.", (None, "unknown")),
        ("Vi har fått i uppdrag att inleda arbetet under 2024.", (None, "unknown")),
        ("Det första klimatkontraktet signerades den 11 december 2020.", (2020, "inferred")),
    ],
)
def test_the_year_is_the_latest_spoken_of_as_past_or_present_and_never_a_target(text, expected):
    assert year(text) == expected


def test_ordinals_count_from_2020_for_the_nine_that_signed_then():
    assert year("Detta är kommunens fjärde klimatkontrakt.", "vaxjo") == (2023, "ordinal")


def test_ordinals_of_others_tell_no_year():
    assert year("Detta är kommunens fjärde klimatkontrakt.", "kalmar") == (None, "unknown")


def test_the_day_of_signing_is_kept():
    found = told(COVER.format(name="Lunds kommun") + "9. Kontraktet\nKontraktet tecknades den 8 december 2023.\n")
    assert found.signed_date == date(2023, 12, 8)


def test_the_day_of_an_earlier_contract_is_not_this_ones():
    found = told(COVER.format(name="Lunds kommun") + "Det första kontraktet tecknades den 11 december 2020.\n")
    assert found.signed_date is None


def test_a_cover_of_2020_dates_the_contract_without_a_version_line():
    text = (
        COVER.format(name="Lunds kommun").replace("VERSION 2023\n", "").replace("Cities.", "Cities.\n11 DECEMBER 2020")
    )
    assert (told(text).version_year, told(text).signed_date) == (2020, date(2020, 12, 11))


def test_a_collection_gives_a_document_a_line():
    lines = ["Viktigaste uppdateringar för kommunen. Lunds kommun bygger.",
             "Viktigaste uppdateringar för kommunen. Malmö stad river."]  # fmt: skip
    texts = read(("\n".join([lines[0], "", lines[1]])).encode(), "klausuler.txt").texts
    assert [(text.line, text.raw) for text in texts] == [(1, lines[0]), (3, lines[1])]
