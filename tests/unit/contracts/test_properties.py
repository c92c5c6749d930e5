"""What holds for every text and every file, however strange. KLIMATLAGER_FUZZ_EXAMPLES raises the number of tries."""

import os
from contextlib import suppress
from functools import cache
from itertools import pairwise
from pathlib import Path, PurePosixPath

from hypothesis import example, given, settings
from hypothesis import strategies as st

from orchestration.contracts.document import divide
from orchestration.contracts.identity import identify
from orchestration.contracts.manifest import parse_manifest
from orchestration.contracts.municipalities import Register
from orchestration.contracts.readers.html import read_html
from orchestration.contracts.readers.markdown import read_markdown
from orchestration.contracts.reading import Limits, SourceText, UnreadableFile, read
from tests.documents.contract import contract_of, gold_text
from tests.documents.docx import set_docx
from tests.documents.pdf import Style, set_pdf

tries = settings(deadline=None, max_examples=int(os.environ.get("KLIMATLAGER_FUZZ_EXAMPLES", "60")))

REGISTER = Register.from_csv(Path(__file__).parents[3] / "dbt_project/seeds/municipalities.csv")

WORDS = st.sampled_from(
    [
        "Innehåll",
        "3.1. Kommunens klimatmål",
        "Klimatkontrakt 2030",
        "VERSION 2023",
        "Mellan Lunds kommun och myndigheterna",
        "4. Viable Cities åtaganden",
        "4.3. Innovation",
        "3.3. Xxxxxxx xxx xxx",
        "Bilaga 1",
        "Viktigaste uppdateringar för kommunen.",
        "• ",
        "- ",
        "klimatbud-",
        "get",
        "204031",
        "2040³¹",
        "m²",
        "CO₂",
        "t.ex. ",
        "2 (13)",
        "12",
        "1 Not.",
        "...",
        "…",
        " ",
        "\n",
        "\n\n",
        "\r\n",
        "\f",
        "\t",
        "\x00",
        "\u2028",
        "\ufffe",
        "\xad",
        "a\u0301",
        "å",
        "Å\u030a",
        "# ",
        "## Mål",
        "**",
        "_",
        "[^1]",
        "[^1]: not",
        "|",
        "| a | b |",
        "|---|",
        "[x](y)",
        "<br>",
        "<!--",
        "```",
        "\\",
        "> ",
        "====",
        "Under 2023 har Lund",
        "😀",
    ]
)
TEXTS = st.lists(st.one_of(WORDS, st.text(max_size=8)), max_size=40).map("".join)
TAGS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<h2>",
        "</h2>",
        "<ul>",
        "<li>",
        "</ul>",
        "<table>",
        "<tr>",
        "<td>",
        "</td>",
        "</table>",
        "<br>",
        "<sup>2</sup>",
        "<sub>",
        "<a href='#fn1'>1</a>",
        "<li id='fn1'>not</li>",
        "<div class='toc'>",
        "<script>",
        "</script>",
        "<header>",
        "<nav>",
        "<main>",
        "<!--",
        "-->",
        "<template>",
        "<svg>",
        "<![CDATA[",
        "&lt;",
        "&#0;",
        "&#xfffe;",
        "<pre>",
        "<select>",
        "<frameset>",
        "<p hidden>",
        "<math>",
        "</body>",
        "<body>",
        "<plaintext>",
    ]
)


def assert_sound(source: SourceText) -> None:
    """Offsets lead back to the raw text, sentences follow each other, hints and markup lie in order."""
    document = divide(source)
    assert document.raw == source.raw
    for sentence in document.sentences:
        start, end = document.clean.raw_span(*sentence.span)
        assert 0 <= start < end <= len(source.raw)
        assert sentence.text == document.clean.text[sentence.span.start : sentence.span.end]
    for first, second in pairwise(document.sentences):
        assert first.span.end <= second.span.start
    for spans in ([hint.span for hint in source.hints], source.markup):
        assert all(first.end <= second.start for first, second in pairwise(spans))
        assert all(0 <= span.start <= span.end <= len(source.raw) for span in spans)
    assert list(source.pages) == sorted(source.pages)


@tries
@given(TEXTS)
def test_any_plain_text_is_divided_with_its_way_back(text):
    assert_sound(SourceText(text))
    assert divide(text) == divide(text)


@tries
@given(TEXTS)
@example("# # ")
def test_any_markdown_is_divided_with_its_way_back(text):
    source = read_markdown(text)
    assert source.raw == text
    assert_sound(source)


@tries
@given(st.lists(st.one_of(TAGS, WORDS), max_size=40).map("".join))
def test_any_html_is_divided_with_its_way_back(page):
    with suppress(UnreadableFile):
        assert_sound(read_html(page, Limits()))


@tries
@given(TEXTS, st.sampled_from(["lund/2023.txt", "a.txt", "😀/2023-lund.md", "x" * 250]))
def test_any_text_has_an_identity_or_a_reason(text, path):
    with suppress(UnreadableFile):
        found = identify(SourceText(text), PurePosixPath(path), REGISTER, None)
        assert found.version_year is None or 2020 <= found.version_year <= 2035


@tries
@given(
    st.lists(
        st.one_of(
            st.sampled_from(["path", "line", "version_year", ",", ";", "\n", '"', "2023", "1281"]), st.text(max_size=5)
        ),
        max_size=40,
    ).map("".join)
)
def test_any_manifest_gives_rows_and_complaints(text):
    found = parse_manifest(text, REGISTER)
    assert all(error.line >= 1 and error.reason for error in found.errors)


@cache
def whole(name: str) -> bytes:
    contract = contract_of(gold_text("halmstad-2023"), every_note=5)
    return set_docx(contract) if name.endswith("docx") else set_pdf(contract, Style(columns=2))


EDITS = st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6), st.integers(0, 40)), min_size=1, max_size=6)


@tries
@given(st.sampled_from(["a.pdf", "a.docx"]), EDITS)
@example("a.pdf", [(0.0, b"", 40)])
@example("a.docx", [(0.999, b"\x00", 3)])
def test_any_damage_to_a_file_costs_no_more_than_the_file(name, edits):
    data = bytearray(whole(name))
    for place, put, taken in edits:
        start = int(place * len(data))
        data[start : start + taken] = put
    with suppress(UnreadableFile):
        for source in read(bytes(data), name, Limits(seconds=20)).texts:
            assert_sound(source)


@tries
@given(st.binary(max_size=400), st.sampled_from(["a.pdf", "a.docx", "a.html", "a.md", "a.txt", "a"]))
def test_any_bytes_under_any_name_give_a_text_or_a_reason(data, name):
    with suppress(UnreadableFile):
        for source in read(data, name).texts:
            assert_sound(source)
