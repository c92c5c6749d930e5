"""The ledger, driven by hand-made events: who stands for a version, and what is said of every file."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from orchestration.contracts.archive import FileEvent
from orchestration.contracts.ledger import Claim, Ledger, Reading, Rejection, replay

START = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class Story:
    """Events told one after another; a file's bytes are what they claim: version, text, and kind."""

    events: list[FileEvent] = field(default_factory=list)
    readings: dict[tuple[str, str], Reading] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)

    def put(self, path, text="one", version="lund-2023", full=True, manifest=False):
        sha = f"{path}:{text}:{version}"
        claim = Claim(f"{version}@{text}", version, path, None, sha, full, manifest)
        self.readings[path, sha] = Reading((claim,))
        return self._tell(path, sha, "changed" if path in self.held else "arrived")

    def put_bad(self, path):
        self.readings[path, "bad"] = Reading((), (Rejection(None, "empty", "The file is empty."),))
        return self._tell(path, "bad", "changed" if path in self.held else "arrived")

    def remove(self, path):
        self.held.discard(path)
        self.events.append(self._event(path, None, "removed"))
        return self

    def _tell(self, path, sha, kind):
        self.held.add(path)
        self.events.append(self._event(path, sha, kind))
        return self

    def _event(self, path, sha, kind):
        number = len(self.events) + 1
        return FileEvent(number, START + timedelta(hours=number), "run", path, sha, 10, kind)

    def end(self) -> Ledger:
        return replay(self.events, self.readings)


def current(ledger, version="lund-2023"):
    return [r.claim.document_id for r in ledger.revisions if r.is_current and r.claim.contract_version_id == version]


def outcomes(ledger):
    return [(event.source_path, event.outcome) for event in ledger.load_events]


def test_a_first_file_is_loaded_as_revision_1():
    ledger = Story().put("a.txt").end()
    assert current(ledger) == ["lund-2023@one"]
    assert [r.revision for r in ledger.revisions] == [1]
    assert outcomes(ledger) == [("a.txt", "loaded")]


def test_a_changed_file_is_revision_2_and_the_first_stays_as_history():
    ledger = Story().put("a.txt", "one").put("a.txt", "two").end()
    assert current(ledger) == ["lund-2023@two"]
    assert [(r.revision, r.is_current) for r in ledger.revisions] == [(1, False), (2, True)]
    assert ledger.revisions[0].superseded_at == ledger.revisions[1].loaded_at
    assert outcomes(ledger)[-1] == ("a.txt", "revised")


def test_a_removed_file_withdraws_the_version_and_its_return_restores_the_same_revision():
    ledger = Story().put("a.txt").remove("a.txt").end()
    assert current(ledger) == []
    assert ledger.revisions[0].withdrawn_at is not None
    restored = Story().put("a.txt").remove("a.txt").put("a.txt").end()
    assert current(restored) == ["lund-2023@one"]
    assert [r.revision for r in restored.revisions] == [1, 1]
    assert "Restored" in (restored.load_events[-1].reason or "")


def test_of_two_like_files_the_later_is_set_aside_with_a_reason_that_names_the_first():
    ledger = Story().put("a.txt", "one").put("b.txt", "two").end()
    assert current(ledger) == ["lund-2023@one"]
    assert outcomes(ledger)[-1] == ("b.txt", "rejected")
    assert "a.txt already stands for lund-2023" in (ledger.load_events[-1].reason or "")


def test_when_the_first_goes_the_one_set_aside_takes_its_place():
    ledger = Story().put("a.txt", "one").put("b.txt", "two").remove("a.txt").end()
    assert current(ledger) == ["lund-2023@two"]


def test_the_manifest_decides_between_two_like_files():
    ledger = Story().put("a.txt", "one").put("b.txt", "two", manifest=True).end()
    assert current(ledger) == ["lund-2023@two"]


def test_a_full_contract_takes_the_place_of_an_excerpt_even_of_one_in_the_manifest():
    ledger = Story().put("a.txt", "one", full=False, manifest=True).put("b.pdf", "two").end()
    assert current(ledger) == ["lund-2023@two"]
    assert [r.revision for r in ledger.revisions] == [1, 2]


def test_an_excerpt_beside_a_full_contract_is_kept_as_history():
    ledger = Story().put("b.pdf", "two").put("a.txt", "one", full=False).end()
    assert current(ledger) == ["lund-2023@two"]
    assert {r.claim.document_id for r in ledger.revisions} == {"lund-2023@one", "lund-2023@two"}


def test_the_same_text_twice_is_one_document_and_says_so():
    ledger = Story().put("a.txt").put("copy.txt").end()
    assert current(ledger) == ["lund-2023@one"]
    assert outcomes(ledger)[-1] == ("copy.txt", "unchanged")
    assert "The same text as a.txt" in (ledger.load_events[-1].reason or "")


def test_a_moved_file_keeps_its_revision():
    ledger = Story().put("a.txt").remove("a.txt").put("lund/2023.txt").end()
    assert current(ledger) == ["lund-2023@one"]
    assert ledger.revisions[-1].revision == 1


def test_a_file_that_turns_unreadable_keeps_its_last_good_revision():
    ledger = Story().put("a.txt").put_bad("a.txt").end()
    assert current(ledger) == ["lund-2023@one"]
    assert outcomes(ledger)[-1] == ("a.txt", "rejected")


def test_a_file_that_turns_into_another_version_withdraws_the_first():
    ledger = Story().put("a.txt", version="lund-2022").put("a.txt", version="lund-2023").end()
    assert current(ledger, "lund-2022") == []
    assert current(ledger, "lund-2023") == ["lund-2023@one"]


steps = st.lists(
    st.tuples(
        st.sampled_from(["put", "put", "put", "remove", "bad"]),
        st.sampled_from(["a.txt", "b.txt", "c.txt"]),
        st.sampled_from(["one", "two", "three"]),
        st.sampled_from(["lund-2022", "lund-2023"]),
        st.booleans(),
        st.booleans(),
    ),
    max_size=25,
)


@given(steps)
def test_whatever_happens_one_document_stands_for_a_version_that_some_file_claims(script):
    story = Story()
    claims: dict[str, str] = {}
    for action, path, text, version, full, manifest in script:
        if action == "put":
            story.put(path, text, version, full, manifest)
            claims[path] = version
        elif action == "bad":
            story.put_bad(path)
        elif path in story.held:
            story.remove(path)
            claims.pop(path, None)
    ledger = story.end()
    for version in ("lund-2022", "lund-2023"):
        assert len(current(ledger, version)) == (1 if version in claims.values() else 0)
    assert all(event.outcome != "rejected" or event.reason for event in ledger.load_events)
    for revision in ledger.revisions:
        ended = revision.superseded_at or revision.withdrawn_at
        assert ended is None or ended >= revision.loaded_at
