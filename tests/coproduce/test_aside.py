import subprocess
import sys
import threading

import pytest

from coproduce import aside


@pytest.fixture
def put_aside(monkeypatch):
    monkeypatch.setattr(aside, "_aside", None)
    aside.put_arithmetic_aside()
    yield
    aside._aside.shutdown()


def test_a_web_process_works_things_out_in_the_request_itself():
    assert aside.aside(threading.get_ident) == threading.get_ident()


def test_the_worker_works_them_out_in_a_thread_of_their_own(put_aside):
    assert aside.aside(threading.get_ident) != threading.get_ident()


def test_what_goes_wrong_aside_goes_wrong_for_who_asked(put_aside):
    def wrong():
        raise ValueError("no such figure")

    with pytest.raises(ValueError, match="no such figure"):
        aside.aside(wrong)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux knows it of each thread")
def test_only_the_arithmetic_gives_way():
    # In a process of its own, as the worker is.
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "import os, threading\n"
            "from coproduce.aside import aside, put_arithmetic_aside\n"
            "own = lambda: os.sched_getscheduler(threading.get_native_id()) == os.SCHED_IDLE\n"
            "put_arithmetic_aside()\n"
            "print(own(), aside(own), own())",
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert told == ["False", "True", "False"]


def test_where_the_system_lets_nobody_choose_it_is_worked_out_all_the_same(monkeypatch):
    def refuse(*given):
        raise PermissionError

    monkeypatch.setattr("os.sched_setscheduler", refuse, raising=False)
    monkeypatch.setattr(aside, "_aside", None)
    aside.put_arithmetic_aside()
    assert [aside.aside(lambda: 1), aside.aside(lambda: 2)] == [1, 2]
    aside._aside.shutdown()
