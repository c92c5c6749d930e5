"""HTML: the words of a page in reading order, with its blocks. Scripts are never run, nothing is fetched.

Here: from a parsed tree to blocks; DOCX comes this way too. Not here: decoding. Runs in the child process.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from orchestration.contracts.model import Span
from orchestration.contracts.reasons import unreadable
from orchestration.contracts.source import Hint, HintKind, Limits, SourceText

_UNREAD = frozenset({
    "script", "style", "noscript", "template", "head", "nav", "svg", "math", "iframe", "object", "embed", "canvas",
    "audio", "video", "button", "select", "input", "textarea", "map", "dialog", "title", "meta", "link",
})  # fmt: skip
_PAGE_FRAME = frozenset({"header", "footer", "aside"})
_BLOCKS = frozenset({
    "p", "div", "section", "article", "main", "blockquote", "dl", "dt", "dd", "figure", "figcaption", "caption", "pre",
    "address", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5",
    "h6", "hr", "header", "footer", "aside", "details", "summary", "fieldset", "form", "body", "html", "center",
})  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CONTENTS = re.compile(r"\b(?:toc|contents|innehall|innehåll|innehallsforteckning)\b", re.IGNORECASE)
_NOTE_ID = re.compile(r"^(?:footnote|endnote|fn|_?_?ftn|_edn)[-:_]?\d+$", re.IGNORECASE)
_NOTE_BACK = re.compile(r"^#(?:footnote|endnote|fn|_?_?ftn|_edn)[-:_]?ref[-:_]?\d+", re.IGNORECASE)
_NOTE_LINK = re.compile(r"^#((?:footnote|endnote|fn|_?_?ftn|_edn)[-:_]?\d+)$", re.IGNORECASE)
_NOTE_ROLES = frozenset({"doc-footnote", "doc-endnote"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WHITE = re.compile(r"[ \t\r\n\f]+")
_DIGITS = re.compile(r"^\s*\[?(\d{1,3})\]?\s*$")
_TO_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass
class HtmlBlock:
    """A block of words, as the page's own elements divide it."""

    kind: HintKind
    text: str
    level: int = 0
    cell: tuple[int, int] | None = None
    """Table row (counted through the file) and column; None outside tables."""
    note_id: str | None = None
    notes: list[str] = field(default_factory=list)
    """Ids of the footnotes that hang on it."""


def read_html(text: str, limits: Limits) -> SourceText:
    """The words of an HTML page. Raises UnreadableFile: empty, too_much_text."""
    blocks = blocks_of(text, limits)
    if not blocks:
        raise unreadable("empty", bytes=len(text))
    return assemble(_notes_behind(blocks))


def blocks_of(text: str, limits: Limits) -> list[HtmlBlock]:
    """The blocks of a page in the order of the document."""
    try:
        tree = LexborHTMLParser(text.encode("utf-8", "replace"))
    except SelectolaxError:  # no HTML is wrong enough to fail: what fails is the memory for its tree
        raise MemoryError from None
    walk = _Walk(limits)
    if tree.root is not None:
        walk.through(tree.body or tree.root)
    return walk.blocks


