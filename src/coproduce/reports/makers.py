"""Who makes which file: from a production, with progress, to its name, type and content."""

from __future__ import annotations

from collections.abc import Callable

from coproduce.reports.models import Production
from coproduce.reports.paper import Paper, as_docx, as_pdf
from coproduce.reports.producing import Made, Progress
from coproduce.reports.shared_understanding import paper_of_version

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

Maker = Callable[[Production, Progress], Made]


def _as_file(paper: Paper, name: str, kind: str) -> Made:
    if kind == PDF:
        return Made(f"{name}.pdf", PDF, as_pdf(paper))
    return Made(f"{name}.docx", DOCX, as_docx(paper))


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


MAKERS: dict[str, Maker] = {
    Production.Kind.VERSION_PDF: _version(PDF),
    Production.Kind.VERSION_DOCX: _version(DOCX),
}
