"""How fast texts become facts: python -m bench.extraction.

Prints documents of 3,000 characters a second on one core for dividing and for extracting, and how the time grows with
the length of one document. Texts are the annotated ones of tests/gold, repeated.
"""

import time
from collections.abc import Callable

from orchestration.contracts.document import divide
from orchestration.contracts.municipalities import Register
from orchestration.extraction.extract import extract
from orchestration.quality.gold import load_gold_sets
from orchestration.settings import Settings

_SECONDS = 5.0


def main() -> None:
    """Measure and print."""
    settings = Settings.from_environment({})
    municipality = Register.from_csv(settings.municipalities_file).named("Säffle")
    texts = [text for gold in load_gold_sets(settings.gold_dir) for text in gold.texts.values()]
    size = sum(map(len, texts)) / len(texts)
    documents = [divide(text) for text in texts]
    for name, work in {
        "divide": lambda: [divide(text) for text in texts],
        "extract": lambda: [extract(document, municipality) for document in documents],
        "both": lambda: [extract(divide(text), municipality) for text in texts],
    }.items():
        rounds, seconds = _repeat(work)
        rate = rounds * len(texts) * size / 3000 / seconds
        print(f"{name:<8} {rate:7.0f} documents of 3,000 characters a second")
    paragraph = "\n\n".join(texts)
    for megabytes in (0.25, 0.5, 1, 2):
        text = (paragraph * 40)[: int(megabytes * 1_000_000)]
        start = time.process_time()
        extract(divide(text), municipality)
        print(f"one document of {megabytes:4} MB: {time.process_time() - start:6.2f} s")


def _repeat(work: Callable[[], object]) -> tuple[int, float]:
    work()
    rounds, start = 0, time.process_time()
    while time.process_time() - start < _SECONDS:
        work()
        rounds += 1
    return rounds, time.process_time() - start


if __name__ == "__main__":
    main()
