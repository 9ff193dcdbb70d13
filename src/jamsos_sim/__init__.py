"""Policy simulation of social security for informal workers, paid by a city (Jamsosnaker, pekerja rentan).

The public names load what they need when they are first used, so that importing the package is quick.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jamsos_sim.api import compare, simulate
    from jamsos_sim.api_results import Results
    from jamsos_sim.api_running import start
    from jamsos_sim.certificate import verify
    from jamsos_sim.errors import InputError, speak
    from jamsos_sim.report.codebook import codebook
    from jamsos_sim.scenario import load_scenario

_HOME = {
    "InputError": "errors",
    "Results": "api_results",
    "codebook": "report.codebook",
    "compare": "api",
    "load_scenario": "scenario",
    "simulate": "api",
    "speak": "errors",
    "start": "api_running",
    "verify": "certificate",
}

__all__ = [
    "InputError",
    "Results",
    "codebook",
    "compare",
    "load_scenario",
    "simulate",
    "speak",
    "start",
    "verify",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return __all__
