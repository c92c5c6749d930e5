"""Whose contract a text is and of which year: the manifest, the path, the cover, the text, in that order.

Here: which source wins, and the flag where two disagree. Not here: how each is read (manifest, whose, version_year).
"""

from pathlib import PurePosixPath

from orchestration.contracts import version_year, whose
from orchestration.contracts.manifest import ManifestEntry
from orchestration.contracts.model import Identity, Municipality
from orchestration.contracts.municipalities import Register
from orchestration.contracts.reasons import Words, unreadable
from orchestration.contracts.source import Limits, SourceText

_DEFAULT = Limits()
_SOURCES_SV = {"path": "sökvägen", "cover": "omslaget", "manifest": "manifestet"}


def identify(
    source: SourceText,
    path: PurePosixPath,
    register: Register,
    entry: ManifestEntry | None,
    limits: Limits = _DEFAULT,
) -> Identity:
    """The municipality and the version year, each with the source it is known by. `path` is relative to raw/.

    A line of a clause collection takes nothing from the path: its file holds many contracts. Raises UnreadableFile:
    unknown_municipality, ambiguous_municipality, implausible_year.
    """
    municipality, municipality_basis, municipality_flags = _municipality(source, path, register, entry)
    year, year_basis, is_year_disputed = _version_year(source, path, municipality, entry, limits)
    flags = (*municipality_flags, *(("version_year_conflict",) if is_year_disputed else ()))
    signed = version_year.signed_date(source.raw)
    if signed and year and signed.year not in (year, year + 1):
        signed = None
    return Identity(municipality, municipality_basis, year, year_basis, signed, flags)


def _municipality(
    source: SourceText, path: PurePosixPath, register: Register, entry: ManifestEntry | None
) -> tuple[Municipality, str, tuple[str, ...]]:
    found: list[tuple[str, Municipality]] = []
    if entry and entry.municipality_id:
        found.append(("manifest", register.by_id[entry.municipality_id]))
    if source.line is None and (by_path := whose.from_path(path, register)):
        found.append(("path", by_path))
    cover = whose.from_cover(source.raw, register)
    if cover and cover.municipality:
        found.append(("cover", cover.municipality))
    names = whose.from_text(source.raw, register)
    if names.municipality and not (cover and not cover.municipality and not found):
        found.append(("text", names.municipality))
    if not found:
        if cover and not cover.municipality:
            raise unreadable("unknown_municipality", found=f"'{cover.words}'")
        if names.rivals:
            raise unreadable("ambiguous_municipality", found=", ".join(names.rivals))
        raise unreadable("unknown_municipality", found=Words("none", "ingen"))
    basis, municipality = found[0]
    flags = []
    if any(other != municipality for _, other in found[1:]):
        flags.append("municipality_conflict")
    if basis == "text" and names.is_weak:
        flags.append("municipality_few_mentions")
    return municipality, basis, tuple(flags)


def _version_year(
    source: SourceText, path: PurePosixPath, municipality: Municipality, entry: ManifestEntry | None, limits: Limits
) -> tuple[int | None, str, bool]:
    text = source.raw
    candidates = (
        ("manifest", entry.version_year if entry else None),
        ("path", version_year.from_path(path) if source.line is None else None),
        ("cover", version_year.on_cover(text) if source.line is None else None),
        ("stated", version_year.stated(text)),
        ("ordinal", version_year.ordinal(text, municipality)),
    )
    found = [(basis, year) for basis, year in candidates if year]
    if found:
        basis, year = found[0]
        if not limits.first_version_year <= year <= limits.last_version_year:
            raise unreadable(
                "implausible_year", first=limits.first_version_year, last=limits.last_version_year, found=year,
                source=Words(basis, _SOURCES_SV.get(basis, "texten")),
            )  # fmt: skip
        return year, basis, any(other != year for _, other in found[1:])
    latest = version_year.inferred(text, limits)
    return latest, "inferred" if latest else "unknown", False
