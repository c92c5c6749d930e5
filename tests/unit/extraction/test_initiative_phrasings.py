"""What a climate strategist might write of initiatives and how far they have come; no line is from an annotated text.

Each line: a text, a word of the initiative's name, the statuses that the guide (tests/gold/GUIDE.md) accepts.
"""

import pytest

from orchestration.contracts.document import divide
from orchestration.contracts.municipalities import municipalities
from orchestration.extraction.facts import Initiative
from orchestration.extraction.initiatives.find import find_initiatives

OWN = municipalities().named("Säffle")


def find(text: str) -> tuple[Initiative, ...]:
    return find_initiatives(divide("Viktigaste uppdateringar för kommunen\n\n" + text), OWN)


def named(text: str, part: str) -> Initiative | None:
    return next((found for found in find(text) if part.casefold() in found.name.casefold()), None)


PHRASINGS = [
    # cancelled
    ("Planerna på ett vätgasnav har runnit ut i sanden.", "vätgasnav", "cancelled"),
    ("Klimatmässan blev aldrig av.", "klimatmässa", "cancelled"),
    ("Försöket med eldrivna snöplogar gick i stöpet.", "snöplog", "cancelled"),
    ("Den planerade solparken i Värmlandsbro har strukits ur budgeten.", "solpark", "cancelled"),
    ("Fullmäktige röstade ned förslaget om en lokal klimatskatt.", "klimatskatt", "cancelled"),
    ("Bilpoolsavtalet sades upp i mars.", "bilpoolsavtal", "cancelled"),
    ("Kommunen har hoppat av nätverket Gröna hamnar.", "Gröna hamnar", "cancelled"),
    ("Ett reparationskafé prövades men har upphört.", "reparationskafé", "cancelled"),
    ("Laddhubben vid E45: avbeställd.", "laddhubb", "cancelled"),
    (
        "Vi ville bygga en biogasmack vid hamnen, men kalkylen höll inte och vi har lagt ner den tanken.",
        "biogasmack",
        "cancelled",
    ),
    # paused
    ("Cykelgaraget vid stationen ligger på is i väntan på statliga medel.", "cykelgarage", "paused"),
    ("Arbetet med en klimatbudget har avstannat.", "klimatbudget", "paused"),
    ("Grönstrukturplanen är satt på paus sedan planarkitekten slutade.", "grönstrukturplan", "paused"),
    ("Upphandlingen av elbussar är överklagad.", "elbuss", "paused"),
    ("Skyfallsplanen har fått stå tillbaka för andra uppdrag.", "skyfallsplan", "paused"),
    ("Utbyggnaden av fjärrkylan är framskjuten till 2028.", "fjärrkyla", "paused planned"),
    ("Koldioxidbudgeten återremitterades i november.", "koldioxidbudget", "paused proposed"),
    ("Ekobyn har lagts på hyllan tills vidare. Solhusprojektet likaså: vilande.", "solhusprojekt", "paused"),
    # idea
    ("Vi funderar på en klimatfond.", "klimatfond", "idea"),
    ("Frågan om en bilfri innerstad har väckts.", "bilfri innerstad", "idea"),
    ("Ett klimatmuseum är än så länge bara en tanke.", "klimatmuseum", "idea"),
    ("På önskelistan står en cykelbro över kanalen.", "cykelbro", "idea"),
    ("Det har pratats om en energipark vid flygfältet.", "energipark", "idea"),
    # proposed
    ("Avfallsplanen ställs ut för granskning till den sista mars.", "avfallsplan", "proposed"),
    ("En ny taxa för parkering ska upp i kommunfullmäktige i juni.", "taxa", "proposed planned"),
    ("Förslaget till trädpolicy skickades på remiss i oktober.", "trädpolicy", "proposed"),
    ("Klimatprogram 2026–2035 väntar på antagande.", "Klimatprogram", "proposed in_preparation"),
    ("Energiplanen är utskickad till nämnderna för synpunkter.", "energiplan", "proposed in_preparation"),
    # planned
    ("Nästa år öppnar vi ett fixartek i biblioteket.", "fixartek", "planned"),
    ("Till våren startar en kampanj mot tomgångskörning.", "kampanj", "planned"),
    ("En laddplan står på tur.", "laddplan", "planned"),
    ("Byggstart för värmelagret är satt till 2027.", "värmelag", "planned decided"),
    ("I budgeten för 2026 finns medel avsatta för en klimatcoach.", "klimatcoach", "planned decided"),
    ("Vi avser att inrätta ett energiråd.", "energiråd", "planned"),
    ("Spaden sätts i jorden för kretsloppsparken i september.", "kretsloppspark", "planned"),
    # in preparation
    ("En plan för klimatanpassning är under uppbyggnad.", "klimatanpassning", "in_preparation ongoing"),
    ("Tjänstepersoner skissar på en mobilitetshub.", "mobilitetshub", "in_preparation"),
    ("En livsmedelsstrategi håller på att skrivas.", "livsmedelsstrategi", "in_preparation"),
    ("Arbetet med att ta fram en masshanteringsplan har påbörjats.", "masshanteringsplan", "in_preparation ongoing"),
    ("Ett avtal om spillvärme förhandlas med sågverket.", "spillvärme", "in_preparation"),
    ("Vi har sökt pengar ur Klimatklivet till en biogasanläggning.", "biogasanläggning", "in_preparation planned"),
    # decided
    ("Kommunstyrelsen klubbade i mars en riktlinje för flygresor.", "riktlinje", "decided"),
    ("Bygglovet är klart för solcellstaket på ishallen.", "solcellstak", "decided planned"),
    ("Fullmäktige har sagt ja till en kommunal elbilspool.", "elbilspool", "decided"),
    ("Miljöprogrammet fastställdes den 12 juni.", "miljöprogram", "decided"),
    # ongoing
    ("Utbytet av gatlampor rullar på.", "gatlampor", "ongoing"),
    ("Projektet Hållbar fritid är inne på sitt andra år.", "Hållbar fritid", "ongoing"),
    ("Skolgårdsodlingarna fortsätter under 2025.", "skolgårdsodling", "ongoing"),
    ("Ombyggnaden av reningsverket pågår för fullt.", "ombyggnad", "ongoing"),
    ("Vi har dragit igång en studiecirkel om klimat.", "studiecirkel", "ongoing established"),
    ("Samarbetet med Åmål om kollektivtrafik har förlängts till 2027.", "samarbete", "ongoing established"),
    # established
    (
        "Sedan årsskiftet har vi en klimatkalkyl i alla investeringsärenden.",
        "klimatkalkyl",
        "established ongoing decided",
    ),
    ("Prylbiblioteket slog upp dörrarna i september.", "prylbibliotek", "established ongoing completed"),
    ("Den nya elpannan är i full drift.", "elpanna", "established completed ongoing"),
    ("Klimatrådet har tillsatts och består av nio ledamöter.", "klimatråd", "established completed ongoing"),
    ("Badet fick i somras ett nytt värmelager.", "värmelager", "established completed"),
    ("Torget fick i våras en mobilitetshub med lånecyklar.", "mobilitetshub", "established completed"),
    ("Elcyklarna i hemtjänsten har blivit vardag.", "elcyklar", "established ongoing completed"),
    # completed
    ("Energikartläggningen av skolorna är i hamn.", "energikartläggning", "completed established"),
    ("Klimatdagen samlade 400 besökare.", "klimatdag", "completed"),
    ("Förstudien om fjärrvärme till Nysäter är slutredovisad.", "förstudie", "completed"),
    ("Projektet Delad mobilitet gick i mål i juni.", "Delad mobilitet", "completed"),
    ("Möjligheten att lagra värme i gruvan har utretts av Sweco.", "lagra värme", "completed ongoing"),
    # rubrics of notes
    ("GJORT – Klimatkurs för rektorer. EJ GJORT – Klimatinvesteringsplan.", "klimatinvesteringsplan", "paused planned"),
    ("GJORT – Klimatkurs för rektorer. EJ GJORT – Klimatinvesteringsplan.", "klimatkurs", "completed"),
    ("PÅ GÅNG\n\n• Trädplan för centrum\n• Klimatkurs för rektorer", "klimatkurs", "ongoing in_preparation"),
    ("Stopp\n\n• Biokolsanläggning i Kila", "biokolsanläggning", "cancelled"),
]


