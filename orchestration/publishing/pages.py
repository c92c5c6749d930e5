"""The pages of the repository that are made from the published file: the data dictionary, the answers on pages.

Here: which pages. Not here: what stands on them (dictionary, cookbook).
"""

from pathlib import Path

from orchestration.publishing.cookbook import answered
from orchestration.publishing.dictionary import dictionary_page
from orchestration.publishing.snapshot import Snapshot

DICTIONARY = Path("docs") / "data_dictionary.md"
WITH_ANSWERS = (Path("docs") / "cookbook.md", Path("README.md"))


def write_pages(snapshot: Snapshot, root: Path) -> list[Path]:
    """Write every page anew below `root`; those that differ from what was there."""
    pages = {root / DICTIONARY: dictionary_page(snapshot)}
    for name in WITH_ANSWERS:
        pages[root / name] = answered((root / name).read_text(encoding="utf-8"), snapshot)
    changed = [path for path, text in pages.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    for path in changed:
        path.write_text(pages[path], encoding="utf-8")
    return changed
