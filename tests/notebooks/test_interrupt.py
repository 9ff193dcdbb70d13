"""A long run in a notebook stops at once when its kernel is interrupted, and the kernel goes on."""

import os
import sys
import time

import pytest
from jupyter_client.manager import KernelManager

from jamsos_sim.errors import StoppedError

LONG_RUN = """
from jamsos_sim import simulate, speak
speak("en")
print("started", flush=True)
simulate("program_berjalan", worlds=100_000, workers=2_000)
"""


@pytest.fixture
def kernel():
    """A kernel in which rules are not compiled, so that the run itself is what is interrupted."""
    manager = KernelManager()
    manager.start_kernel(env={**os.environ, "NUMBA_DISABLE_JIT": "1"})
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    yield manager, client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def answer(client, message, kind, seconds):
    """The first message of a kind that answers a request."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        received = client.get_iopub_msg(timeout=max(end - time.monotonic(), 0.1))
        if received["parent_header"].get("msg_id") == message and received["msg_type"] == kind:
            return received["content"]
    raise TimeoutError


def test_whoever_stops_a_run_with_a_folder_is_told_what_is_kept(tmp_path):
    assert issubclass(StoppedError, KeyboardInterrupt)
    assert "kept in results" not in str(StoppedError(None))
    assert str(tmp_path) in str(StoppedError(tmp_path))


@pytest.mark.skipif(sys.platform == "win32", reason="the signal of the manager is that of Unix")
def test_an_interrupt_ends_a_run_and_leaves_the_kernel_usable(kernel):
    manager, client = kernel
    # A kernel drops what reaches it shortly after a failed request, unless that request asks it not to.
    run = client.execute(LONG_RUN, stop_on_error=False)
    answer(client, run, "stream", 60)
    time.sleep(1.0)
    asked = time.monotonic()
    manager.interrupt_kernel()
    error = answer(client, run, "error", 20)
    assert error["ename"] == "StoppedError"
    assert error["traceback"] == [error["evalue"]]
    assert error["evalue"].startswith("Stopped.")
    assert time.monotonic() - asked < 15
    assert answer(client, client.execute("print(6 * 7)"), "stream", 20)["text"] == "42\n"
