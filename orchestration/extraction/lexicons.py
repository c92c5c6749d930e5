"""The lexicons: words and cues as commented TOML files in lexicon/, which a climate strategist can read and extend.

Here: loading them. Not here: any word of Swedish.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "lexicon"


@cache
def lexicon(name: str) -> dict[str, Any]:
    """The lexicon file `lexicon/<name>.toml` as a dict. Raises FileNotFoundError for a name without a file."""
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)
