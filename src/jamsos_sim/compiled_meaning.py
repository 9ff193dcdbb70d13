"""What a compiled loop would mean if it were compiled now: its code, its constants, and the rules it calls.

The sources are part of the name of the folder that keeps compiled code. But a rule or a constant can also be
replaced in a running process, as a lesson or a test does; code made then must not be taken for the package's.
"""

import hashlib
from collections.abc import Callable, Iterator
from types import CodeType, FunctionType, ModuleType
from typing import Any

PLAIN = (bool, int, float, complex, str, bytes, type(None))


def meaning_of(function: Callable[..., Any]) -> str:
    """Digest of everything that a function reaches by name: code, constants, and other functions."""
    digest = hashlib.sha256()
    for line in _lines(function, set()):
        digest.update(line.encode())
    return digest.hexdigest()


def _lines(value: Any, seen: set[int]) -> Iterator[str]:
    # Compiled code stands for the function that it was made of.
    value = getattr(value, "py_func", value)
    if isinstance(value, FunctionType):
        yield f"function {value.__module__}.{value.__qualname__}\n"
        if id(value) not in seen:
            seen.add(id(value))
            yield from _lines_of_code(value.__code__)
            for name, each in _reached(value):
                yield f"{name} is "
                yield from _lines(each, seen)
    elif isinstance(value, tuple):
        yield f"{type(value).__qualname__} {getattr(value, '_fields', '')} of {len(value)}\n"
        for each in value:
            yield from _lines(each, seen)
    elif isinstance(value, type):
        yield f"class {value.__module__}.{value.__qualname__} {getattr(value, '_fields', '')}\n"
    elif isinstance(value, PLAIN):
        yield f"{type(value).__qualname__} {value!r}\n"
    else:
        yield f"a {type(value).__qualname__}\n"


def _lines_of_code(code: CodeType) -> Iterator[str]:
    yield f"{code.co_code.hex()} {code.co_names} {code.co_varnames}\n"
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _lines_of_code(constant)
        else:
            yield f"{constant!r}\n"


def _reached(function: FunctionType) -> Iterator[tuple[str, Any]]:
    """Names in a function's code, each with what it stands for; of modules, what the code names in these."""
    known, modules = function.__globals__, []
    for name in function.__code__.co_names:
        if isinstance(known.get(name), ModuleType):
            modules.append(known[name])
        elif name in known:
            yield name, known[name]
    for module in modules:
        for name in function.__code__.co_names:
            if module.__name__.startswith("jamsos_sim") and hasattr(module, name):
                yield f"{module.__name__}.{name}", getattr(module, name)
    for number, cell in enumerate(function.__closure__ or ()):
        yield f"closure {number}", cell.cell_contents
