"""A phone that has joined already: the cookie of a participant, made as the server makes it."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.test import Client

from coproduce.pages import device


def cookie(conversation: int, participant: int) -> str:
    return signing.dumps({str(conversation): participant}, salt=device.SALT, compress=True)


class Phone:
    """One device, asking pages in this process. Any answer but a page or a redirect is an error."""

    def __init__(self, conversation: int, participant: int) -> None:
        self.client = Client()
        if participant:
            self.client.cookies[device.COOKIE] = cookie(conversation, participant)

    def get(self, address: str) -> Any:
        return self._checked(self.client.get(address))

    def post(self, address: str, sent: dict[str, Any], *, follow: bool = False) -> Any:
        return self._checked(self.client.post(address, sent, follow=follow))

    def _checked(self, page: Any) -> Any:
        if page.status_code not in (200, 302):
            raise RuntimeError(f"{page.request['PATH_INFO']}: {page.status_code}")
        return page
