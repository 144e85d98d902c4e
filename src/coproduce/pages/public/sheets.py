"""A sheet to print: what became of words, for one reference or several at once."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from coproduce.decisions.queries.journey import Journey, journeys_of
from coproduce.pages.audience import for_anyone
from coproduce.pages.public.seeing import hides_totals
from coproduce.statements.models import Statement
from coproduce.understanding import access

MOST = 20


@dataclass(frozen=True)
class OnTheSheet:
    statement: Statement
    journey: Journey
    hide_figures: bool


class AlsoForm(forms.Form):
    """More references for the same sheet, as somebody noted them down."""

    also = forms.CharField(
        label="More references on this sheet",
        help_text=f"With commas between, or one on a line. At most {MOST} on a sheet.",
        widget=forms.Textarea,
        required=False,
        max_length=600,
    )

    def clean_also(self) -> list[Statement]:
        typed = re.split(r"[,;\n]+", self.cleaned_data["also"])
        wanted = list(dict.fromkeys(access.tidy_ref(one) for one in typed if one.strip()))
        if len(wanted) >= MOST:
            raise forms.ValidationError(f"At most {MOST} fit on a sheet. Print two.")
        found = {one.ref: one for one in access.public_statements(wanted)}
        unknown = [ref.strip() for ref in wanted if ref not in found]
        if unknown:
            raise forms.ValidationError(
                f"We find no words with the reference {', '.join(unknown)}. Look again at each "
                "letter. There is no letter O, no I and no number 1 in it."
            )
        return [found[ref] for ref in wanted]


@for_anyone
@require_safe
def sheet(request: HttpRequest, ref: str) -> HttpResponse:
    first = access.public_statement(ref)
    if first is None:
        raise Http404
    if first.ref != ref:
        return redirect("public:sheet", ref=first.ref)
    form = AlsoForm(request.GET if "also" in request.GET else None)
    others = form.cleaned_data["also"] if form.is_bound and form.is_valid() else []
    statements = [first, *(one for one in others if one.pk != first.pk)]
    journeys = journeys_of(statements)
    return render(
        request,
        "public/sheet.html",
        {
            "form": form,
            "sheet": [
                OnTheSheet(
                    one, journeys[one.pk], hides_totals(request, one.conversation, [one.cluster_id])
                )
                for one in statements
            ],
            "today": timezone.localdate(),
            "site": settings.PUBLIC_URL,
        },
        status=422 if form.errors else 200,
    )
