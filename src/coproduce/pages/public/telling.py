"""The link that ends letters, and the news of a conversation as a feed."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from coproduce.conversations.models import Conversation
from coproduce.decisions.queries.news import news_of
from coproduce.pages.audience import for_anyone, for_visitors
from coproduce.telling.services import stop


# Mail programs press this for their owner, without a page of ours (RFC 8058).
@csrf_exempt
@for_anyone
@require_http_methods(["GET", "HEAD", "POST"])
def stop_telling(request: HttpRequest, token: str) -> HttpResponse:
    """A link that is only opened ends nothing: programs open links to look at them."""
    is_done = request.method == "POST"
    if is_done:
        stop(token)
    return render(request, "public/stop_telling.html", {"is_done": is_done})


@for_visitors
@require_safe
def feed(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    """News as Atom (RFC 4287). Only what stands on public pages."""
    news = news_of(conversation)
    site = settings.PUBLIC_URL
    own = site + request.path
    atom = Atom1Feed(
        title=f"{conversation.name}: what was said and done",
        link=site + reverse("public:said_and_done", args=[conversation.slug]),
        description="What was published, decided, done and answered.",
        language=settings.LANGUAGE_CODE,
        feed_url=own,
        feed_guid=own,
    )
    for one in news:
        atom.add_item(
            title=one.title,
            link=site + one.address,
            description=one.text,
            pubdate=one.at,
            updateddate=one.at,
            unique_id=f"{own}#{one.key}",
        )
    return HttpResponse(atom.writeString("utf-8"), content_type=atom.content_type)