class _Walk:
    """One way through the tree, without recursion: pages nest as deep as their makers like."""

    def __init__(self, limits: Limits) -> None:
        self.blocks: list[HtmlBlock] = []
        self._limits = limits
        self._characters = 0
        self._parts: list[str] = []
        self._notes: list[str] = []
        self._frames: list[_Frame] = [_Frame()]
        self._row = self._column = 0

    def through(self, root: LexborNode) -> None:
        node: LexborNode | None = root
        depth = 0
        while node is not None:
            is_entered = self._enter(node)
            child = node.child if is_entered else None
            if child is not None:
                node, depth = child, depth + 1
                continue
            if is_entered:
                self._leave(node)
            while depth and node is not None and node.next is None:
                node, depth = node.parent, depth - 1
                if node is not None:
                    self._leave(node)
            node = node.next if node is not None and depth else None
        self._flush()

    def _enter(self, node: LexborNode) -> bool:
        """Take in a node; False where nothing below it is read."""
        if node.is_text_node:
            self._text(node.text_content or "")
            return False
        tag = node.tag or ""
        if not node.is_element_node or tag in _UNREAD:
            return False
        frame = self._frames[-1]
        attributes = node.attributes if tag in _BLOCKS or tag in ("a", "span", "sup") else {}
        if attributes and _is_hidden(attributes):
            return False
        if tag in _PAGE_FRAME and not frame.is_inside and _is_page_frame(tag, attributes, node):
            return False
        if tag == "br":
            self._parts.append("\n")
        if tag in _BLOCKS:
            self._flush()
            if tag == "tr":
                self._row, self._column = self._row + 1, 0
            elif tag in ("td", "th"):
                self._column += 1
            self._frames.append(frame.below(tag, attributes, node))
        elif tag in ("sup", "a"):
            if tag == "a" and (href := attributes.get("href")):
                if _NOTE_BACK.match(href):
                    return False
                if link := _NOTE_LINK.match(href):
                    self._notes.append(link.group(1).casefold())
                    self._frames.append(frame.raised())
                    return True
            self._frames.append(frame.raised() if tag == "sup" else frame)
        return True

    def _leave(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag in _BLOCKS:
            self._flush()
        if tag in _BLOCKS or tag in ("sup", "a"):
            self._frames.pop()

    def _text(self, text: str) -> None:
        self._characters += len(text)
        if self._characters > self._limits.characters:
            raise unreadable("too_much_text", limit=self._limits.characters, found=f"> {self._limits.characters}")
        frame = self._frames[-1]
        if frame.is_raised and (digits := _DIGITS.match(text)):
            text = digits.group(1).translate(_TO_SUPERSCRIPT)
        self._parts.append(text if frame.is_preformatted else _WHITE.sub(" ", text))

    def _flush(self) -> None:
        text = "\n".join(line.strip(" \t") for line in re.sub(" +", " ", "".join(self._parts)).split("\n")).strip()
        self._parts.clear()
        if not text.strip("\u200b\xa0\ufeff"):
            return
        frame = self._frames[-1]
        kind = frame.kind
        if kind == "bullet" and frame.item_is_begun():
            kind = "paragraph"
        cell = (self._row, self._column) if kind == "table" else None
        self.blocks.append(HtmlBlock(kind, text, frame.level, cell, frame.note_id, self._notes))
        self._notes = []


@dataclass
class _Frame:
    """What the elements around a word say of it."""

    kind: HintKind = "paragraph"
    level: int = 0
    note_id: str | None = None
    is_raised: bool = False
    is_preformatted: bool = False
    is_inside: bool = False
    item: list[bool] = field(default_factory=lambda: [True])
    """Of a list item: whether its first words still are to come (shared by what is nested in it)."""

    def below(self, tag: str, attributes: dict[str, str | None], node: LexborNode) -> "_Frame":
        """What holds inside a block element."""
        kind, level, note_id, item = self.kind, self.level, self.note_id, self.item
        if tag in _HEADINGS:
            kind, level = "heading", _HEADINGS[tag]
        elif tag == "li":
            kind, item = ("bullet" if kind not in ("footnote", "contents", "table") else kind), [True]
        elif tag in ("td", "th") and kind != "footnote" and _is_data_cell(node):
            kind = "table"
        identity = attributes.get("id") or ""
        if _NOTE_ID.match(identity) or attributes.get("role") in _NOTE_ROLES:
            kind, note_id = "footnote", identity.casefold() or None
        elif tag not in ("body", "main", "html") and _CONTENTS.search(f"{attributes.get('class') or ''} {identity}"):
            kind = "contents"
        return _Frame(
            kind, level, note_id, False, self.is_preformatted or tag == "pre",
            self.is_inside or tag in ("main", "article"), item,
        )  # fmt: skip

    def raised(self) -> "_Frame":
        """What holds inside a superscript or a note's mark."""
        return _Frame(
            self.kind, self.level, self.note_id, True, self.is_preformatted, self.is_inside, self.item
        )  # fmt: skip

    def item_is_begun(self) -> bool:
        """Whether the list item has words already; from now on it has."""
        if self.item:
            self.item.clear()
            return False
        return True


def _is_page_frame(tag: str, attributes: dict[str, str | None], node: LexborNode) -> bool:
    """The site's own words around the document: a header with menus, a footer, what stands aside."""
    if attributes.get("role") in _NOTE_ROLES:
        return False
    return tag != "header" or node.css_first("nav, ul, form, [role=navigation]") is not None


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    return (
        "hidden" in attributes or attributes.get("aria-hidden") == "true"
        or bool(_HIDDEN.search(attributes.get("style") or ""))
    )  # fmt: skip


def _is_data_cell(node: LexborNode) -> bool:
    """Not the one cell of a row that only frames a page."""
    row = node.parent
    cells = (child for child in _children(row) if child.tag in ("td", "th")) if row is not None else iter(())
    return len(list(islice(cells, 2))) > 1


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        yield child
        child = child.next


def _notes_behind(blocks: list[HtmlBlock]) -> list[HtmlBlock]:
    """Each footnote behind the block that it hangs on; without such a block it stays where it stands."""
    notes: dict[str, list[HtmlBlock]] = {}
    for block in blocks:
        if block.note_id:
            notes.setdefault(block.note_id, []).append(block)
    ordered: list[HtmlBlock] = []
    placed: set[str] = set()
    hung = {note for block in blocks if not block.note_id for note in block.notes}
    for block in blocks:
        if block.note_id in hung:
            continue
        ordered.append(block)
        for note in block.notes:
            if note in notes and note not in placed:
                placed.add(note)
                ordered += notes[note]
    return ordered


def assemble(blocks: Iterable[HtmlBlock]) -> SourceText:
    """Blocks to one raw text with its hints: a blank line between blocks, a tab between the cells of a row."""
    parts: list[str] = []
    hints: list[Hint] = []
    length = 0
    previous: HtmlBlock | None = None
    for block in blocks:
        if previous is not None:
            is_same_row = block.cell and previous.cell and block.cell[0] == previous.cell[0]
            glue = "\t" if is_same_row else "\n\n"
            parts.append(glue)
            length += len(glue)
        parts.append(block.text)
        hints.append(Hint(block.kind, Span(length, length + len(block.text)), block.level))
        length += len(block.text)
        previous = block
    return SourceText("".join(parts), hints=tuple(hints))
