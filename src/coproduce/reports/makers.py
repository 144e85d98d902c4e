"""Who makes which file: from a production, with progress, to its name, type and content."""

from __future__ import annotations

from collections.abc import Callable

from coproduce.aside import aside
from coproduce.conversations.models import Conversation
from coproduce.reports.annual_files import paper_of_report, table_of_report
from coproduce.reports.beforehand import JSON, before_publishing, whole_draft, whole_version
from coproduce.reports.made import Made, Progress
from coproduce.reports.models import Production
from coproduce.reports.open_data.formats import made_set
from coproduce.reports.open_data.sets import SETS
from coproduce.reports.pack.contents import pack_of
from coproduce.reports.paper import Paper, as_docx, as_pdf
from coproduce.reports.queries.annual import annual
from coproduce.reports.services.whose_words import settle_whose_words
from coproduce.reports.shared_understanding import paper_of_version

PDF = "application/pdf"
ZIP = "application/zip"
CSV = "text/csv; charset=utf-8"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

Maker = Callable[[Production, Progress], Made]


def _as_file(paper: Paper, name: str, kind: str) -> Made:
    if kind == PDF:
        return Made(f"{name}.pdf", PDF, aside(lambda: as_pdf(paper)))
    return Made(f"{name}.docx", DOCX, aside(lambda: as_docx(paper)))


def _version(kind: str) -> Maker:
    def make(production: Production, progress: Progress) -> Made:
        version = production.version
        assert version is not None
        progress(1, 3)
        paper = paper_of_version(version)
        progress(2, 3)
        made = _as_file(paper, f"{version.conversation.slug}-version-{version.number}", kind)
        progress(3, 3)
        return made

    return make


def _annual(kind: str) -> Maker:
    def make(production: Production, progress: Progress) -> Made:
        report = production.report
        assert report is not None
        for conversation in report.conversations.prefetch_related("partner_groups"):
            settle_whose_words(conversation)
        told = annual(report, lambda done, total: progress(done, total + 1))
        name = f"local-offer-{report.first_day}-to-{report.last_day}"
        progress(len(told.parts), len(told.parts) + 1)
        if kind == CSV:
            # The mark at the start tells offices' spreadsheets that this is UTF-8.
            return Made(f"{name}.csv", CSV, table_of_report(told).encode("utf-8-sig"))
        return _as_file(paper_of_report(report, told), name, kind)

    return make


def _pack(production: Production, progress: Progress) -> Made:
    """For one conversation, or for those of a yearly report with the report itself."""
    report = production.report
    group = str(production.details.get("partner_group", ""))
    found = (
        report.conversations.order_by("name", "pk")
        if report is not None
        else Conversation.objects.filter(productions=production)
    )
    conversations = list(found.prefetch_related("partner_groups"))
    for conversation in conversations:
        settle_whose_words(conversation)
    more = []
    if report is not None:
        told = annual(report)
        more = [
            ("yearly-report.csv", table_of_report(told).encode("utf-8-sig")),
            ("yearly-report.pdf", as_pdf(paper_of_report(report, told))),
        ]
    content = pack_of(conversations, partner_group=group, more=more, progress=progress)
    name = conversations[0].slug if report is None else f"{report.first_day}-to-{report.last_day}"
    return Made(f"inspection-pack-{name}{'-' if group else ''}{group}.zip", ZIP, content)


def _open_data(production: Production, progress: Progress) -> Made:
    assert production.conversation is not None
    name, ending = str(production.details["set"]), str(production.details["ending"])
    hide_figures = bool(production.details["hide_figures"])
    content = made_set(production.conversation, SETS[name], ending, hide_figures)
    return Made(f"{name}.{ending}", CSV if ending == "csv" else JSON, content)


MAKERS: dict[str, Maker] = {
    Production.Kind.VERSION_PDF: _version(PDF),
    Production.Kind.VERSION_DOCX: _version(DOCX),
    Production.Kind.ANNUAL_PDF: _annual(PDF),
    Production.Kind.ANNUAL_DOCX: _annual(DOCX),
    Production.Kind.ANNUAL_CSV: _annual(CSV),
    Production.Kind.PACK: _pack,
    Production.Kind.VERSION_WHOLE: whole_version,
    Production.Kind.DRAFT_WHOLE: whole_draft,
    Production.Kind.DRAFT_PUBLISH: before_publishing,
    Production.Kind.OPEN_DATA: _open_data,
}
