"""What stands typed on the workbench or on the page of an idea, while some button is pressed.

Each of these pages is one form, so that whatever is typed there goes with every button. It waits
in the session of who typed it, until it is done or seen again: with references of statements, and
no words of theirs.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace

from django.http import HttpRequest, QueryDict

from coproduce.conversations.models import Question
from coproduce.ideas.models import Idea
from coproduce.pages.facilitating.views.acting import whole

BENCH_LEFT = "workbench as it was left"
IDEA_LEFT = "page of an idea as it was left"
LONGEST_NAME = 200
SEVERAL = {"statement", "noted"}


def keep_typed(request: HttpRequest) -> None:
    """What stands typed on the page, where it is the workbench or that of an idea."""
    idea = whole(request.POST.get("naming"))
    if idea is not None:
        leave(request, idea, IdeaForm.sent(request.POST))
    else:
        _keep_name(request)


def _keep_name(request: HttpRequest) -> None:
    """The name of a new idea, and what is to be looked for, on the workbench."""
    name, question = request.POST.get("name"), whole(request.POST.get("question"))
    if name is None or question is None:
        return
    looks_now = request.POST.get("do") in {"find", "enter"}
    words = "" if looks_now else request.POST.get("words", "")
    if name.strip() or words.strip():
        request.session[BENCH_LEFT] = {
            "question": question,
            "name": name.strip()[:LONGEST_NAME],
            "words": words.strip()[:LONGEST_NAME],
        }
    else:
        request.session.pop(BENCH_LEFT, None)


def left_on_bench(request: HttpRequest, question: Question) -> dict[str, str]:
    """The `name` of a new idea, and the `words` to look for, as they were left."""
    kept = request.session.get(BENCH_LEFT)
    if not kept or kept["question"] != question.pk:
        return {"name": "", "words": ""}
    return {"name": str(kept["name"]), "words": str(kept["words"])}


def forget_name(request: HttpRequest) -> None:
    kept = request.session.get(BENCH_LEFT)
    if kept:
        request.session[BENCH_LEFT] = {**kept, "name": ""}


@dataclass(frozen=True)
class IdeaForm:
    """What stands in the form of the page of an idea. None: as it is kept.

    `statement`: references ticked to go to the second idea, `new_name` its name. `noted`, `which`
    (“all”) and `tag`: what to note of which. `absorbed`: the key of the idea to join. `count` and
    `source`: room marks. `reason`: why it is taken away.
    """

    name: str | None = None
    summary: str | None = None
    new_name: str | None = None
    statement: list[str] | None = None
    noted: list[str] | None = None
    which: str | None = None
    tag: str | None = None
    absorbed: str | None = None
    count: str | None = None
    source: str | None = None
    reason: str | None = None

    @classmethod
    def sent(cls, form: QueryDict) -> IdeaForm:
        """What was filled in. Fields that say what they said before (`was_`) are not."""
        whole_page = "naming" in form  # nothing ticked is an answer then
        given: dict[str, str | list[str] | None] = {}
        for each in fields(cls):
            if each.name in SEVERAL:
                ticked = form.getlist(each.name)
                given[each.name] = ticked if ticked or whole_page else None
            elif _plain(form.get(each.name)) != _plain(form.get(f"was_{each.name}")):
                given[each.name] = form.get(each.name)
        return cls(**given)  # type: ignore[arg-type]

    def over(self, kept: IdeaForm) -> IdeaForm:
        """This form, with what is kept where nothing else was sent."""
        typed = {name: value for name, value in asdict(self).items() if value is not None}
        return replace(kept, **typed)

    def without(self, part: str) -> IdeaForm:
        """What is left to do once this part is done."""
        return replace(self, **dict.fromkeys(PARTS[part]))

    def parts(self, kept: IdeaForm) -> set[str]:
        """The parts in which something was typed that is not kept."""
        shown = self.over(kept)
        return {
            part
            for part, names in PARTS.items()
            if any(_plain(getattr(shown, name)) != _plain(getattr(kept, name)) for name in names)
        }


# What one button does something with. Which note, and not of what, is nothing to be done.
PARTS: dict[str, tuple[str, ...]] = {
    "name": ("name", "summary"),
    "split": ("new_name", "statement"),
    "tag": ("noted", "which"),
    "join": ("absorbed",),
    "marks": ("count", "source"),
    "away": ("reason",),
}


def _plain(value: str | list[str] | None) -> list[str]:
    """A browser ends lines in its own way."""
    return value.strip().splitlines() if isinstance(value, str) else value or []


def leave(request: HttpRequest, idea: int, form: IdeaForm) -> None:
    """Keep what was typed for the next look at the page of this idea."""
    typed = {name: value for name, value in asdict(form).items() if value is not None}
    request.session[IDEA_LEFT] = {"idea": idea, "typed": typed}


def left_on(request: HttpRequest, idea: Idea) -> IdeaForm:
    """What was typed on the page of this idea and not done, once."""
    kept = request.session.get(IDEA_LEFT)
    if not kept or kept["idea"] != idea.pk:
        return IdeaForm()
    del request.session[IDEA_LEFT]
    return IdeaForm(**kept["typed"])
