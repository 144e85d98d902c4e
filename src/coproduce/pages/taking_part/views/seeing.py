"""Everything said so far, by idea."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse

from coproduce.conversations.models import Conversation
from coproduce.pages.taking_part.page import participant_page, show
from coproduce.people.models import Participant
from coproduce.responses.queries.standing import OwnAnswer, labels, may_be_seen, own_answers
from coproduce.statements.everything import Everything
from coproduce.statements.models import Statement
from coproduce.understanding.figures import ShownFigure

ON_A_PAGE = 20


@dataclass(frozen=True)
class Seen:
    """A statement as somebody may see it: `in_words` only after their own answer."""

    statement: Statement
    together: int
    mine: OwnAnswer | None
    in_words: str


@participant_page()
def see(request: HttpRequest, conversation: Conversation, participant: Participant) -> HttpResponse:
    everything = Everything(conversation)
    ideas = everything.ideas()
    if not ideas:
        return _statements(request, conversation, participant, everything, None)
    return show(request, "see", conversation, ideas=ideas, in_none=everything.in_no_idea().count())


@participant_page()
def see_idea(
    request: HttpRequest, conversation: Conversation, participant: Participant, key: int
) -> HttpResponse:
    return _statements(request, conversation, participant, Everything(conversation), key)


def _statements(
    request: HttpRequest,
    conversation: Conversation,
    participant: Participant,
    everything: Everything,
    key: int | None,
) -> HttpResponse:
    """`key`: of the idea; 0 for those in none; None for all."""
    idea = everything.idea(key) if key else None
    if key and idea is None:
        raise Http404
    listed = everything.all() if key is None else everything.of_idea(key)
    page = Paginator(listed, ON_A_PAGE).get_page(request.GET.get("page"))
    return show(
        request,
        "see_statements",
        conversation,
        idea=idea,
        in_none=key == 0,
        page=page,
        seen=_seen(conversation, participant, everything, page),
        may_see=participant.may_see_totals,
    )


def _seen(
    conversation: Conversation,
    participant: Participant,
    everything: Everything,
    page: Page[Statement],
) -> list[Seen]:
    statements = list(page)
    clusters = [one.cluster_id for one in statements]
    mine = own_answers(participant, clusters)
    figures = may_be_seen(participant, clusters, mine)
    sizes = everything.sizes(clusters)
    names = labels(conversation)
    seen = []
    for one in statements:
        shown = figures.get(one.cluster_id)
        figure = ShownFigure.of(shown) if shown else None
        seen.append(
            Seen(
                one,
                sizes.get(one.cluster_id, 1) - 1,
                mine.get(one.cluster_id),
                figure.in_words(names) if figure else "",
            )
        )
    return seen
