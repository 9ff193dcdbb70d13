"""A run on a Dask cluster is the local run, whatever happens to its workers; what is wrong is said."""

import json
import os
import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

import jamsos_sim
from jamsos_sim import InputError, simulate, verify
from jamsos_sim.api import Settings, plan_of
from jamsos_sim.cli import exit_code
from jamsos_sim.ensemble_folder import RunFolder
from jamsos_sim.ensemble_hands import Hands, simulate_worlds
from tests.ensemble.clusters import Cluster

pytest.importorskip("distributed", reason="the extra 'cluster' is not installed")

NAMES = ("program_berjalan", "tambah_kuota")
WORLDS = 12
SMALL = Settings(worlds=WORLDS, workers=150, last="2024-03")
NOBODY = "tcp://127.0.0.1:9"


def digests_in(folder: Path) -> dict[str, str]:
    return dict(json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["digests"])


@pytest.fixture
def cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    """A scheduler; a busy machine takes long to start its workers."""
    for name in ("SECONDS_TO_CONNECT", "SECONDS_TO_FIND_WORKERS"):
        monkeypatch.setattr(f"jamsos_sim.ensemble_cluster.{name}", 60)
    started = Cluster(tmp_path)
    yield started
    started.close()


def kept(folder: Path) -> int:
    return len(list(folder.glob("parts/world-*.npy")))


