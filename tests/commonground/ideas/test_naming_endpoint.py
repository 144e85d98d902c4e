"""Names from an endpoint: asked in OpenAI's form, and never missed when it fails."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from commonground.cli import main
from commonground.ideas import Detail, suggest_ideas
from commonground.ideas.naming_endpoint import NamingEndpoint

SAID = [
    "The swimming pool is too cold",
    "Warm up the swimming pool",
    "The swimming pool needs longer hours",
]
PHRASES = ["swimming pool"]


class Endpoint(HTTPServer):
    """Speaks the form on this machine, and keeps what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[dict[str, Any]] = []
        self.status = 200
        self.body = b""
        self.to = ""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def will_say(self, content: object) -> None:
        self.body = json.dumps({"choices": [{"message": {"content": content}}]}).encode()


class Handler(BaseHTTPRequestHandler):
    server: Endpoint

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append(
            {"path": self.path, "key": self.headers["Authorization"], **json.loads(body)}
        )
        self.send_response(self.server.status)
        if self.server.to:
            self.send_header("Location", self.server.to)
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, *given: object) -> None:
        """Quiet."""


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    server = Endpoint()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_it_is_asked_in_the_form_and_its_name_is_taken(endpoint: Endpoint) -> None:
    endpoint.will_say(' "A warmer pool."\n')
    assert NamingEndpoint(f"{endpoint.url}/", "small", key="k")(SAID, PHRASES) == "A warmer pool"
    (asked,) = endpoint.asked
    assert (asked["path"], asked["key"], asked["model"]) == (
        "/v1/chat/completions",
        "Bearer k",
        "small",
    )
    assert [one["role"] for one in asked["messages"]] == ["system", "user"]
    for text in (*SAID, *PHRASES):
        assert text in asked["messages"][1]["content"]


def test_no_more_is_sent_than_said(endpoint: Endpoint) -> None:
    endpoint.will_say("Long")
    NamingEndpoint(endpoint.url, "small")([f"{n} {'a' * 900}" for n in range(50)], [])
    content = endpoint.asked[0]["messages"][1]["content"]
    assert content.count("- ") == 20
    assert len(content) < 20 * 305 + 20
    assert endpoint.asked[0]["key"] is None


@pytest.mark.parametrize(
    "content",
    ["", " ", None, "Here is a heading:\nThe pool", "a " * 9, "a" * 61],
)
def test_what_is_no_heading_is_not_taken(endpoint: Endpoint, content: object) -> None:
    endpoint.will_say(content if content is not None else "")
    assert NamingEndpoint(endpoint.url, "small")(SAID, PHRASES) is None


@pytest.mark.parametrize(
    ("status", "body"),
    [(500, b"{}"), (200, b"no json"), (200, b"{}"), (200, b'{"choices": []}'), (200, b"[1]")],
)
def test_a_failing_endpoint_leaves_the_words_own_name(
    endpoint: Endpoint, status: int, body: bytes
) -> None:
    endpoint.status, endpoint.body = status, body
    level = suggest_ideas(
        range(3), SAID, detail=Detail.MIDDLE, name_hook=NamingEndpoint(endpoint.url, "small")
    ).levels[0]
    assert len(endpoint.asked) == 1
    assert [idea.name for idea in level.ideas] == ["swimming pool"]


def test_a_redirect_is_not_followed_with_the_key(endpoint: Endpoint) -> None:
    endpoint.status, endpoint.to = 302, f"{endpoint.url}/elsewhere"
    assert NamingEndpoint(endpoint.url, "small", key="k")(SAID, PHRASES) is None
    assert len(endpoint.asked) == 1


def test_nobody_there_gives_no_name(endpoint: Endpoint) -> None:
    unused = HTTPServer(("127.0.0.1", 0), Handler)
    port = unused.server_address[1]
    unused.server_close()
    assert NamingEndpoint(f"http://127.0.0.1:{port}/v1", "small")(SAID, PHRASES) is None


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="https://"):
        NamingEndpoint("file:///etc/passwd", "small")


def test_the_command_asks_only_when_told(
    endpoint: Endpoint,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("COMMONGROUND_NAMING_KEY", "from the environment")
    endpoint.will_say("A warmer pool")
    given, out = tmp_path / "said.csv", tmp_path / "ideas.json"
    given.write_text("text\n" + "\n".join(SAID) + "\n", encoding="utf-8")
    plain = ["ideas", str(given), "--words-only", "-o", str(out)]
    assert main(plain) == 0
    assert endpoint.asked == []
    assert {row["name"] for row in json.loads(out.read_text())} == {"swimming pool"}
    assert main([*plain, "--name-endpoint", endpoint.url]) != 0
    assert "--name-model" in capsys.readouterr().err
    assert main([*plain, "--name-endpoint", endpoint.url, "--name-model", "small"]) == 0
    assert {row["name"] for row in json.loads(out.read_text())} == {"A warmer pool"}
    assert endpoint.asked[0]["key"] == "Bearer from the environment"
