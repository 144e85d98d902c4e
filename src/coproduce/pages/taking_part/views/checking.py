"""Is it done? Asked of people whose words an action rests on."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from coproduce.conversations.models import Conversation
from coproduce.decisions import access
from coproduce.decisions.models import ActionStep
from coproduce.decisions.queries.checking import with_checks, words_under
from coproduce.decisions.services import check_action as keep_check
from coproduce.pages.taking_part.page import key_of, new_form_key, participant_page, show, tell
from coproduce.people.access import team_member
from coproduce.people.models import Participant
from coproduce.refused import Refused
from coproduce.words.services import LONGEST

DONE = (("yes", "Yes, it is done"), ("no", "No, it is not done"))


class CheckForm(forms.Form):
    done = forms.ChoiceField(
        label="Is it done?",
        choices=DONE,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one. What you typed is still here."},
    )
    why = forms.CharField(
        label="If it is not done: why?", required=False, strip=False, widget=forms.Textarea
    )
    form_key = forms.CharField(widget=forms.HiddenInput, initial=new_form_key, required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        # For the count of letters under it. Too long is said, never cut.
        self.fields["why"].max_length = LONGEST  # type: ignore[attr-defined]


@participant_page("POST")
def check_action(
    request: HttpRequest, conversation: Conversation, participant: Participant, ref: str
) -> HttpResponse:
    action = access.action_in(conversation, ref)
    if action is None or not action.is_asked_about or not words_under(participant, action):
        raise Http404
    # The team's word does not count. Participants have no account, so this is as far as we can
    # see: somebody who is signed in as one of the team, on this device, is not asked.
    team_here = team_member(request.user, conversation.slug) is not None
    check = with_checks(participant, [action])[0].check
    initial = {} if check is None else {"done": "yes" if check.confirms else "no"}
    form = CheckForm(request.POST or None, initial=initial)
    if request.method == "POST" and not team_here and form.is_valid():
        said = form.cleaned_data
        try:
            keep_check(
                participant=participant,
                action=action,
                confirms=said["done"] == "yes",
                why=said["why"],
                form_key=key_of(said["form_key"], said["why"]),
            )
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            tell(request, "Thank you. We have kept what you said.")
            return redirect("taking_part:mine", slug=conversation.slug)
    steps = [one for one in action.steps.all() if one.kind == ActionStep.Kind.SAID_DONE]
    return show(
        request,
        "check_action",
        conversation,
        action=action,
        step=steps[-1] if steps else None,
        form=form,
        team_here=team_here,
        status=422 if form.errors else 200,
    )
