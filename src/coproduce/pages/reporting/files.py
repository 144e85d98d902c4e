"""Files that are made in the background: where each one stands, asking for it, handing it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import content_disposition_header

from coproduce.people.models import Account
from coproduce.reports.models import Production
from coproduce.reports.queries.productions import earlier_of, file_of, productions_of
from coproduce.reports.services import ask_for
from coproduce.reports.wanted import Wanted, fingerprints_of

# What people call each file, and what its address ends in.
NAMES = {
    Production.Kind.VERSION_PDF: ("pdf", "PDF, to read and to print"),
    Production.Kind.VERSION_DOCX: ("word", "Word file, to work with"),
    Production.Kind.ANNUAL_PDF: ("pdf", "PDF, to read and to print"),
    Production.Kind.ANNUAL_DOCX: ("word", "Word file, to work with"),
    Production.Kind.ANNUAL_CSV: ("table", "Table (CSV), for a spreadsheet"),
    Production.Kind.PACK: ("pack", "Inspection pack (zip)"),
}


@dataclass(frozen=True)
class FileState:
    """One file on a page: what it is called, and where it stands.

    `earlier`: one that was made before, and can be taken until it is made anew.
    """

    ending: str
    name: str
    kind: str
    production: Production | None
    earlier: Production | None = None


def states_of(wanted: Sequence[Wanted]) -> list[FileState]:
    prints = fingerprints_of(wanted)
    found = productions_of(prints)
    return [
        FileState(
            *NAMES[Production.Kind(one.kind)],
            one.kind,
            found[one.kind],
            _earlier(one, found[one.kind], prints[one.kind]),
        )
        for one in wanted
    ]


def _earlier(wanted: Wanted, now: Production | None, fingerprint: str) -> Production | None:
    return None if now is not None and now.is_ready else earlier_of(wanted, fingerprint)


def ask(request: HttpRequest, wanted: Sequence[Wanted], by: Account | None = None) -> None:
    """The one of these that the form names. Anything else is not found."""
    ask_for(wanted=_named(request.POST.get("file"), wanted), by=by)


def handed_out(ending: str, wanted: Sequence[Wanted], otherwise: str) -> HttpResponseBase:
    """The file; while it is not made, its page."""
    file = file_of(_named(ending, wanted))
    if file is None:
        return redirect(otherwise)
    answer = HttpResponse(bytes(file.content), content_type=file.content_type)
    answer["Content-Disposition"] = content_disposition_header(True, file.name) or "attachment"
    # Words can be taken back at any time: nobody in between keeps a copy.
    answer["Cache-Control"] = "no-store"
    return answer


def _named(ending: str | None, wanted: Sequence[Wanted]) -> Wanted:
    for one in wanted:
        if NAMES[Production.Kind(one.kind)][0] == ending:
            return one
    raise Http404
