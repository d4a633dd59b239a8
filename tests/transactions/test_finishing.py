"""Finishing a design while the render processes are busy."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from spiff.composing.resources import NO_CONTEXT
from spiff.composing.workflow import Panel, StepGroup, Workflow
from spiff.rendering.processes.pool import RenderPool
from spiff.storage.files import FileStore
from spiff.transactions.designing import Finished, finish_answers

WORKFLOW = Workflow("Cup", (Panel("front", 100, 50),), (), (), (StepGroup("Design", ()),))
FUNCTIONS = {"stuck": "tests.rendering.odd_jobs:stuck"}


def test_waiting_for_a_render_process_keeps_nobody_from_composing(files: FileStore) -> None:
    with RenderPool(1, seconds=2, functions=FUNCTIONS) as busy, ThreadPoolExecutor(1) as other:
        other.submit(busy.run, "stuck", b"")

        finished, waited = asyncio.run(_finish_beside_another(files, busy))

    assert waited
    assert finished.preview is not None


async def _finish_beside_another(files: FileStore, busy: RenderPool) -> tuple[Finished, bool]:
    """Finish with a single thread, which another request asks for meanwhile; whether that one was first."""
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(1))
    finishing = asyncio.create_task(finish_answers(files, busy, WORKFLOW, {}, NO_CONTEXT))
    while len(list(asyncio.all_tasks())) < 2:
        await asyncio.sleep(0)
    await asyncio.to_thread(int)  # stands behind composing
    await asyncio.to_thread(int)
    waited = not finishing.done()
    return await finishing, waited
