"""The one script of the house: ``python dev.py run | test | check | ...``.

It needs nothing but Python and pip: it makes ``.venv`` beside itself from the committed lock, installs what
the verb needs and no more, and is silent when nothing has to be done. `VERBS` lists what it can do. Modules
that older Pythons lack are imported late, so that these Pythons too end with a sentence.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
STAMP = ENVIRONMENT / "jamsos-stamp.json"
LOCK = ROOT / "requirements-dev.lock"
PROJECT = ROOT / "pyproject.toml"
SENTENCES = ROOT / "src" / "jamsos_sim" / "messages" / "house.toml"
NOTEBOOKS = ROOT / "notebooks"

OLDEST_PYTHON = (3, 11)
NEWEST_PYTHON = (3, 14)
EXIT_USER = 2
EXIT_INTERRUPT = 130
INTERRUPT_CODES = (EXIT_INTERRUPT, -signal.SIGINT, 0xC000013A, 0xC000013A - 2**32)
SECONDS_BEFORE_FORWARDING = 3.0

PROFILES = {
    "run": [],
    "test": ["lab", "test"],
    "lint": ["lint"],
    "docs": ["docs"],
    "all": ["docs", "lab", "lint", "test"],
}
MAIN_JOB = ["program_berjalan", "raperda_oktober_2025", "raperda_data_terpadu", "tambah_kuota"]


class StopError(Exception):
    """Ends the script with one sentence for the person who must act."""


def language() -> str:
    """Language of the sentences: the one asked for with ``--lang``, else Indonesian."""
    words = " ".join(sys.argv[1:]).replace("--lang=", "--lang ")
    return "en" if "--lang en" in words else "id"


def dotted(version: tuple[int, int]) -> str:
    """A version such as ``3.11``."""
    return ".".join(str(part) for part in version)


def first_failure(*codes: int) -> int:
    """The first exit code that is not zero."""
    return next((code for code in codes if code != 0), 0)


def sentence(name: str, **values: object) -> str:
    """A sentence of the house topic of the message catalogue."""
    import tomllib

    catalogue = tomllib.loads(SENTENCES.read_text(encoding="utf-8"))
    template: str = catalogue["house"][name][language()]
    return template.format(**values)


def say(name: str, **values: object) -> None:
    """Print a sentence on stderr; stdout belongs to the results."""
    print(sentence(name, **values), file=sys.stderr, flush=True)


def executable(name: str) -> Path:
    """A program of the environment, on Windows or elsewhere."""
    if os.name == "nt":
        return ENVIRONMENT / "Scripts" / f"{name}.exe"
    return ENVIRONMENT / "bin" / name


def surroundings(**more: str) -> dict[str, str]:
    """Environment variables of every child: UTF-8 throughout, and installations into `.venv` only."""
    misleading = ("PYTHONHOME", "__PYVENV_LAUNCHER__")
    clean = {name: value for name, value in os.environ.items() if name not in misleading}
    return {**clean, "PYTHONUTF8": "1", "PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1", **more}


def call(command: list[str], *, folder: Path = ROOT, quiet: bool = False, **more: str) -> int:
    """Run a child in a folder until it ends by itself, and return its exit code.

    After Ctrl-C the child, which has got the same signal from the terminal, is given time to tidy up.
    """
    output = sys.stderr if quiet else None
    child = subprocess.Popen(command, cwd=folder, env=surroundings(**more), stdout=output)
    try:
        code = child.wait()
    except KeyboardInterrupt:
        wait_for_interrupted(child)
        code = EXIT_INTERRUPT
    if code in INTERRUPT_CODES:
        raise KeyboardInterrupt
    return code


def wait_for_interrupted(child: subprocess.Popen[bytes]) -> None:
    """Wait for an interrupted child; pass the signal on when only this script seems to have got it."""
    try:
        child.wait(timeout=SECONDS_BEFORE_FORWARDING)
    except subprocess.TimeoutExpired:
        if os.name == "nt":
            child.terminate()
        else:
            child.send_signal(signal.SIGINT)
        child.wait()


def python_of_environment() -> str:
    """Version of the environment's Python such as ``3.11``; empty when it or its pip is missing or broken."""
    question = "import sys, pip; print(sys.version_info[0], sys.version_info[1], sep='.')"
    try:
        answer = subprocess.run(
            [str(executable("python")), "-c", question],
            env=surroundings(),
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return answer.stdout.strip()


def digest() -> str:
    """Digest of what decides about the packages: the lock and the project file."""
    content = b"\n".join(path.read_bytes().replace(b"\r\n", b"\n") for path in (LOCK, PROJECT))
    return hashlib.sha256(content).hexdigest()


def read_stamp() -> dict[str, object]:
    """What was installed here last; empty when nothing was, or when the installation did not end."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def make_environment() -> None:
    """Make `.venv` anew."""
    if any(importlib.util.find_spec(module) is None for module in ("venv", "ensurepip")):
        raise StopError(sentence("no_venv", python=sys.executable))
    if ENVIRONMENT.exists():
        shutil.rmtree(ENVIRONMENT)
    python = getattr(sys, "_base_executable", sys.executable)  # this one may lie in the folder just removed
    if call([python, "-m", "venv", str(ENVIRONMENT)], quiet=True) != 0:
        raise StopError(sentence("no_venv", python=python))


def install(extras: list[str]) -> None:
    """Install the build tools, then this checkout with its extras, all at the versions of the lock."""
    import tomllib

    tools = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["build-system"]["requires"]
    here = f".[{','.join(extras)}]" if extras else "."
    pip = [str(executable("python")), "-m", "pip", "install", "-qq", "--no-input"]
    for request in (tools, ["--no-build-isolation", "--editable", here]):
        if call([*pip, "--constraint", LOCK.name, *request], quiet=True) != 0:
            raise StopError(sentence("pip_failed"))


def prepare(profile: str) -> None:
    """Give `.venv` what a profile needs; silent and quick when it already has it."""
    wanted = PROFILES[profile]
    version = python_of_environment()
    stamp = read_stamp()
    has_moved = stamp.get("root", str(ROOT)) != str(ROOT)
    is_usable = version == dotted(sys.version_info[:2]) and not has_moved
    present = stamp.get("extras", [])
    installed = {str(extra) for extra in present} if is_usable and isinstance(present, list) else set()
    if is_usable and stamp.get("digest") == digest() and installed.issuperset(wanted):
        return
    start = time.monotonic()
    say("setting_up" if is_usable or not ENVIRONMENT.exists() else "setting_up_anew", folder=ENVIRONMENT)
    STAMP.unlink(missing_ok=True)
    if not is_usable:
        make_environment()
    extras = sorted(installed.union(wanted))
    install(extras)
    stamp = {"digest": digest(), "extras": extras, "root": str(ROOT)}
    STAMP.write_text(json.dumps(stamp, indent=1) + "\n", encoding="utf-8")
    say("set_up", seconds=round(time.monotonic() - start))


def run(words: list[str]) -> int:
    """Compare scenarios; without names, the main job: ``run [SCENARIO...] [OPTION...]``."""
    return jamsos(["compare", *([] if names_something(words) else MAIN_JOB), *words])


def names_something(words: list[str]) -> bool:
    """Whether a scenario is among the words: neither an option nor an option's value."""
    before = ["", *words]
    return any(
        not word.startswith("-") and (not last.startswith("-") or "=" in last or last == "--json")
        for last, word in zip(before, words, strict=False)
    )


def jamsos(words: list[str]) -> int:
    """Any other command of the toolkit, such as ``jamsos list`` or ``jamsos check FILE``."""
    prepare("run")
    return call([str(executable("jamsos")), *words], folder=Path.cwd())


def test(words: list[str]) -> int:
    """Run all tests, then all notebooks; with words, only ``pytest WORDS``."""
    prepare("test")
    pytest = [str(executable("python")), "-m", "pytest"]
    if words:
        return call([*pytest, *words], MPLBACKEND="agg")
    # One process for each core; a file stays in one of them, because its tests share worlds and runs.
    pytest += ["--numprocesses", "auto", "--dist", "loadfile"]
    tests = call([*pytest, "tests"], MPLBACKEND="agg")
    notebooks = call([
        *pytest, "--nbval", "--nbval-current-env", "--nbval-cell-timeout", "120",
        "--nbval-sanitize-with", str(NOTEBOOKS / ".sanitize.cfg"), str(NOTEBOOKS),
    ])  # fmt: skip
    return first_failure(tests, notebooks)


def lint(words: list[str]) -> int:
    """Check format, style and types; nothing is changed."""
    prepare("lint")
    python = str(executable("python"))
    return first_failure(
        call([python, "-m", "ruff", "format", "--check", *words]),
        call([python, "-m", "ruff", "check", *words]),
        call([python, "-m", "mypy"]),
    )


def check(words: list[str]) -> int:
    """Do what CI does: format, style, types, pages with their links, then all tests and notebooks."""
    prepare("all")
    return first_failure(lint([]), docs([]), test(words))


def reformat(words: list[str]) -> int:
    """Format the code and mend what can be mended."""
    prepare("lint")
    ruff = [str(executable("python")), "-m", "ruff"]
    return first_failure(call([*ruff, "check", "--fix", *words]), call([*ruff, "format", *words]))


def notebooks(words: list[str]) -> int:
    """Make and execute the notebooks of both languages from their masters: ``notebooks [NAME...]``."""
    prepare("test")
    return call([str(executable("python")), str(NOTEBOOKS / "build.py"), *words])


def docs(words: list[str]) -> int:
    """Build the pages of ``docs/`` and the notebooks as a site in ``build/docs``, every link checked."""
    prepare("docs")
    return call([str(executable("python")), str(ROOT / "docs" / "build.py"), *words])


def lab(words: list[str]) -> int:
    """Open JupyterLab on this folder, where notebooks and scenarios are, for this machine only."""
    prepare("test")
    return call([str(executable("jamsos")), "lab", *words, str(ROOT)])


def lock(words: list[str]) -> int:
    """Resolve all packages again, for every supported Python and platform, into the lock."""
    uv = shutil.which("uv")
    if uv is None:
        raise StopError(sentence("no_uv"))
    fresh = LOCK.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    code = call([
        uv, "pip", "compile", "--quiet", "--universal", "--python-version", dotted(OLDEST_PYTHON),
        "--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links",
        "--extra", "dev", *words, PROJECT.name, "--output-file", fresh.name,
    ], quiet=True)  # fmt: skip
    if code == 0:
        pins = fresh.read_text(encoding="utf-8")
        if "://" in pins:
            raise StopError(sentence("address_in_lock", file=fresh.name))
        fresh.replace(LOCK)
    return code


def setup(words: list[str]) -> int:
    """Only set up: ``setup [run | test | lint | docs | all]``, all when nothing is named."""
    for profile in words or ["all"]:
        if profile not in PROFILES:
            raise StopError(sentence("unknown_profile", profile=profile, profiles=", ".join(PROFILES)))
        prepare(profile)
    return 0


VERBS = {
    "run": run,
    "jamsos": jamsos,
    "test": test,
    "check": check,
    "lint": lint,
    "format": reformat,
    "notebooks": notebooks,
    "docs": docs,
    "lab": lab,
    "lock": lock,
    "setup": setup,
}


def usage() -> str:
    """One line for each verb."""
    lines = [f"  {verb:<10} {(action.__doc__ or '').splitlines()[0]}" for verb, action in VERBS.items()]
    return "\n".join(["python dev.py VERB ...", *lines])


def is_supported_python() -> bool:
    """Whether the Python that runs this script is one the lock was made for."""
    return OLDEST_PYTHON <= sys.version_info[:2] <= NEWEST_PYTHON


def main(words: list[str]) -> int:
    """Do what the first word says with the words after it."""
    if not is_supported_python():
        needed = f"{dotted(OLDEST_PYTHON)}-{dotted(NEWEST_PYTHON)}"
        present = dotted(sys.version_info[:2])
        print(f"Perlu Python {needed}; ini Python {present}.", file=sys.stderr)
        print(f"Python {needed} is needed; this is Python {present}.", file=sys.stderr)
        return EXIT_USER
    if not words or words[0] not in VERBS:
        is_question = words in (["-h"], ["--help"], ["help"])
        print(usage(), file=sys.stdout if is_question else sys.stderr)
        return 0 if is_question else EXIT_USER
    try:
        return VERBS[words[0]](words[1:])
    except StopError as stop:
        print(stop, file=sys.stderr)
        return EXIT_USER
    except KeyboardInterrupt:
        return EXIT_INTERRUPT
    except OSError as error:
        where, reason = error.filename or ENVIRONMENT, error.strerror or error
        print(sentence("no_access", file=where, reason=reason), file=sys.stderr)
        return EXIT_USER


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
