"""Contracts set as HTML and Markdown, with what such files bring along: menus, scripts, links, notes, emphasis."""

from collections.abc import Iterator
from html import escape

from tests.documents.contract import Contract, Piece

Table = tuple[tuple[str, ...], ...]


def set_html(contract: Contract, *, table: Table = ()) -> str:
    """The contract as a municipality's web page."""
    notes: list[str] = []
    body = "\n".join(_html_pieces(contract.pieces, notes))
    cover = "<br>".join(escape(line) for line in contract.cover)
    rows = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in table)
    items = "".join(
        f'<li id="fn{number}">{escape(note)} <a href="#fnref{number}">↑</a></li>'
        for number, note in enumerate(notes, 1)
    )
    return f"""<!DOCTYPE html>
<html lang="sv"><head><meta charset="utf-8"><title>Klimatkontrakt</title>
<style>p {{ color: black }}</style><script>document.write("Vi lovar 99 procent till 1999.")</script></head>
<body><header><nav><a href="/">Start</a> <a href="/bygga">Bygga och bo</a></nav></header>
<main><p class="cover">{cover}</p>
{body}
<table>{rows}</table>
<ol>{items}</ol></main>
<footer>Kontakta oss på 0123-45 67 89</footer><script src="https://example.org/a.js"></script></body></html>
"""


def _html_pieces(pieces: tuple[Piece, ...], notes: list[str]) -> Iterator[str]:
    is_list = False
    for piece in pieces:
        if (piece.kind == "bullet") != is_list:
            is_list = not is_list
            yield "<ul>" if is_list else "</ul>"
        text = escape(piece.text).replace("CO2", "CO<sub>2</sub>")
        if piece.note:
            notes.append(piece.note)
            text += f'<sup><a href="#fn{len(notes)}" id="fnref{len(notes)}">{len(notes)}</a></sup>'
        tag = {"heading": f"h{piece.level + 1}", "bullet": "li"}.get(piece.kind, "p")
        yield f"<{tag}>{text}</{tag}>"
    if is_list:
        yield "</ul>"


def set_markdown(contract: Contract, *, table: Table = ()) -> str:
    """The contract as Markdown, lines broken as editors break them."""
    notes: list[str] = []
    parts = ["\n".join(contract.cover)] if contract.cover else []
    for piece in contract.pieces:
        words = piece.text.split(" ")
        text = piece.text
        if piece.kind == "paragraph" and len(words) > 6 and words[3].isalpha():
            words[3] = f"**{words[3]}**"
            text = "\n".join(" ".join(words[at : at + 12]) for at in range(0, len(words), 12))
        if piece.note:
            notes.append(piece.note)
            text += f"[^{len(notes)}]"
        mark = {"heading": "#" * (piece.level + 1) + " ", "bullet": "- "}.get(piece.kind, "")
        parts.append(mark + text)
    if table:
        head, *rows = ("| " + " | ".join(row) + " |" for row in table)
        parts.append("\n".join([head, "|---" * len(table[0]) + "|", *rows]))
    parts += [f"[^{number}]: {note}" for number, note in enumerate(notes, 1)]
    return "\n\n".join(parts) + "\n"
