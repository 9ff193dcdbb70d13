"""How much memory a process has held since a moment; where no system forgets, the most it ever held."""

import gc
import sys
from pathlib import Path

try:
    import resource
except ImportError:  # Windows has none
    resource = None

CLEAR, STATUS = Path("/proc/self/clear_refs"), Path("/proc/self/status")
FORGET_THE_PEAK = "5"


def bytes_of_peak() -> float:
    """The most bytes held at once since `start_of_peak`; not a number where the system does not tell."""
    if STATUS.exists():
        line = next(line for line in STATUS.read_text(encoding="ascii").splitlines() if "VmHWM" in line)
        return float(line.split()[1]) * 1024
    if resource is None:
        return float("nan")
    return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) * (
        1 if sys.platform == "darwin" else 1024
    )


def start_of_peak() -> float:
    """Forget the peak so far where the system allows it; the bytes held now."""
    gc.collect()
    if CLEAR.exists():
        CLEAR.write_text(FORGET_THE_PEAK, encoding="ascii")
    return bytes_of_peak()
