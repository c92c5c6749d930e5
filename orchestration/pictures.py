"""Pictures of what is published, small enough to stand in a materialization's metadata.

Here: bars and columns as SVG, written by hand: a plotting library would cost every run a second and the environment
40 MB. Not here: which figures (assets/published). A picture only shows whether the data looks right.
"""

import base64
from collections.abc import Mapping, Sequence
from html import escape

_COLOURS = ("#2f6f4f", "#d98e04", "#3b6fb6")
_LEFT, _ROW, _WIDTH = 150, 20, 420


def bars(title: str, rows: Mapping[str, Sequence[int]], series: Sequence[str]) -> str:
    """Stacked horizontal bars, one a row: Markdown with the picture in it."""
    most = max((sum(values) for values in rows.values()), default=1) or 1
    parts = [_legend(series)]
    for number, (name, values) in enumerate(rows.items()):
        y, x = 44 + number * _ROW, float(_LEFT)
        parts.append(_text(_LEFT - 8, y + 13, name, "end"))
        for value, colour in zip(values, _COLOURS, strict=False):
            width = value / most * _WIDTH
            parts.append(f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{_ROW - 5}" fill="{colour}"/>')
            x += width
        parts.append(_text(x + 6, y + 13, str(sum(values))))
    return _picture(title, parts, 44 + len(rows) * _ROW + 8)


def columns(title: str, rows: Mapping[int, Sequence[int]], series: Sequence[str]) -> str:
    """Stacked columns, one a year, years without any left empty: Markdown with the picture in it."""
    if not rows:
        return "Nothing to show yet."
    first, last = min(rows), max(rows)
    most = max(sum(values) for values in rows.values()) or 1
    step = min(34.0, 600 / (last - first + 1))
    parts = [_legend(series)]
    for year in range(first, last + 1):
        x, y = 30 + (year - first) * step, 200.0
        for value, colour in zip(rows.get(year, ()), _COLOURS, strict=False):
            height = value / most * 140
            y -= height
            parts.append(
                f'<rect x="{x:.1f}" y="{y:.1f}" width="{step - 4:.1f}" height="{height:.1f}" fill="{colour}"/>'
            )
        if year in rows:
            parts.append(_text(x + step / 2 - 2, y - 4, str(sum(rows[year])), "middle"))
        if year % 5 == 0 or year in (first, last):
            parts.append(_text(x + step / 2 - 2, 216, str(year), "middle"))
    return _picture(title, parts, 226)


def _picture(title: str, parts: Sequence[str], height: int) -> str:
    body = _text(10, 18, title, weight="bold") + "".join(parts)
    image = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="660" height="{height}" viewBox="0 0 660 {height}" '
        f'font-family="sans-serif" font-size="12"><rect width="660" height="{height}" fill="#ffffff"/>{body}</svg>'
    )
    return f"![{title}](data:image/svg+xml;base64,{base64.b64encode(image.encode()).decode()})"


def _legend(series: Sequence[str]) -> str:
    parts = []
    for number, (name, colour) in enumerate(zip(series, _COLOURS, strict=False)):
        x = _LEFT + number * 120
        parts.append(f'<rect x="{x}" y="26" width="10" height="10" fill="{colour}"/>{_text(x + 15, 35, name)}')
    return "".join(parts)


def _text(x: float, y: float, text: str, anchor: str = "start", weight: str = "normal") -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-weight="{weight}"'
    return f'<text {place} fill="#222222">{escape(text)}</text>'
