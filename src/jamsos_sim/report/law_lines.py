"""What the tables of a run say of the law behind them: unverified values, and the readings in force."""

from collections.abc import Sequence

from jamsos_sim.law.readings import READINGS
from jamsos_sim.messages import text
from jamsos_sim.model.values_read import readings_of, unverified_behind
from jamsos_sim.model.world import Period
from jamsos_sim.scenario import Scenario

ALWAYS_SHOWN = ("U3", "U5")
"""The readings of the yearly gap of unpaid months: what it does to the count, and to cover."""


def law_sentences(scenarios: Sequence[Scenario], period: Period, lang: str) -> list[str]:
    """How many and which unverified values stand behind a run, and under which readings it was made."""
    return [unverified_sentence(scenarios, period, lang), *reading_sentences(scenarios, lang)]


def unverified_sentence(scenarios: Sequence[Scenario], period: Period, lang: str) -> str:
    """How many and which values behind a run were not checked against the text, or are assumptions."""
    behind = {
        value.name: f"{value.means[lang]} ({text(f'law.status_{value.entry.status}', lang)})"
        if value.entry.status != "in_force"
        else value.means[lang]
        for scenario in scenarios
        for value in unverified_behind(scenario, period)
    }
    return text("law.run_unverified", lang, count=len(behind), names="; ".join(behind.values()))


def reading_sentences(scenarios: Sequence[Scenario], lang: str) -> list[str]:
    """The readings of the yearly gap and all that are not the default, once for scenarios that share them."""
    groups: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for scenario in scenarios:
        shown = tuple(
            (key, option) for key, option in readings_of(scenario).items() if _is_shown(key, option)
        )
        groups.setdefault(shown, []).append(scenario.title[lang])
    if len(groups) == 1:
        return [text("law.run_readings", lang, readings=_worded(shown, lang)) for shown in groups]
    return [
        text("law.run_readings_of", lang, titles=", ".join(titles), readings=_worded(shown, lang))
        for shown, titles in groups.items()
    ]


def _is_shown(key: str, option: str) -> bool:
    return key in ALWAYS_SHOWN or option != READINGS[key].default


def _worded(readings: Sequence[tuple[str, str]], lang: str) -> str:
    said = []
    for key, option in readings:
        reading = READINGS[key]
        kind = "law.reading_default" if option == reading.default else "law.reading_chosen"
        outside = reading.outside_model.get(lang)
        said.append(
            text(
                "law.run_reading",
                lang,
                question=key,
                about=reading.about[lang],
                means=reading.option_texts[option][lang],
                kind="; ".join(filter(None, [text(kind, lang), outside])),
            )
        )
    return "; ".join(said)
