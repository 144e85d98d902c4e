"""What a browser may load on our pages: the same header on each, so it is written once."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache

from csp.constants import HEADER
from csp.middleware import CSPMiddleware, PolicyParts
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponseBase

# Where a page asks for another policy, django-csp notes it on the response by these names.
OF_ITS_OWN = tuple(
    f"_csp_{what}{to_report}"
    for what in ("config", "update", "replace", "exempt")
    for to_report in ("", "_ro")
)


@cache
def policy_of_every_page() -> str:
    return build_policy(**asdict(PolicyParts()))


class OnePolicy(CSPMiddleware):
    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if getattr(request, "_csp_nonce", None) or any(hasattr(response, n) for n in OF_ITS_OWN):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, policy_of_every_page())
        return response
