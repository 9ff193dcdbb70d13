"""The lean month by six programs, side by side: ``python benchmarks/peers/run.py [ENVIRONMENTS]``.

Each peer runs in an environment of its own, made from its pinned versions in a temporary folder, or in the
given folder, where it is kept; this package is installed there anew every time. All simulate the same month
(``month.py``). NumPy must give the totals of the compiled loop number for number; the means of the others,
whose luck comes from their own generators, must lie within `FARTHEST` standard deviations of its mean, and so
must that of the loop that looks ahead, whose draws have other addresses. Prints a table in Markdown;
``--json=FILE`` also keeps numbers.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import fmean, stdev

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PEERS = ("mesa", "starsim", "mesa_frames", "numpy", "jamsos", "jamsos_ahead")
HOMES = {"jamsos_ahead": "jamsos"}
"""Whose environment a peer shares, where it has none of its own."""
WORKERS, MONTHS, SEED = 200_000, 24, 1
EXACT = ("numpy", "jamsos")
"""Who draws by address, so that every number must be equal."""
ROUNDS = {"mesa": 6, "starsim": 24, "mesa_frames": 24, "numpy": 12, "jamsos": 24, "jamsos_ahead": 24}
"""Seeds of each, six or more: the more there are, the less its mean owes to luck."""
FARTHEST = 4.0
BYTES_TOUCHED = 14
"""What the loop reads and writes of a worker in a month: key, risk, what is heard, months paid twice."""


def python_of(folder: Path) -> Path:
    """The Python of an environment."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def environment(folder: Path, peer: str) -> Path:
    """The Python of a peer's environment, made when it is not there; this package goes in as it is now."""
    inside = python_of(folder / peer)
    is_there = inside.exists()
    if not is_there:
        subprocess.run([sys.executable, "-m", "venv", folder / peer], check=True)
    if not is_there or peer == "jamsos":
        own = ["--requirement", HERE / "pins" / f"{peer}.txt"]
        ours = ["--constraint", ROOT / "requirements-dev.lock", ROOT]
        install = [inside, "-m", "pip", "install", "--quiet", *(ours if peer == "jamsos" else own)]
        subprocess.run(install, check=True)
    return inside


def measured(python: Path, peer: str) -> dict[str, object]:
    """What a peer says of its run."""
    size = [str(number) for number in (WORKERS, MONTHS, SEED, ROUNDS[peer])]
    surroundings = {**os.environ, "POLARS_MAX_THREADS": "1", "OMP_NUM_THREADS": "1"}
    # Nothing kept: the cold start of the compiled loop is with its compilation.
    # And no fonts for figures, which Starsim would install and greet with at its first import.
    surroundings |= {"JAMSOS_CACHE": "off", "STARSIM_INSTALL_FONTS": "0"}
    command = [python, HERE / f"peer_{peer}.py", *size]
    said = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)
    lines = [line for line in said.stdout.splitlines() if line.startswith("{")]
    if said.returncode != 0 or not lines:
        raise SystemExit(f"{peer} ended with {said.returncode}:\n{said.stdout}{said.stderr}")
    # A library may greet on standard output.
    return json.loads(lines[-1])


def deviations(totals: list[list[int]], reference: list[list[int]]) -> float:
    """The farthest quantity's distance from the reference's mean, in standard deviations."""
    found = []
    for ours, theirs in zip(zip(*reference, strict=True), zip(*totals, strict=True), strict=True):
        spread = stdev(ours) * (1 / len(theirs) + 1 / len(ours)) ** 0.5
        found.append(abs(fmean(theirs) - fmean(ours)) / spread)
    return max(found)


def version(peer: str) -> str:
    """The pinned version of a peer; nothing for this package."""
    pins = HERE / "pins" / f"{peer}.txt"
    lines = pins.read_text(encoding="utf-8").split() if pins.exists() else []
    return next((line.partition("==")[2] for line in lines if line.startswith(f"{peer}==")), "")


def summary(peer: str, said: dict[str, object], reference: list[list[int]]) -> dict[str, object]:
    """A peer's numbers, and how far it is from the compiled loop: no distance when it is equal."""
    totals = said["totals"]
    is_exact = peer in EXACT
    is_equal = is_exact and totals == reference[: len(totals)]
    return {
        "version": version(peer),
        "rounds": len(totals),
        "rate": WORKERS * MONTHS / float(str(said["processor"])),
        "bytes": said["bytes"],
        "cold": said["cold"],
        "is_exact": is_exact,
        "agrees": is_equal if is_exact else deviations(totals, reference) < FARTHEST,
        "deviations": 0.0 if is_exact else deviations(totals, reference),
    }


def told(peer: str, own: dict[str, object], first: float) -> str:
    """A row of the table."""
    agreement = f"within {own['deviations']:.1f} standard deviations, {own['rounds']} seeds"
    if own["is_exact"]:
        agreement = "every number equal" if own["agrees"] else "DIFFERENT"
    cells = [
        f"{peer.replace('_', '-')} {own['version']}".strip(),
        f"{own['rate'] / 1e6:.2f}",
        f"{own['rate'] / first:.1f}",
        str(own["bytes"]),
        f"{own['cold']:.1f}",
        agreement,
    ]
    return f"| {' | '.join(cells)} |"


def main() -> int:
    """Measure every peer once; 0 when all agree."""
    arguments = [each for each in sys.argv[1:] if not each.startswith("--json=")]
    kept = next((each.removeprefix("--json=") for each in sys.argv[1:] if each.startswith("--json=")), None)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(arguments[0] if arguments else temporary)
        homes = {peer: environment(folder, peer) for peer in PEERS if peer not in HOMES}
        pythons = {peer: homes[HOMES.get(peer, peer)] for peer in PEERS}
        said = {peer: measured(python, peer) for peer, python in pythons.items()}
        copied = float(subprocess.check_output([pythons["numpy"], HERE / "bandwidth.py"]))
    found = {peer: summary(peer, said[peer], said["jamsos"]["totals"]) for peer in PEERS}
    print("| peer | million worker-months/s | × Mesa | bytes/worker | cold start, s | agreement |")
    print("| --- | --- | --- | --- | --- | --- |")
    for peer in PEERS:
        print(told(peer, found[peer], found["mesa"]["rate"]))
    share = found["jamsos"]["rate"] * BYTES_TOUCHED / copied
    print(f"copy: {copied / 1e9:.1f} GB/s; the compiled loop moves {share:.1%} of that")
    if kept:
        numbers = {"workers": WORKERS, "months": MONTHS, "peers": found, "copied": copied, "share": share}
        Path(kept).write_text(json.dumps(numbers, indent=1) + "\n", encoding="utf-8")
    return 0 if all(own["agrees"] for own in found.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
