"""Real clusters on loopback: a scheduler and workers, each a process of its own."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

LOOPBACK = "127.0.0.1"
PLAIN = {"NUMBA_DISABLE_JIT": "1", "DASK_LOGGING__DISTRIBUTED": "critical"}
"""Rules are not compiled, which would take each worker longer than its worlds do."""


class Cluster:
    """A scheduler and its workers in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []
        file = folder / "scheduler.json"
        self.scheduler = self.start("scheduler", "--port", "0", "--scheduler-file", str(file))
        deadline = time.monotonic() + 60
        while not file.exists() or not file.read_text(encoding="utf-8").strip():
            assert time.monotonic() < deadline and self.scheduler.poll() is None
            time.sleep(0.05)
        self.address: str = json.loads(file.read_text(encoding="utf-8"))["address"]

    def start(self, kind: str, *words: str, **variables: str) -> "subprocess.Popen[bytes]":
        """Start a scheduler or a worker."""
        command = [sys.executable, "-W", "ignore", "-m", f"distributed.cli.dask_{kind}"]
        process = subprocess.Popen(
            [*command, "--host", LOOPBACK, "--no-dashboard", *words],
            cwd=self.folder,
            env={**os.environ, **PLAIN, **variables},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.processes.append(process)
        return process

    def worker(self, **variables: str) -> "subprocess.Popen[bytes]":
        """Start a worker of one thread."""
        return self.start("worker", self.address, "--no-nanny", "--nthreads", "1", **variables)

    def close(self) -> None:
        """End all processes."""
        for process in self.processes:
            process.kill()
        for process in self.processes:
            process.wait(timeout=20)
