"""Pages about the service itself: what words mean, how it looks, who can use it."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from coproduce.glossary.terms import all_terms
from coproduce.pages.about.appearance import Appearance, chosen, keep
from coproduce.pages.about.forms import AppearanceForm, SampleForm
from coproduce.pages.audience import for_anyone


@for_anyone
@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    return render(request, "about/glossary.html", {"terms": all_terms()})


@for_anyone
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "about/accessibility.html", {"contact": settings.ACCESS_CONTACT})


@for_anyone
@require_http_methods(["GET", "HEAD", "POST"])
def appearance(request: HttpRequest) -> HttpResponse:
    back = request.POST.get("back") or request.GET.get("back") or "/"
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    now = chosen(request)
    form = AppearanceForm(
        request.POST or None, initial={"size": now.size, "theme": now.theme, "font": now.font}
    )
    if request.method == "POST" and form.is_valid():
        response = redirect(back)
        keep(response, Appearance(**form.cleaned_data))
        return response
    return render(request, "about/appearance.html", {"form": form, "back": back})


@for_anyone
@require_http_methods(["GET", "HEAD", "POST"])
def style(request: HttpRequest) -> HttpResponse:
    """Every part that pages are made of, for who builds pages. Only where DEBUG is on."""
    if not settings.DEBUG:
        raise Http404
    messages.success(request, "Thank you. We have kept your words.")
    form = SampleForm(request.POST or None)
    return render(request, "about/style.html", {"form": form})
