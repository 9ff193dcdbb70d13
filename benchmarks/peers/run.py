"""The lean month by five programs, side by side: ``python benchmarks/peers/run.py [ENVIRONMENTS]``.

Each peer runs in an environment of its own, made from its pinned versions in a temporary folder, or in the
given folder, where it is kept. All simulate the same month (``month.py``). NumPy must give the totals of the
compiled loop number for number; the others, whose luck comes from their own generators, must lie within
`FARTHEST` standard deviations of its mean. Prints a table in Markdown; ``--json=FILE`` also keeps numbers.
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
PEERS = ("mesa", "starsim", "mesa_frames", "numpy", "jamsos")
WORKERS, MONTHS, SEED = 200_000, 24, 1
ROUNDS = {"mesa": 1, "starsim": 3, "mesa_frames": 5, "numpy": 12, "jamsos": 24}
FARTHEST = 5.0
BYTES_TOUCHED = 14
"""What the loop reads and writes of a worker in a month: key, risk, what is heard, months paid twice."""


def python_of(folder: Path) -> Path:
    """The Python of an environment."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def environment(folder: Path, peer: str) -> Path:
    """The Python of a peer's environment, made when it is not there yet."""
    inside = python_of(folder / peer)
    if not inside.exists():
        subprocess.run([sys.executable, "-m", "venv", folder / peer], check=True)
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
    surroundings |= {"JAMSOS_CACHE": "off"}
    command = [python, HERE / f"peer_{peer}.py", *size]
    said = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)
    lines = [line for line in said.stdout.splitlines() if line.startswith("{")]
    if said.returncode != 0 or not lines:
        raise SystemExit(f"{peer} ended with {said.returncode}:\n{said.stdout}{said.stderr}")
    # Libraries may greet on standard output at their first import.
    return json.loads(lines[-1])


def deviations(totals: list[list[int]], reference: list[list[int]]) -> float:
    """The farthest quantity's distance from the reference's mean, in standard deviations."""
    found = []
    for ours, theirs in zip(zip(*reference, strict=True), zip(*totals, strict=True), strict=True):
        spread = stdev(ours) * (1 / len(theirs) + 1 / len(ours)) ** 0.5
        found.append(abs(fmean(theirs) - fmean(ours)) / spread)
    return max(found)


def told(peer: str, said: dict[str, object], first: float, agreement: str) -> str:
    """A row of the table."""
    rate = WORKERS * MONTHS / float(str(said["processor"])) / 1e6
    cells = [
        peer.replace("_", "-"),
        f"{rate:.2f}",
        f"{rate / first:.1f}",
        str(said["bytes"]),
        f"{said['cold']:.1f}",
        agreement,
    ]
    return f"| {' | '.join(cells)} |"


def main() -> int:
    """Measure every peer once; 0 when all agree."""
    arguments = [each for each in sys.argv[1:] if not each.startswith("--json=")]
    kept = next((each.removeprefix("--json=") for each in sys.argv[1:] if each.startswith("--json=")), None)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(arguments[0] if arguments else temporary)
        pythons = {peer: environment(folder, peer) for peer in PEERS}
        said = {peer: measured(python, peer) for peer, python in pythons.items()}
        copied = float(subprocess.check_output([pythons["numpy"], HERE / "bandwidth.py"]))
    reference = said["jamsos"]["totals"]
    first = WORKERS * MONTHS / float(str(said["mesa"]["processor"])) / 1e6
    print("| peer | million worker-months/s | × Mesa | bytes/worker | cold start, s | agreement |")
    print("| --- | --- | --- | --- | --- | --- |")
    agree = True
    for peer in PEERS:
        totals = said[peer]["totals"]
        if peer in ("numpy", "jamsos"):
            is_equal = totals == reference[: len(totals)]
            agreement = "every number equal" if is_equal else "DIFFERENT"
        else:
            farthest = deviations(totals, reference)
            is_equal, agreement = farthest < FARTHEST, f"within {farthest:.1f} standard deviations"
        agree = agree and is_equal
        print(told(peer, said[peer], first, agreement))
    rate = WORKERS * MONTHS / float(str(said["jamsos"]["processor"]))
    share = rate * BYTES_TOUCHED / copied
    print(f"copy: {copied / 1e9:.1f} GB/s; the compiled loop moves {share:.1%} of that")
    if kept:
        Path(kept).write_text(json.dumps({"peers": said, "copied": copied}), encoding="utf-8")
    return 0 if agree else 1


if __name__ == "__main__":
    sys.exit(main())
