"""How people get in: link, code, QR code, slips; and a page to show in the room."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from coproduce.conversations.models import Conversation
from coproduce.pages.audience import for_team
from coproduce.pages.organising.forms.slips import ON_SLIPS, JoinSlipsForm, PaperSlipsForm
from coproduce.pages.organising.qr import qr_file, qr_in_page
from coproduce.people.models import Role, TeamMember
from coproduce.people.queries import came_by, people_so_far
from coproduce.people.services.slips import last_paper_number, make_join_slips
from coproduce.responses.ways import answers_by_way

HANDS_OUT = (Role.ORGANISER, Role.FACILITATOR)


def _short_address(request: HttpRequest, conversation: Conversation) -> str:
    path = reverse("taking_part:short_link", args=[conversation.join_code])
    return request.build_absolute_uri(path)


@for_team()
def ways_in(request: HttpRequest, conversation: Conversation, member: TeamMember) -> HttpResponse:
    address = _short_address(request, conversation)
    return render(
        request,
        "organising/ways_in.html",
        {
            "conversation": conversation,
            "tab": "ways_in",
            "address": address,
            "enter_at": request.build_absolute_uri(reverse("taking_part:enter_code")),
            "qr": qr_in_page(address),
            "slips_form": JoinSlipsForm(),
            "paper_form": PaperSlipsForm(
                initial={"first": last_paper_number(conversation) + 1, "count": 20}
            ),
            "may_print": member.has_role(*HANDS_OUT),
            "came_by": came_by(conversation),
            "answers": answers_by_way(conversation),
        },
    )


@for_team()
def qr_code(request: HttpRequest, conversation: Conversation, member: TeamMember) -> HttpResponse:
    """The QR code of the short link, as a file."""
    response = HttpResponse(
        qr_file(_short_address(request, conversation)), content_type="image/svg+xml"
    )
    response["Content-Disposition"] = f'inline; filename="{conversation.slug}-qr.svg"'
    return response


@for_team()
def room(request: HttpRequest, conversation: Conversation, member: TeamMember) -> HttpResponse:
    """For the wall: how to come in, and about how many are here."""
    address = _short_address(request, conversation)
    return render(
        request,
        "organising/room.html",
        {
            "conversation": conversation,
            "address": address.split("//", 1)[1],
            "enter_at": request.build_absolute_uri(reverse("taking_part:enter_code")).split(
                "//", 1
            )[1],
            "qr": qr_in_page(address),
            "people": people_so_far(conversation),
        },
    )


@for_team()
@never_cache
def room_count(
    request: HttpRequest, conversation: Conversation, member: TeamMember
) -> HttpResponse:
    """The one number of the page for the wall, to ask for again and again."""
    return HttpResponse(people_so_far(conversation), content_type="text/plain; charset=utf-8")


@for_team(*HANDS_OUT)
@never_cache
def join_slips(
    request: HttpRequest, conversation: Conversation, member: TeamMember
) -> HttpResponseBase:
    """Slips to print. They exist from here on; what stands on them is shown this once."""
    form = JoinSlipsForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(
            request,
            "organising/join_slips_form.html",
            {"conversation": conversation, "tab": "ways_in", "form": form},
        )
    each_page = form.cleaned_data["each_page"]
    slips = []
    for slip in make_join_slips(member=member, count=form.cleaned_data["count"]):
        address = request.build_absolute_uri(reverse("taking_part:slip", args=[slip.token]))
        slips.append(
            {
                "slip": slip,
                "place": address.split("//", 1)[1].removesuffix(f"{slip.token}/"),
                "qr": qr_in_page(address),
            }
        )
    return render(
        request,
        "organising/join_slips.html",
        {
            "conversation": conversation,
            "pages": [slips[at : at + each_page] for at in range(0, len(slips), each_page)],
            "each_page": each_page,
        },
    )


@for_team(*HANDS_OUT)
def paper_slips(
    request: HttpRequest, conversation: Conversation, member: TeamMember
) -> HttpResponseBase:
    """Numbered slips for writing by hand. Nothing is kept of them until they are typed in."""
    given = request.GET if "count" in request.GET else None
    first = last_paper_number(conversation) + 1
    form = PaperSlipsForm(given, initial={"first": first, "count": 20})
    if given is None or not form.is_valid():
        return render(
            request,
            "organising/paper_slips_form.html",
            {"conversation": conversation, "tab": "ways_in", "form": form},
        )
    start = form.cleaned_data["first"]
    numbers = range(start, start + form.cleaned_data["count"])
    return render(
        request,
        "organising/paper_slips.html",
        {
            "conversation": conversation,
            "pages": [numbers[at : at + 2] for at in range(0, len(numbers), 2)],
            "questions": [q for q in conversation.questions.all() if q.retired_at is None],
            "groups": [g for g in conversation.partner_groups.all() if g.retired_at is None],
            "whose_words": ON_SLIPS.values(),
        },
    )
