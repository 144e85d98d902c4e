"""What is mine: my words, my answers, who I am; taking back; finishing."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from coproduce.agreeing.queries.asking import asked_about
from coproduce.conversations.models import Conversation, Doing
from coproduce.decisions.queries.checking import actions_to_check
from coproduce.decisions.queries.journey import journeys_of
from coproduce.decisions.queries.news import new_for
from coproduce.decisions.queries.under import Reached, decisions_under
from coproduce.genuineness.services import offer as offer_check_in
from coproduce.pages.device import forget
from coproduce.pages.taking_part import draft
from coproduce.pages.taking_part.forms import WhoForm
from coproduce.pages.taking_part.page import key_of, participant_page, show, tell, warn
from coproduce.people.models import Participant, WhoseWords
from coproduce.people.services import describe
from coproduce.people.services import finish as finish_here
from coproduce.refused import Refused
from coproduce.responses.figures import STILL_BOTH, may_count_others
from coproduce.responses.queries.standing import answers_given
from coproduce.statements.models import MergeLink
from coproduce.statements.services import unlink_as_same
from coproduce.words.access import own_words as own_words_by_ref
from coproduce.words.models import Words
from coproduce.words.queries import Became, own_words, what_became_of
from coproduce.words.services import withdraw as withdraw_words
from coproduce.words.services import withdraw_everything

ON_A_PAGE = 20


@participant_page()
def mine(
    request: HttpRequest, conversation: Conversation, participant: Participant
) -> HttpResponse:
    page = Paginator(own_words(participant), ON_A_PAGE).get_page(request.GET.get("page"))
    words = list(page)
    # Asked once, for the way of each statement and for what is new.
    reached = decisions_under([one.statement for one in words if _is_statement(one)])
    return show(
        request,
        "mine",
        conversation,
        since_then=new_for(participant, reached) if page.number == 1 else None,
        page=page,
        became=_with_journeys(words, participant, reached),
        asked=asked_about(participant) if conversation.allows(Doing.CONFIRM_WORDING) else [],
        to_check=actions_to_check(participant) if conversation.allows(Doing.DECIDE) else [],
        tab="words",
    )


def _is_statement(words: Words) -> bool:
    return words.kind == Words.Kind.STATEMENT


def _with_journeys(
    words: list[Words], participant: Participant, reached: Mapping[int, Reached]
) -> list[Became]:
    """What became of the words, and of statements the whole way, as their writer may see it."""
    became = what_became_of(words)
    statements = [one.statement for one in words if _is_statement(one)]
    for statement in statements:
        statement.conversation = participant.conversation
    journeys = journeys_of(statements, live=participant.may_see_totals, known=reached)
    for one in became:
        one.journey = journeys.get(one.words.pk)
    return became


@participant_page()
def answers(
    request: HttpRequest, conversation: Conversation, participant: Participant
) -> HttpResponse:
    page = Paginator(answers_given(participant), ON_A_PAGE).get_page(request.GET.get("page"))
    return show(request, "mine_answers", conversation, page=page, tab="answers")


@participant_page("POST")
def who_i_am(
    request: HttpRequest, conversation: Conversation, participant: Participant
) -> HttpResponse:
    """Say again who one is; answers given before are counted with it."""
    picked = [g.key for g in conversation.partner_groups.all() if participant.membership & g.mask]
    form = WhoForm(
        request.POST or None,
        conversation=conversation,
        whose_words=participant.whose_words,
        initial={"groups": picked},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        chosen = [group for group in form.offered if group.key in said["groups"]]
        try:
            describe(
                participant=participant,
                groups=chosen,
                description=said["description"],
                form_key=key_of(said["form_key"], said["description"]),
            )
        except Refused as refused:
            form.add_error("description", str(refused))
        else:
            tell(request, "Kept. Your answers are counted with who you say you are now.")
            return redirect("taking_part:mine", slug=conversation.slug)
    return show(
        request,
        "who_i_am",
        conversation,
        form=form,
        whose=WhoseWords(participant.whose_words).label,
    )


@participant_page("POST")
def withdraw(
    request: HttpRequest, conversation: Conversation, participant: Participant, ref: str
) -> HttpResponse:
    """What taking words back means, and then taking them back."""
    words = own_words_by_ref(participant, ref)
    if words is None:
        raise Http404
    if words.is_withdrawn:
        return redirect("taking_part:mine", slug=conversation.slug)
    if request.method == "POST":
        withdraw_words(words=words, participant=participant)
        tell(request, "Done. The words are erased.")
        return redirect("taking_part:mine", slug=conversation.slug)
    return show(request, "withdraw", conversation, words=words)


@participant_page("POST")
def leave(
    request: HttpRequest, conversation: Conversation, participant: Participant
) -> HttpResponse:
    """Take back everything."""
    if request.method == "POST":
        if request.POST.get("sure") != "yes":
            warn(request, "Tick the box first. Nothing has been erased.")
            return redirect("taking_part:leave", slug=conversation.slug)
        withdraw_everything(participant=participant)
        response = show(request, "left", conversation)
        return _forgotten(request, response, conversation)
    return show(request, "leave", conversation)


@participant_page("POST")
def finish(
    request: HttpRequest, conversation: Conversation, participant: Participant
) -> HttpResponse:
    """Finish and close: this device forgets who took part."""
    if request.method == "POST":
        finish_here(participant=participant)
        response = show(request, "finished", conversation)
        return _forgotten(request, response, conversation)
    return show(
        request,
        "finish",
        conversation,
        child=participant.is_child,
        # Kept as offered, so that how many were asked is true, and nobody is asked again and again.
        check_in=offer_check_in(participant=participant) if request.method == "GET" else None,
        code=draft.held_code(request, participant.pk),
    )


def _forgotten(
    request: HttpRequest, response: HttpResponse, conversation: Conversation
) -> HttpResponse:
    forget(request, response, conversation)
    draft.drop(response)
    draft.let_go_of_code(response)
    # Pages read before, and words typed but not sent, do not come up with the back button.
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@participant_page("POST")
def not_the_same(
    request: HttpRequest, conversation: Conversation, participant: Participant, ref: str
) -> HttpResponse:
    """Take "the same" back."""
    words = own_words_by_ref(participant, ref)
    link = MergeLink.objects.filter(
        first__words=words, by_writer=True, cut_at=None, first__words__participant=participant
    ).first()
    if request.method != "POST" or link is None:
        return redirect(reverse("taking_part:mine", args=[conversation.slug]))
    try:
        unlink_as_same(link=link, participant=participant)
    except Refused as refused:
        warn(request, str(refused))
    else:
        both = participant.may_see_totals and may_count_others(link.first_id)
        tell(request, f"Done. Your words stand on their own again.{STILL_BOTH if both else ''}")
    return redirect("taking_part:mine", slug=conversation.slug)
