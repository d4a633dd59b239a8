"""Threads that decode a type for the first time at the same moment."""

import subprocess
import sys

TOGETHER = """
import sys, threading
import spiff.app
import msgspec
from spiff.composing.workflow import Workflow

sys.setswitchinterval(1e-6)
document = b'{"name": "a", "panels": [], "options": [], "steps": [], "scenes": []}'
barrier = threading.Barrier(6)

def decode():
    barrier.wait()
    msgspec.json.decode(document, type=Workflow)

threads = [threading.Thread(target=decode) for _ in range(6)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("all decoded")
"""


def test_threads_that_decode_the_same_type_for_the_first_time_do_not_end_the_process() -> None:
    """msgspec alone ends nearly every such process with a segmentation fault."""
    for _ in range(3):
        done = subprocess.run([sys.executable, "-c", TOGETHER], capture_output=True, text=True, check=False, timeout=60)

        assert (done.returncode, done.stdout) == (0, "all decoded\n"), done.stderr