def test_a_worker_killed_in_the_middle_changes_no_digest(
    tmp_path: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    simulate(*NAMES, **SMALL, out=tmp_path / "di-sini")
    workers = [cluster.worker(), cluster.worker()]
    keep, there_at_the_kill = RunFolder.keep, []

    def keep_and_kill(folder: RunFolder, world: int, *rest: object) -> None:
        keep(folder, world, *rest)
        if kept(folder.path) == 3:
            workers[0].kill()
            there_at_the_kill.append(kept(folder.path))

    monkeypatch.setattr(RunFolder, "keep", keep_and_kill)
    simulate(*NAMES, **SMALL, out=tmp_path / "kluster", cluster=cluster.address)
    assert there_at_the_kill == [3] and workers[0].wait(timeout=20) == -9 and workers[1].poll() is None
    assert digests_in(tmp_path / "kluster") == digests_in(tmp_path / "di-sini")
    assert verify(tmp_path / "di-sini", cluster=cluster.address).is_match


def test_a_run_begun_here_goes_on_there(tmp_path: Path, cluster: Cluster) -> None:
    plan = plan_of(NAMES, SMALL)
    begun = RunFolder(tmp_path / "hasil", plan)
    with begun.opened():
        for world, ledgers in simulate_worlds(plan, [0, 5], Hands(1)):
            begun.keep(world, ledgers)
    cluster.worker()
    simulate(*NAMES, **SMALL, out=tmp_path / "hasil", cluster=cluster.address)
    simulate(*NAMES, **SMALL, out=tmp_path / "di-sini")
    assert digests_in(tmp_path / "hasil") == digests_in(tmp_path / "di-sini")


@pytest.mark.parametrize(
    ("address", "key"),
    [
        (NOBODY, "cluster.unreachable"),
        ("127.0.0.1:8786", "cluster.bad_address"),
        ("tcp://127.0.0.1", "cluster.bad_address"),
        ("tcp://user@host:8786", "cluster.bad_address"),
        ("tls://127.0.0.1:9", "cluster.no_certificates"),
    ],
)
def test_a_cluster_that_is_not_there_ends_in_one_sentence(
    address: str,
    key: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("jamsos_sim.ensemble_cluster.SECONDS_TO_CONNECT", 1)
    words = ["run", *NAMES, "--workers", "150", "--worlds", "2", "--out", str(tmp_path / "hasil")]
    for lang in ("id", "en"):
        assert exit_code([*words, "--cluster", address, "--lang", lang]) == 2
        said = capsys.readouterr()
        assert said.out == "" and said.err.splitlines() == [InputError(key, address=address).sentence(lang)]


def test_a_cluster_without_workers_ends_in_one_sentence(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jamsos_sim.ensemble_cluster.SECONDS_TO_FIND_WORKERS", 0.5)
    with pytest.raises(InputError) as refused:
        simulate(*NAMES, **SMALL, cluster=cluster.address)
    assert refused.value.key == "cluster.no_workers"


def test_threads_and_a_cluster_are_not_given_together() -> None:
    with pytest.raises(InputError) as refused:
        simulate(*NAMES, **SMALL, threads=2, cluster=NOBODY)
    assert refused.value.key == "cluster.with_threads"


def copied_package(folder: Path) -> Path:
    """A copy of the package in which one rule differs, in a folder for the path of modules."""
    copy = folder / "lain" / "jamsos_sim"
    shutil.copytree(Path(jamsos_sim.__file__).parent, copy, ignore=shutil.ignore_patterns("__pycache__"))
    rules = copy / "units.py"
    rules.write_text(rules.read_text(encoding="utf-8") + "\n# another rule\n", encoding="utf-8")
    return copy.parent


def test_a_worker_with_other_rules_is_refused(cluster: Cluster, tmp_path: Path) -> None:
    path = os.pathsep.join([str(copied_package(tmp_path)), os.environ.get("PYTHONPATH", "")])
    cluster.worker(PYTHONPATH=path)
    with pytest.raises(InputError) as refused:
        simulate(*NAMES, **SMALL, cluster=cluster.address)
    assert refused.value.key == "cluster.other_source"
    assert str(refused.value.values["worker"]).startswith("tcp://127.0.0.1:")


def test_a_worker_with_another_numpy_is_refused(cluster: Cluster, tmp_path: Path) -> None:
    told = tmp_path / "lain" / "numpy-1.0.dist-info" / "METADATA"
    told.parent.mkdir(parents=True)
    told.write_text("Metadata-Version: 2.1\nName: numpy\nVersion: 1.0\n", encoding="utf-8")
    cluster.worker(PYTHONPATH=os.pathsep.join([str(told.parents[1]), os.environ.get("PYTHONPATH", "")]))
    with pytest.raises(InputError) as refused:
        simulate(*NAMES, **SMALL, cluster=cluster.address)
    assert (refused.value.key, refused.value.values["what"]) == ("cluster.other_version", "numpy")
    assert refused.value.values["theirs"] == "1.0"


@pytest.mark.parametrize(
    ("ended", "key"), [("worker", "cluster.workers_gone"), ("scheduler", "cluster.lost")]
)
def test_a_cluster_that_ends_in_the_middle_leaves_a_sentence_and_what_is_done(
    ended: str, key: str, cluster: Cluster, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("jamsos_sim.ensemble_cluster.SECONDS_WITHOUT_WORKERS", 1)
    process = {"worker": cluster.worker(), "scheduler": cluster.scheduler}[ended]
    keep = RunFolder.keep

    def keep_and_kill(folder: RunFolder, world: int, *rest: object) -> None:
        keep(folder, world, *rest)
        process.kill()

    with monkeypatch.context() as patch, pytest.raises(InputError) as refused:
        patch.setattr(RunFolder, "keep", keep_and_kill)
        simulate(*NAMES, **SMALL, out=tmp_path / "hasil", cluster=cluster.address)
    assert refused.value.key == key
    assert kept(tmp_path / "hasil") >= 1


def test_a_register_never_leaves_this_computer(tmp_path: Path) -> None:
    example = files("jamsos_sim").joinpath("regions/tangsel/example")
    (tmp_path / "kunci").write_text("kunci-rahasia-yang-cukup-panjang-untuk-uji\n", encoding="utf-8")
    out = tmp_path / "workers.parquet"
    words = ["intake", str(example / "register.csv"), "--map", str(example / "map.yaml")]
    assert exit_code([*words, "--key-file", str(tmp_path / "kunci"), "--out", str(out)]) == 0
    with pytest.raises(InputError) as refused:
        simulate(*NAMES, worlds=1, population=out, last="2024-03", cluster=NOBODY)
    assert refused.value.key == "cluster.register_stays"


def test_without_the_extra_a_sentence_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jamsos_sim.ensemble_hands.find_spec", lambda name: None)
    with pytest.raises(InputError) as refused:
        simulate(*NAMES, **SMALL, cluster=NOBODY)
    assert refused.value.key == "cluster.not_installed"
    assert "jamsos-sim[cluster]" in refused.value.sentence("en")
