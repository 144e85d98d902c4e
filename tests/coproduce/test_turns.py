"""Requests of one web process wait for each other, but for nobody's phone and not for long."""

from __future__ import annotations

import threading
from io import BytesIO
from typing import Any

import pytest

from coproduce.turns import MOST_READ_BEFORE, InTurn, beside_others

LONG = 20.0


def request(sent: Any = b"", **more: str) -> dict[str, Any]:
    body = BytesIO(sent) if isinstance(sent, bytes) else sent
    length = str(len(sent)) if isinstance(sent, bytes) else "5"
    return {
        "REQUEST_METHOD": "POST",
        "CONTENT_LENGTH": length,
        "wsgi.input": body,
        **more,
    }


GET = {"REQUEST_METHOD": "GET", "wsgi.input": BytesIO()}


class Held:
    """A page that stays in the making until it is let go, and knows how many are made at once."""

    def __init__(self) -> None:
        self.begun = threading.Semaphore(0)
        self.let_go = threading.Event()
        self.at_once = self.most_at_once = 0
        self._counting = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        with self._counting:
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        self.begun.release()
        self.let_go.wait(LONG)
        with self._counting:
            self.at_once -= 1
        return [environ["wsgi.input"].read()]


def asked(application: InTurn, environ: dict[str, Any]) -> threading.Thread:
    thread = threading.Thread(target=application, args=(environ, None))
    thread.start()
    return thread


def test_pages_are_made_one_after_the_other() -> None:
    page = Held()
    application = InTurn(page, patience=LONG)
    threads = [asked(application, dict(GET)) for _ in range(4)]
    assert page.begun.acquire(timeout=LONG)
    assert not page.begun.acquire(timeout=0.05)
    page.let_go.set()
    for thread in threads:
        thread.join(LONG)
    assert page.most_at_once == 1


def test_a_page_that_takes_long_does_not_hold_up_the_others() -> None:
    page = Held()
    application = InTurn(page, patience=0.01)
    threads = [asked(application, dict(GET)) for _ in range(3)]
    for _ in threads:
        assert page.begun.acquire(timeout=LONG)
    page.let_go.set()
    for thread in threads:
        thread.join(LONG)
    assert page.most_at_once == 3


def test_what_runs_no_python_is_waited_for_beside_the_others() -> None:
    reading, read = threading.Event(), threading.Event()
    done: list[str] = []

    def page(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        if environ["PATH_INFO"] == "/reads/":
            with beside_others():
                reading.set()
                assert read.wait(LONG)
        done.append(environ["PATH_INFO"])
        return []

    application = InTurn(page, patience=LONG)
    reader = asked(application, {**GET, "PATH_INFO": "/reads/"})
    assert reading.wait(LONG)
    application({**GET, "PATH_INFO": "/other/"}, None)
    assert done == ["/other/"]
    read.set()
    reader.join(LONG)
    assert done == ["/other/", "/reads/"]
    application({**GET, "PATH_INFO": "/last/"}, None)
    assert done[-1] == "/last/"


def test_afterwards_a_page_takes_its_turn_again() -> None:
    first = Held()

    def page(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        with beside_others():
            pass
        return first(environ, start_response)

    application = InTurn(page, patience=LONG)
    threads = [asked(application, dict(GET)) for _ in range(3)]
    assert first.begun.acquire(timeout=LONG)
    assert not first.begun.acquire(timeout=0.05)
    first.let_go.set()
    for thread in threads:
        thread.join(LONG)
    assert first.most_at_once == 1


class SlowPhone:
    """What is sent arrives when it is let go."""

    def __init__(self) -> None:
        self.arrives = threading.Event()
        self.asked = threading.Event()

    def read(self, length: int) -> bytes:
        self.asked.set()
        self.arrives.wait(LONG)
        return b"words"


def test_a_slow_phone_holds_up_nobody() -> None:
    made: list[bytes] = []
    application = InTurn(
        lambda environ, start: made.append(environ["wsgi.input"].read()) or made, patience=LONG
    )
    phone = SlowPhone()
    slow = asked(application, request(phone))
    assert phone.asked.wait(LONG)
    application(request(b"quick"), None)
    assert made == [b"quick"]
    phone.arrives.set()
    slow.join(LONG)
    assert made == [b"quick", b"words"]


@pytest.mark.parametrize(
    "large",
    [
        {"CONTENT_LENGTH": str(MOST_READ_BEFORE + 1)},
        {"CONTENT_LENGTH": "many"},
        {"HTTP_TRANSFER_ENCODING": "chunked"},
    ],
)
def test_a_large_file_is_left_to_the_page_and_waits_for_nobody(large: dict[str, str]) -> None:
    first = Held()
    application = InTurn(
        lambda environ, start: (
            first(environ, start)
            if environ["REQUEST_METHOD"] == "GET"
            else [environ["wsgi.input"].read()]
        ),
        patience=LONG,
    )
    other = asked(application, dict(GET))
    assert first.begun.acquire(timeout=LONG)
    assert application(request(b"a file", **large), None) == [b"a file"]
    first.let_go.set()
    other.join(LONG)


def test_a_page_that_fails_ends_its_turn() -> None:
    def fails(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        raise RuntimeError("no page")

    application = InTurn(fails, patience=LONG)
    for _ in range(2):
        with pytest.raises(RuntimeError, match="no page"):
            application(dict(GET), None)


def test_a_page_that_went_on_without_a_turn_gives_up_nobody_elses() -> None:
    holder = Held()
    passed = threading.Event()

    def page(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        if environ["PATH_INFO"] == "/late/":
            with beside_others():
                pass
            passed.set()
            return []
        return holder(environ, start_response)

    application = InTurn(page, patience=0.3)
    first = asked(application, {**GET, "PATH_INFO": "/first/"})
    assert holder.begun.acquire(timeout=LONG)
    late = asked(application, {**GET, "PATH_INFO": "/late/"})
    assert passed.wait(LONG)
    third = asked(application, {**GET, "PATH_INFO": "/third/"})
    assert not holder.begun.acquire(timeout=0.1), "the turn is still that of the first"
    holder.let_go.set()
    for thread in (first, late, third):
        thread.join(LONG)