@pytest.mark.parametrize(("text", "part", "accepted"), PHRASINGS)
def test_an_initiative_is_found_with_its_status(text: str, part: str, accepted: str) -> None:
    found = named(text, part)
    assert found is not None, [initiative.name for initiative in find(text)]
    assert found.status in accepted.split()


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Gapanalysen (Trivector, juni) visar att bilresorna ökar.", "Trivector"),
        ("Förstudien om spillvärme, utförd av Sweco, är klar.", "Sweco"),
        ("Kommunen deltar i projektet Gröna stråket tillsammans med danska Middelfart.", "Middelfart"),
        ("Klimatrådet leds av Karlstads universitet.", "Karlstads universitet"),
        ("Projektet Hela resan drivs ihop med HEMAB och Region Värmland.", "HEMAB"),
    ],
)
def test_whoever_takes_part_is_tied_to_the_initiative(text: str, actor: str) -> None:
    assert any(actor == mention.actor_name for found in find(text) for mention in found.actors)


@pytest.mark.parametrize(
    ("text", "funder"),
    [
        ("Energimyndigheten: 4,2 mnkr till projektet Flexibla hus.", "Energimyndigheten"),
        ("Projektet Flexibla hus (Vinnova, 2023–2026) har startat.", "Vinnova"),
        ("Klimatfonden för byar stöds av Leader Närheten med 400 000 kronor.", "Leader Närheten"),
        ("Förstudien om ett mellanlager, som Industriklivet stöder, blir klar i maj.", "Industriklivet"),
    ],
)
def test_whoever_pays_is_a_funder(text: str, funder: str) -> None:
    payers = [mention for found in find(text) for mention in found.actors if mention.role == "funder"]
    assert [mention.actor_name for mention in payers] == [funder]


def test_a_research_institute_that_gives_support_without_money_is_no_funder() -> None:
    (found,) = find("Klimatkalkylen för skolor togs fram med stöd av IVL.")
    assert [mention.role for mention in found.actors] == ["partner"]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Cykelbron över viken är under byggnad och ska tas i bruk 2026.", None, 2026),
        ("Erosionsskyddet vid stranden, som ska vara på plats 2027, har upphandlats.", None, 2027),
        ("Cykelväg By–Kila, byggstart maj 2025.", 2025, None),
        ("En screening av scope 3 pågår t.o.m. mars 2024.", None, 2024),
    ],
)
def test_years_of_start_and_readiness(text: str, start: int | None, end: int | None) -> None:
    (found, *_) = find(text)
    assert (found.start_year, found.end_year) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "Volvo CE planerar en batterifabrik i grannlänet.",
        "Region Värmland utreder en ny busslinje.",
        "Antalet laddplatser har ökat till 120.",
        "Vi tog hem priset Årets laddkommun.",
        "Parkeringsplatserna i centrum har blivit 40 färre.",
        "ANDRA – Trafikverket: dubbelspår genom länet.",
        "Invånarna har fått mer kunskap.",
    ],
)
def test_what_others_do_and_what_is_only_told_is_no_initiative(text: str) -> None:
    assert find(text) == ()
