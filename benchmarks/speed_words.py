"""The words that `page.py` writes, from `speed_words.toml`, and paragraphs made of them."""

import textwrap
import tomllib
from pathlib import Path
from typing import Any

WORDS: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent / "speed_words.toml").read_text(encoding="utf-8")
)
LINE = 127


def paragraphs(words: str, **values: str) -> str:
    """Paragraphs with values in them, their lines broken anew."""
    parts = words.format(**values).strip().split("\n\n")
    return "\n\n".join(
        textwrap.fill(" ".join(part.split()), LINE, break_on_hyphens=False, break_long_words=False)
        for part in parts
    )
