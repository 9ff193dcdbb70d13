"""How much memory a process has held since a moment; on Linux, elsewhere the most it has ever held."""

import gc
import resource
from pathlib import Path

CLEAR, STATUS = Path("/proc/self/clear_refs"), Path("/proc/self/status")
FORGET_THE_PEAK = "5"


def bytes_of_peak() -> int:
    """The most bytes held at once since `start_of_peak`."""
    if STATUS.exists():
        line = next(line for line in STATUS.read_text(encoding="ascii").splitlines() if "VmHWM" in line)
        return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def start_of_peak() -> int:
    """Forget the peak so far where the system allows it; the bytes held now."""
    gc.collect()
    if CLEAR.exists():
        CLEAR.write_text(FORGET_THE_PEAK, encoding="ascii")
    return bytes_of_peak()
