"""The same plan under several Pythons and NumPys: ``python benchmarks/versions.py [PYTHON[=NUMPY] ...]``.

Each argument is a Python, such as ``python3.13`` or a path, and may be followed by ``=`` and a version of
NumPy; without one, the lock's. Without arguments, all supported Pythons of the search path that run. Every
one gets an environment of its own in a temporary folder, the package installed as a user installs it, and
runs the same small plan; then the digests of the values of all tables (``manifest.json``) must be equal.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements-dev.lock"
SCENARIOS = ["program_berjalan", "raperda_data_terpadu"]
PLAN = ["--worlds", "2", "--workers", "2000", "--to", "2026-12", "--seed", "7"]
SUPPORTED = ("python3.11", "python3.12", "python3.13", "python3.14")


def answers(python: str) -> bool:
    """Whether a Python of the search path runs: a version manager puts stand-ins there that do not."""
    if shutil.which(python) is None:
        return False
    return subprocess.run([python, "--version"], check=False, capture_output=True).returncode == 0


def wheel_in(folder: Path) -> Path:
    """Build the package once, so that every environment gets the same sources."""
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ROOT]
    subprocess.run(command, check=True)
    return next(folder.glob("*.whl"))


def environment(folder: Path, python: str, numpy: str, wheel: Path) -> Path:
    """Make an environment with the package in it; its Python."""
    subprocess.run([python, "-m", "venv", folder], check=True)
    inside = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    lines = LOCK.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not (numpy and line.startswith("numpy=="))]
    constraints = folder / "constraints.txt"
    constraints.write_text("\n".join([*kept, f"numpy=={numpy}" if numpy else ""]), encoding="utf-8")
    command = [inside, "-m", "pip", "install", "--quiet", "--constraint", constraints, wheel]
    subprocess.run(command, check=True)
    return inside


def digests(inside: Path, results: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Run the plan; versions and digests of its tables."""
    program = "from jamsos_sim.cli_entry import main; main()"
    command = [inside, "-I", "-c", program, "run", *SCENARIOS, *PLAN, "--out", results]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    manifest = json.loads((results / "manifest.json").read_text(encoding="utf-8"))
    return manifest["versions"], manifest["digests"]


def main() -> int:
    """Run the plan everywhere; 0 when all digests are equal."""
    asked = sys.argv[1:] or [python for python in SUPPORTED if answers(python)]
    found: list[dict[str, str]] = []
    with tempfile.TemporaryDirectory() as temporary:
        wheel = wheel_in(Path(temporary))
        for place, each in enumerate(asked):
            python, _, numpy = each.partition("=")
            inside = environment(Path(temporary) / f"environment{place}", python, numpy, wheel)
            versions, tables = digests(inside, Path(temporary) / f"results{place}")
            named = ", ".join(f"{name} {versions[name]}" for name in ("python", "numpy", "pandas", "numba"))
            print(
                named, *(f"{table} {digest[:16]}" for table, digest in tables.items()), sep="  ", flush=True
            )
            found.append(tables)
    is_equal = all(tables == found[0] for tables in found)
    print(f"{len(found)} environments: digests {'equal' if is_equal else 'DIFFER'}")
    return 0 if is_equal and found else 1


if __name__ == "__main__":
    sys.exit(main())
