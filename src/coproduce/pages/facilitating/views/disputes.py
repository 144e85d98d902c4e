"""Disputed wordings: word again, split, or let it stand with the dispute shown."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from coproduce.agreeing import access, services
from coproduce.agreeing.queries.disputes import Disputed, disputed_wordings
from coproduce.agreeing.services.disputes import statements_under
from coproduce.conversations.models import Conversation
from coproduce.ideas.models import Wording
from coproduce.pages.audience import for_team
from coproduce.pages.facilitating.dispute_forms import RewordForm, SplitForm, StandForm
from coproduce.people.models import Role, TeamMember
from coproduce.refused import Refused
from coproduce.understanding.queries.draft import draft_row

WRITERS = (Role.ORGANISER, Role.FACILITATOR)


@for_team(*WRITERS)
@require_safe
def disputes(request: HttpRequest, conversation: Conversation, member: TeamMember) -> HttpResponse:
    return render(
        request,
        "facilitating/disputes.html",
        {
            "conversation": conversation,
            "tab": "draft",
            "disputed": disputed_wordings(conversation),
        },
    )


@for_team(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def dispute(
    request: HttpRequest, conversation: Conversation, member: TeamMember, key: int
) -> HttpResponse:
    wording = access.wording_of(member, key)
    found = next((d for d in disputed_wordings(conversation) if d.wording.pk == key), None)
    if wording is None or found is None:
        messages.warning(request, "This dispute was answered, or it was taken back.")
        return redirect("facilitating:disputes", slug=conversation.slug)
    forms = _Forms(request, conversation, wording, found)
    if request.method == "POST" and forms.do(member, wording):
        messages.success(request, "Done. The people whose words these are read it.")
        return redirect("facilitating:disputes", slug=conversation.slug)
    return render(
        request,
        "facilitating/dispute.html",
        {
            "conversation": conversation,
            "tab": "draft",
            "found": found,
            "statements": forms.statements,
            "reword": forms.reword,
            "split": forms.split,
            "stand": forms.stand,
        },
        status=422 if request.method == "POST" else 200,
    )


class _Forms:
    """The three forms; the one that was sent holds what was typed."""

    def __init__(
        self, request: HttpRequest, conversation: Conversation, wording: Wording, found: Disputed
    ) -> None:
        self.does = request.POST.get("do", "")
        revision = draft_row(conversation).revision
        self.statements = statements_under(wording)
        seen = ",".join(str(one.key) for one in found.disputes)

        def sent(name: str) -> QueryDict | None:
            return request.POST if self.does == name else None

        self.reword = RewordForm(
            sent("reword"),
            prefix="reword",
            initial={"revision": revision, "text": wording.text},
        )
        self.split = SplitForm(
            sent("split"),
            prefix="split",
            statements=self.statements,
            initial={"revision": revision},
        )
        self.stand = StandForm(
            sent("stand"), prefix="stand", initial={"revision": revision, "seen": seen}
        )

    def do(self, member: TeamMember, wording: Wording) -> bool:
        """Do what was asked. False where it could not be done: the form says why."""
        form = {"reword": self.reword, "split": self.split, "stand": self.stand}.get(self.does)
        if form is None or not form.is_valid():
            return False
        given = {**form.cleaned_data}
        given.pop("seen", None)
        try:
            if self.does == "reword":
                services.reword(member=member, wording=wording, **given)
            elif self.does == "split":
                services.split(member=member, wording=wording, **given)
            else:
                seen = self.stand.disputes()
                services.let_stand(member=member, wording=wording, disputes=seen, **given)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
            self._at_revision(member)
            return False
        return True

    def _at_revision(self, member: TeamMember) -> None:
        """What was typed stays; sent again, it goes to the draft as it is now."""
        revision = str(draft_row(member.conversation).revision)
        for form in (self.reword, self.split, self.stand):
            if form.is_bound:
                data = cast(QueryDict, form.data).copy()
                data[f"{form.prefix}-revision"] = revision
                form.data = data
