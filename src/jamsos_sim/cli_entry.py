"""Entry point of the command ``jamsos``; able to answer an interrupt from the first import on."""

import gc
import os
import sys

from jamsos_sim.messages import text

INTERRUPTED = 130
OBJECTS_BETWEEN_COLLECTIONS = 2**19
"""A run's libraries make a quarter of a million objects that all stay; to look through them on the way for
what could go takes a tenth of the start."""


def main() -> None:
    """Carry out the command line and leave with its exit code."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    # Nobody extends our models; to see that, pydantic would open the files of every installed package.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        from jamsos_sim.cli import exit_code

        code = exit_code(sys.argv[1:])
    except KeyboardInterrupt:
        print(text("run.interrupted_early"), file=sys.stderr)
        code = INTERRUPTED
    if code == INTERRUPTED:
        # Threads that are compiling cannot be stopped. Files are written by this thread alone, by renaming,
        # so none is half-written when the process ends at once.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)
