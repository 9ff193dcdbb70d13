"""How the compiled code of a loop is packed into a file, and made ready from it without the compiler.

What numba packs serves two ends: to call the code, and to build it into loops that are yet to be compiled. A
process that finds all its loops compiled needs the first alone. The second, the compiler's knowledge of what
it can compile, and the modules from which that comes, take several times longer to load than the code itself;
here they wait until somebody compiles.
"""

import io
import pickle
import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from typing import Any, cast

import llvmlite.binding as llvm
from numba.core.compiler import CompileResult
from numba.core.environment import _rebuild_env
from numba.core.runtime.nrt import rtsys
from numba.core.serialize import dumps as _dumps

# Numba declares no types here.
dumps = cast(Callable[[Any], bytes], _dumps)
rebuild = cast(Callable[..., Any], CompileResult._rebuild)
rebuild_environment = cast(Callable[..., Any], _rebuild_env)
address_of, read_bitcode, read_assembly = (
    cast(Callable[[Any], Any], each)
    for each in (llvm.address_of_symbol, llvm.parse_bitcode, llvm.parse_assembly)
)

_known: set[str] = set()
"""Names that have an address in this process."""


def packed(result: Any) -> bytes:
    """The compiled code of a loop as bytes."""
    needed = tuple(_names_needed(result.library))
    (name, kind, (code, for_linking)), *others = result._reduce()
    library = (name, kind, (code, _only_named(_callable_names(result))))
    return dumps((needed, for_linking, library, *others))


def unpacked(target_context: Any, content: bytes) -> Any:
    """The compiled code of a loop, to be called and to be built into others."""
    needed, for_linking, *parts = _Unpickler(io.BytesIO(content)).load()
    make_known(needed, target_context)
    result = rebuild(target_context, *parts)
    result.library._get_module_for_linking = partial(_for_linking, result.library, for_linking)
    return result


def _names_needed(library: Any) -> Iterator[str]:
    """Names of what the code of a library takes from outside itself."""
    module = library._final_module
    for each in chain(module.functions, module.global_variables):
        if each.is_declaration and not each.name.startswith("llvm."):  # the compiler's own have no address
            yield each.name


def make_known(needed: tuple[str, ...], target_context: Any) -> None:
    """See to it that this process knows every name that kept code takes from outside itself."""
    rtsys.initialize(target_context)
    new = set(needed) - _known
    if not all(map(address_of, new)):
        target_context.refresh()  # loads whatever numba has
        return
    _known.update(new)


def _callable_names(result: Any) -> set[str]:
    """Names by which the code of a loop can be called from outside."""
    described = result.fndesc
    entries = {
        described.llvm_func_name,
        described.llvm_cpython_wrapper_name,
        described.llvm_cfunc_wrapper_name,
    }
    return entries & {function.name for function in result.library.get_defined_functions()}


def _only_named(names: set[str]) -> bytes:
    """A module that tells numba that functions are there, and no more; the code itself lies beside it."""
    lines = (f'define void @"{name}"() {{ unreachable }}' for name in sorted(names))
    return cast(bytes, read_assembly("\n".join(lines)).as_bitcode())


def _for_linking(library: Any, content: bytes) -> Any:
    """What the compiler builds into another loop; numba asks a library for it by this method."""
    library._shared_module = read_bitcode(content)
    del library._get_module_for_linking  # from now on numba's own, which finds what was read
    return library._shared_module


class _Unpickler(pickle.Unpickler):
    """Reads kept code, and imports no module for functions that ask theirs for nothing."""

    def find_class(self, module: str, name: str) -> Any:
        """What a name in the file stands for."""
        if (module, name) == (_rebuild_env.__module__, _rebuild_env.__name__):
            return _environment
        return super().find_class(module, name)


def _environment(module: str, constants: list[Any], name: str) -> Any:
    """The Python objects that a compiled function uses: its constants, and the names of its module.

    Loops call no Python: what has no constants asks its module for nothing.
    """
    known = module if constants or module in sys.modules else __name__
    return rebuild_environment(known, constants, name)
