import re
from pathlib import Path

import pytest

from orchestration.extraction.language import words
from orchestration.extraction.lexicons import lexicon

FILES = words.FILES
FOLDER = Path(words.__file__).parent.parent


@pytest.mark.parametrize("file", FILES)
def test_every_entry_is_lower_case_and_stands_once_in_its_group(file: str) -> None:
    for group, entry in lexicon(file).items():
        for kind, entries in entry.items():
            assert kind in ("words", "starts", "ends", "holds", "phrases", "except", "pairs", "hides"), (group, kind)
            if kind == "pairs":
                entries = [word for pair in entries for word in (*pair["first"], *pair["then"])]
            assert [word for word in entries if word != word.casefold()] == [], group


@pytest.mark.parametrize("file", FILES)
def test_every_word_is_found_under_its_group(file: str) -> None:
    for group, entry in lexicon(file).items():
        missed = [word for word in entry.get("words", ()) if not words.tags_of(word) & words.bit(group)]
        assert missed == [], group


@pytest.mark.parametrize("file", FILES)
def test_every_group_is_used_by_a_rule(file: str) -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.py"))
    used = set(re.findall(r'"([a-z0-9_]+)"', code))
    assert [group for group, entry in lexicon(file).items() if group not in used and "hides" not in entry] == []


def test_an_unknown_group_is_refused() -> None:
    with pytest.raises(KeyError, match="no lexicon has a group"):
        words.bit("no_such_group")
