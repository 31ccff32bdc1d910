"""Work off the window's thread: what comes back, errors, stopping."""

from __future__ import annotations

import gc
import sys
import time

import pytest

from levelkit.errors import Cancelled, UserError
from levelkit.gui.tasks import ProcessRunner, Task, message_of


def test_a_task_tells_its_steps_and_its_result(qtbot):
    def work(progress, _cancelled):
        progress(1)
        progress(2)
        return "xong"

    task = Task(work)
    steps = []
    task.progressed.connect(steps.append)
    with qtbot.waitSignal(task.done) as told:
        task.start()
    assert told.args == ["xong"]
    assert steps == [1, 2]
    assert not task.running


def test_a_task_is_cancelled_at_its_next_look(qtbot):
    def work(progress, cancelled):
        progress("đang chạy")
        while not cancelled():
            time.sleep(0.005)
        raise Cancelled

    task = Task(work)
    task.progressed.connect(lambda _: task.cancel())
    with qtbot.waitSignal(task.cancelled):
        task.start()


def test_an_error_of_a_task_comes_back_and_a_bug_is_no_message(qtbot):
    def work(_progress, _cancelled):
        raise UserError("Ổ đĩa đã đầy.")

    task = Task(work)
    with qtbot.waitSignal(task.failed) as told:
        task.start()
    assert message_of(told.args[0]) == "Ổ đĩa đã đầy."
    with pytest.raises(ZeroDivisionError):
        message_of(ZeroDivisionError())


def test_a_task_that_is_forgotten_ends_in_peace(qtbot):
    told = []

    def work(_progress, _cancelled):
        time.sleep(0.05)
        told.append("xong")

    Task(work).start()
    gc.collect()
    qtbot.waitUntil(lambda: told == ["xong"])


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_a_process_speaks_json_lines(qtbot):
    runner = ProcessRunner()
    told = []
    runner.told.connect(told.append)
    code = "import sys; print('rác'); print('{\"page\": 1}'); sys.stdout.write('{\"page\": 2}')"
    with qtbot.waitSignal(runner.done):
        runner.start(python(code))
    assert told == [{"page": 1}, {"page": 2}]
    assert not runner.running


def test_a_process_that_fails_gives_its_last_words(qtbot):
    runner = ProcessRunner()
    code = (
        "import sys; sys.stderr.reconfigure(encoding='utf-8'); "
        "print('Không ghi được.', file=sys.stderr); sys.exit(2)"
    )
    with qtbot.waitSignal(runner.failed) as told:
        runner.start(python(code))
    assert told.args == ["Không ghi được."]


def test_a_process_that_is_stopped_says_neither_done_nor_failed(qtbot):
    runner = ProcessRunner()
    ends = []
    runner.done.connect(lambda: ends.append("done"))
    runner.failed.connect(lambda _: ends.append("failed"))
    runner.told.connect(lambda _: runner.stop())
    with qtbot.waitSignal(runner.stopped):
        runner.start(python("import time; print('{}', flush=True); time.sleep(60)"))
    assert ends == []


def test_a_program_that_is_not_there_is_told(qtbot, tmp_path):
    runner = ProcessRunner()
    with qtbot.waitSignal(runner.failed) as told:
        runner.start([str(tmp_path / "không có")])
    assert "Cài lại" in told.args[0]
    assert not runner.running
