"""Score the extraction from the command line: python -m orchestration.quality.measure [--list] [--kind K] [SET …].

Misses are listed for the sets that may be read, and never for scored-only ones.
"""

import argparse
from pathlib import Path

from orchestration.contracts.municipalities import Register
from orchestration.quality.agreement import NOT_ATTRIBUTES
from orchestration.quality.gold import load_gold_sets, predict
from orchestration.quality.scoring import KINDS, score, wilson

_ROOT = Path(__file__).parents[2]


def main() -> None:
    """Print precision, recall, F1 and attribute accuracy a set; with --list the misses of the readable sets."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("sets", nargs="*")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--kind", choices=KINDS)
    parser.add_argument("--markdown", action="store_true", help="two tables for docs/extraction.md")
    parser.add_argument("--gold", type=Path, default=_ROOT / "tests" / "gold")
    options = parser.parse_args()
    if options.markdown:
        _print_markdown(options.gold)
        return
    register = Register.from_csv(_ROOT / "dbt_project" / "seeds" / "municipalities.csv")
    for gold in load_gold_sets(options.gold):
        if options.sets and gold.name not in options.sets:
            continue
        figures, detail = score(gold.records, predict(gold, register), gold.documents, gold.texts)
        kinds = [options.kind] if options.kind else KINDS
        print(f"\n== {gold.name}{' (scored only)' if gold.is_unseen else ''}: {len(gold.documents)} documents")
        for kind in kinds:
            row = figures["kinds"][kind]
            print(f"{kind:<11} P {row['precision']:.3f}  R {row['recall']:.3f}  F1 {row['f1']:.3f}  gold {row['gold']}"
                  f" FP {row['false_positive']} dup {row['duplicates']} trap {row['trap_hits']}")  # fmt: skip
            attributes = figures["attributes"][kind]
            print(
                "   " + "  ".join(f"{a} {c['accuracy']:.2f}" for a, c in attributes.items() if a not in NOT_ATTRIBUTES)
            )
        if options.list and not gold.is_unseen:
            for title, rows in detail.items():
                for row in rows:
                    if row[1] in kinds:
                        print(f"  {title}: " + " | ".join(" ".join(str(value).split())[:150] for value in row))


def _print_markdown(folder: Path) -> None:
    """Precision and recall a set and kind, then the attributes, as Markdown tables."""
    register = Register.from_csv(_ROOT / "dbt_project" / "seeds" / "municipalities.csv")
    attributes: list[str] = []
    print(
        "| gold set | read or only scored | documents | goals P / R | outcomes P / R | initiatives P / R | traps hit |"
    )
    print("|---|---|---|---|---|---|---|")
    for gold in load_gold_sets(folder):
        figures, _ = score(gold.records, predict(gold, register), gold.documents, gold.texts)
        cells = []
        for kind in KINDS:
            row = figures["kinds"][kind]
            (low, high), found = wilson(row["matched"], row["gold"]), row["matched"] + row["false_positive"]
            cells.append(
                f"{row['precision']:.2f} (of {found}) / {row['recall']:.2f} (of {row['gold']}: {low:.2f}–{high:.2f})"
            )
        use = "only scored" if gold.is_unseen else "read"
        traps = figures["traps"]
        hits = f"{traps['predictions']} of {traps['in_gold']}"
        print(f"| `{gold.name}` | {use} | {len(gold.documents)} | {' | '.join(cells)} | {hits} |")
        for kind in KINDS:
            shares = " · ".join(
                f"{name} {c['accuracy']:.2f} ({c['of']})" for name, c in figures["attributes"][kind].items()
            )
            attributes.append(f"| `{gold.name}` | {kind} | {shares} |")
    print("\n| gold set | kind | attributes right, over matched records that state them |")
    print("|---|---|---|")
    print("\n".join(attributes))


if __name__ == "__main__":
    main()
