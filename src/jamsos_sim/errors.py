"""Errors that speak to the person who must act.

An `InputError` is a fault in what the user gave: a file, a name, a number. It names a sentence of the message
catalogue and the values that belong in it, so that the command line can say it in Indonesian or English.
"""

from jamsos_sim.messages import DEFAULT_LANGUAGE, text


class InputError(Exception):
    """A fault in the user's input, said in one sentence that tells what to do.

    Parameters
    ----------
    key:
        Key of the sentence in the message catalogue.
    values:
        What the sentence names: file, line, key, closest name, …
    """

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values

    def sentence(self, lang: str = DEFAULT_LANGUAGE) -> str:
        """The sentence in a language of the catalogue."""
        return text(self.key, lang, **self.values)

    def __str__(self) -> str:
        return self.sentence()

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows instead of a traceback."""
        return [self.sentence()]


class ToldInterruptError(Exception):
    """The user interrupted, and has been told what is kept."""
