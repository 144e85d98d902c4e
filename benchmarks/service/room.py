"""Phones in a room: each asks pages over the network, waits a while, and answers or says something.

What the server acknowledged is noted, so that it can be looked for in the database afterwards.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import random
import re
from dataclasses import dataclass, field
from time import perf_counter
from urllib.parse import urlencode

CSRF = "a" * 32


@dataclass
class Noted:
    """What happened: milliseconds by kind of request, errors, and what was acknowledged."""

    taken: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    answers: set[tuple[int, str]] = field(default_factory=set)
    statements: set[str] = field(default_factory=set)

    def all_taken(self) -> list[float]:
        return sorted(one for some in self.taken.values() for one in some)

    def at(self, share: float) -> float:
        taken = self.all_taken()
        return taken[min(len(taken) - 1, int(len(taken) * share))] if taken else 0.0


class Phone:
    """One device with one connection that is kept open.

    `has_script`: it answers as listen.js does, which sends an answer and gets how others answered
    and the next statement in one. Without it, an answer is three pages.
    """

    def __init__(
        self,
        port: int,
        slug: str,
        participant: int,
        cookie: str,
        noted: Noted,
        seed: int,
        *,
        has_script: bool,
    ) -> None:
        self.port, self.slug, self.participant = port, slug, participant
        self.cookies = f"here={cookie}; csrf={CSRF}"
        self.noted = noted
        self.draw = random.Random(seed)
        self.has_script = has_script
        self.next = ""
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def ask(
        self, kind: str, path: str, sent: dict[str, str] | None = None, *, more: str = ""
    ) -> tuple[int, str, bytes]:
        """Status, where it leads, and the page; 0 and nothing where the connection was lost."""
        body = urlencode({**sent, "csrfmiddlewaretoken": CSRF}) if sent is not None else ""
        head = f"{'GET' if sent is None else 'POST'} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        head += f"Cookie: {self.cookies}\r\nAccept-Encoding: gzip\r\n{more}"
        if sent is not None:
            head += "Content-Type: application/x-www-form-urlencoded\r\n"
            head += f"Content-Length: {len(body)}\r\n"
        began = perf_counter()
        try:
            status, leads, page = await self._exchange(f"{head}\r\n{body}".encode())
        except (OSError, asyncio.IncompleteReadError, ValueError) as problem:
            self.noted.errors.append(f"{kind}: {problem!r}")
            self.close()
            return 0, "", b""
        self.noted.taken.setdefault(kind, []).append((perf_counter() - began) * 1000)
        if status not in (200, 302):
            self.noted.errors.append(f"{kind}: {status}")
        return status, leads, page

    async def _exchange(self, request: bytes) -> tuple[int, str, bytes]:
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        assert self.reader is not None
        self.writer.write(request)
        head = await self.reader.readuntil(b"\r\n\r\n")
        status = int(head[9:12])
        told = {
            name.lower(): value
            for name, _, value in (line.partition(b": ") for line in head.split(b"\r\n")[1:])
        }
        if told.get(b"transfer-encoding") == b"chunked":
            page = b""
            while size := int(await self.reader.readline(), 16):
                page += await self.reader.readexactly(size)
                await self.reader.readline()
            await self.reader.readline()
        else:
            page = await self.reader.readexactly(int(told.get(b"content-length", b"0")))
        if told.get(b"connection") == b"close":
            self.close()
        if told.get(b"content-encoding") == b"gzip":
            page = gzip.decompress(page)
        return status, told.get(b"location", b"").decode(), page

    def close(self) -> None:
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None

    async def take_part(self, until: float, pause: tuple[float, float]) -> None:
        """Until then: seven in ten times answer, once say something, otherwise look at pages."""
        await asyncio.sleep(self.draw.uniform(0, pause[1]))
        while perf_counter() < until:
            doing = self.draw.random()
            if doing < 0.7:
                await self.answer(pause)
            elif doing < 0.8:
                await self.say()
            else:
                page = self.draw.choice(["see/", "mine/", "mine/answers/", "", "say/"])
                await self.ask("pages", f"/c/{self.slug}/{page}")
            await asyncio.sleep(self.draw.uniform(*pause))
        self.close()

    async def answer(self, pause: tuple[float, float]) -> None:
        """Read a statement, answer it after a while, and see how others answered."""
        if not self.next:
            _, _, page = await self.ask("listen", f"/c/{self.slug}/listen/")
            self.next = asked_on(page)
        ref, self.next = self.next, ""
        if not ref:
            return
        await asyncio.sleep(self.draw.uniform(*pause))
        path = f"/c/{self.slug}/listen/{ref}/"
        sent = {"answer": self.draw.choice(["1", "1", "1", "-1", "0"])}
        if self.has_script:
            more = "Coproduce-Part: main\r\n"
            status, _, page = await self.ask("answer and next", path, sent, more=more)
            if status == 200:
                self.noted.answers.add((self.participant, ref))
                came = json.loads(page)
                # A child is asked the next at once.
                self.next = asked_on((came["then"] or came["now"])["html"].encode())
            return
        status, leads, _ = await self.ask("answer", path, sent)
        if status == 302:
            self.noted.answers.add((self.participant, ref))
            await self.ask("after the answer", leads)

    async def say(self) -> None:
        number = self.draw.randrange(10**9)
        sent = {
            "words": f"On day {number} the bus came late for me.",
            "form_key": f"{self.participant}-{number}",
        }
        status, leads, _ = await self.ask("words", f"/c/{self.slug}/say/", sent)
        kept = re.search(r"/say/([0-9A-Z-]+)/", leads)
        if status == 302 and kept:
            self.noted.statements.add(kept.group(1))
            await self.ask("what is like it", leads)


def asked_on(page: bytes) -> str:
    """The statement that a page asks for an answer to."""
    found = re.search(rb"/listen/([0-9A-Z-]+)/\"", page)
    return found.group(1).decode() if found else ""


async def fill(
    phones: list[Phone], seconds: float, pause: tuple[float, float], *, unmeasured: float = 0.0
) -> None:
    """`unmeasured`: the first of the seconds, in which all come at once and nothing is timed."""
    until = perf_counter() + seconds
    everybody = asyncio.gather(*(phone.take_part(until, pause) for phone in phones))
    await asyncio.sleep(unmeasured)
    phones[0].noted.taken.clear()
    await everybody


def lost(noted: Noted) -> list[str]:
    """What was acknowledged and is not in the database."""
    from coproduce.responses.models import Response
    from coproduce.words.models import WordsText

    answers = set(Response.objects.values_list("participant_id", "statement__words__ref"))
    statements = set(WordsText.objects.values_list("words__ref", flat=True))
    return [
        *(f"the answer of {who} to {ref}" for who, ref in noted.answers - answers),
        *(f"statement {ref}" for ref in noted.statements - statements),
    ]
