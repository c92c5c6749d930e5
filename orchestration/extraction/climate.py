"""Whether a sentence speaks of climate work at all, for the coverage table.

Here: one yes or no. Not here: what it says (goals, outcomes, initiatives).
"""

import re
from functools import cache

from orchestration.extraction.lexicons import lexicon


@cache
def _pattern() -> re.Pattern[str]:
    stems = [stem for group in lexicon("climate").values() for stem in group]
    return re.compile("|".join(re.escape(stem) for stem in sorted(stems)))


def is_climate_bearing(text: str) -> bool:
    """Whether any word beginning of lexicon/climate.toml stands in the text (compounds count)."""
    return _pattern().search(text.casefold()) is not None
