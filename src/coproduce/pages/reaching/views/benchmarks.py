"""Benchmarks, for who runs the installation."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from coproduce.exchange.statement_import.tables import MOST_BYTES
from coproduce.pages.audience import for_installation
from coproduce.pages.reaching.forms import ReachFileForm
from coproduce.people.access import account_of
from coproduce.reach.access import benchmark_file
from coproduce.reach.files import BENCHMARK_COLUMNS, FileProblems
from coproduce.reach.models import Benchmark, BenchmarkFile
from coproduce.reach.queries.who import keys_in_use
from coproduce.reach.services import load_benchmarks, retire_benchmarks
from coproduce.refused import Refused

# All problems are counted; a page with more than this helps nobody.
MOST_PROBLEMS = 200


@for_installation
@require_http_methods(["GET", "HEAD", "POST"])
def benchmarks(request: HttpRequest) -> HttpResponse:
    form = ReachFileForm(request.POST or None, request.FILES or None)
    problems: tuple[object, ...] = ()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            loaded = load_benchmarks(
                by=account_of(request.user), name=file.name, content=file.read(MOST_BYTES + 1)
            )
        except FileProblems as refused:
            problems = refused.problems
            form.add_error("file", "There are things to mend in this file. Nothing was loaded.")
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            messages.success(request, f"Loaded: {loaded.rows.count()} benchmarks.")
            return redirect("reach:benchmarks")
    return render(
        request,
        "reaching/benchmarks.html",
        {
            "form": form,
            "problems": problems[:MOST_PROBLEMS],
            "more": max(0, len(problems) - MOST_PROBLEMS),
            "columns": BENCHMARK_COLUMNS,
            "keys": keys_in_use(),
            "files": BenchmarkFile.objects.filter(ended_at=None).select_related("loaded_by"),
            "rows": Benchmark.objects.filter(file__ended_at=None)
            .select_related("file")
            .order_by("kind", "key", "-as_of", "pk")[:500],
        },
        status=422 if form.errors else 200,
    )


@for_installation
@require_POST
def retire(request: HttpRequest, key: int) -> HttpResponse:
    file = benchmark_file(key)
    if file is None:
        raise Http404
    retire_benchmarks(by=account_of(request.user), file=file)
    messages.success(request, "Done. These numbers are not used any more.")
    return redirect("reach:benchmarks")
