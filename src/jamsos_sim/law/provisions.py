"""Every provision in words: what it says, where it stands and which rules carry it out."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from jamsos_sim.law.sources import source_text
from jamsos_sim.law.tables import load_yaml
from jamsos_sim.messages import DEFAULT_LANGUAGE


@dataclass(frozen=True)
class Provision:
    """A provision; ``because`` says why one without rules needs none."""

    key: str
    about: Mapping[str, str]
    instrument: str
    article: str | None
    status: str
    confidence: str
    is_verified: bool
    rules: tuple[str, ...]
    because: str | None

    def source(self, lang: str = DEFAULT_LANGUAGE) -> str:
        """Instrument and article, or that the article is not known."""
        return source_text(self.instrument, self.article, lang)


@cache
def provisions() -> Mapping[str, Provision]:
    """All provisions by their key in the fact base."""
    return {key: _provision(key, raw) for key, raw in load_yaml("provisions").items()}


def _provision(key: str, raw: Mapping[str, Any]) -> Provision:
    return Provision(
        key=key,
        about=raw["about"],
        instrument=raw["instrument"],
        article=raw["article"],
        status=raw.get("status", "in_force"),
        confidence=raw["confidence"],
        is_verified=raw.get("verified", True),
        rules=tuple(raw["rules"]),
        because=raw.get("because"),
    )
