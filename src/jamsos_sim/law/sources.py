"""Where a value or provision stands, in words: instrument and article, or that the article is not known."""

from collections.abc import Mapping
from functools import cache

from jamsos_sim.law.tables import load_yaml
from jamsos_sim.messages import DEFAULT_LANGUAGE, text


@cache
def source_words() -> Mapping[str, str]:
    """English to Indonesian words for the sources that are not the name of an instrument."""
    words: dict[str, str] = load_yaml("source_words")
    return words


def source_text(instrument: str, article: str | None, lang: str = DEFAULT_LANGUAGE) -> str:
    """Instrument and article in a language of the catalogue."""
    if article is None:
        return f"{_worded(instrument, lang)}, {text('law.article_not_known', lang)}"
    return f"{_worded(instrument, lang)}, {_worded(article, lang)}"


def _worded(words: str, lang: str) -> str:
    return source_words().get(words, words) if lang == DEFAULT_LANGUAGE else words
