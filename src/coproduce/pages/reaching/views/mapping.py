"""Writing the embedding map, for who runs the installation."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from coproduce.exchange.statement_import.tables import MOST_BYTES
from coproduce.pages.audience import for_installation
from coproduce.pages.reaching.forms import EntryForm, ReachFileForm, StageForm
from coproduce.people.access import account_of
from coproduce.reach.access import map_entry
from coproduce.reach.files import MAP_COLUMNS, FileProblems
from coproduce.reach.models import Stage
from coproduce.reach.queries.map import (
    conversations_to_prefill,
    embedding_map,
    entry_line,
    groups_of_the_area,
)
from coproduce.reach.services import (
    add_entry,
    load_map,
    prefill,
    retire_entry,
    say_involved,
)
from coproduce.refused import Refused


@for_installation
@require_http_methods(["GET", "HEAD", "POST"])
def entries(request: HttpRequest) -> HttpResponse:
    """Everything on the map, a form for one more, and conversations that can be put on it."""
    form = EntryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = add_entry(by=account_of(request.user), **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field or None, str(refused))
        else:
            messages.success(request, "It is on the map. Now say who was involved.")
            return redirect("reach:map_entry", key=made.pk)
    return render(
        request,
        "reaching/map.html",
        {
            "form": form,
            "map": embedding_map(),
            "conversations": conversations_to_prefill(),
        },
    )


@for_installation
@require_http_methods(["GET", "HEAD", "POST"])
def load(request: HttpRequest) -> HttpResponse:
    form = ReachFileForm(request.POST or None, request.FILES or None)
    problems: tuple[object, ...] = ()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            changed = load_map(
                by=account_of(request.user), name=file.name, content=file.read(MOST_BYTES + 1)
            )
        except FileProblems as refused:
            problems = refused.problems
            form.add_error("file", "There are things to mend in this file. Nothing was loaded.")
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            messages.success(request, f"Loaded: {changed} new or changed lines.")
            return redirect("reach:map")
    return render(
        request,
        "reaching/load_map.html",
        {"form": form, "problems": problems[:200], "columns": MAP_COLUMNS},
        status=422 if form.errors else 200,
    )


@for_installation
@require_POST
def prefill_entry(request: HttpRequest, key: int) -> HttpResponse:
    found = next((one for one in conversations_to_prefill() if one.pk == key), None)
    if found is None:
        raise Http404
    made = prefill(by=account_of(request.user), conversation=found)
    messages.success(request, "It is on the map, as far as its records say. Look at it now.")
    return redirect("reach:map_entry", key=made.pk)


@for_installation
def entry(request: HttpRequest, key: int) -> HttpResponse:
    found = map_entry(key)
    if found is None:
        raise Http404
    return render(request, "reaching/map_entry.html", {"line": entry_line(found)})


@for_installation
@require_POST
def retire(request: HttpRequest, key: int) -> HttpResponse:
    found = map_entry(key)
    if found is None:
        raise Http404
    retire_entry(by=account_of(request.user), entry=found)
    messages.success(request, "It is off the map.")
    return redirect("reach:map")


@for_installation
@require_http_methods(["GET", "HEAD", "POST"])
def stage(request: HttpRequest, key: int, stage: str) -> HttpResponse:
    """Who was involved at one stage, and how."""
    found = map_entry(key)
    if found is None or stage not in Stage.values:
        raise Http404
    groups = list(groups_of_the_area())
    here = {one.group_key: one for one in found.involvements.filter(stage=stage, ended_at=None)}
    form = StageForm(
        request.POST or None,
        groups=groups,
        initial={f"how_{group}": one.how for group, one in here.items()},
    )
    if request.method == "POST" and form.is_valid():
        for group, label, how in form.said():
            before = here.get(group)
            if how == (before.how if before else ""):
                continue
            say_involved(
                by=account_of(request.user),
                entry=found,
                stage=stage,
                group_key=group,
                group_label=label,
                how=how,
                note=form.cleaned_data["note"],
            )
        messages.success(request, "Saved.")
        return redirect("reach:map_entry", key=found.pk)
    return render(
        request,
        "reaching/map_stage.html",
        {
            "form": form,
            "entry": found,
            "stage": Stage(stage),
            "fields": [form[f"how_{group}"] for group, _ in groups],
        },
    )
