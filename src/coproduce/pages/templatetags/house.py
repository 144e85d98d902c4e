"""Template tags and filters that every page may use."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from coproduce.glossary import terms
from coproduce.pages.audience import address_for

register = template.Library()

PLAIN_CLASSES: dict[type[forms.Widget], str] = {
    forms.Textarea: "govuk-textarea",
    forms.Select: "govuk-select",
    forms.ClearableFileInput: "govuk-file-upload",
    forms.CheckboxInput: "govuk-checkboxes__input",
}


def _kind(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "checkboxes"
    if isinstance(widget, forms.RadioSelect):
        return "radios"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    return "plain"


def _choices(field: BoundField, kind: str) -> list[dict[str, object]]:
    hints: dict[str, str] = getattr(field.field, "choice_hints", {})
    return [
        {
            "id": part.data["attrs"]["id"],
            "value": part.data["value"],
            "label": part.choice_label,
            "checked": part.data["selected"],
            "disabled": part.data["attrs"].get("disabled", False),
            "type": "radio" if kind == "radios" else "checkbox",
            "hint": hints.get(str(part.data["value"]), ""),
        }
        for part in field.subwidgets
    ]


@register.simple_tag
def field(bound: BoundField, page_heading: bool = False, **attrs: object) -> SafeString:
    """One field of a form with its label, hint and errors: `{% field form.words %}`.

    `page_heading=True` makes its label the page's heading. Other names become attributes of the
    control (`rows=4`). `choice_hints` on the form's field, a dict of value to words, puts a line
    under a choice.
    """
    widget = bound.field.widget
    if widget.is_hidden:
        return SafeString(str(bound))
    kind = _kind(widget)
    described = []
    if bound.help_text:
        described.append(f"{bound.id_for_label or bound.auto_id}-hint")
    if bound.errors:
        described.append(f"{bound.id_for_label or bound.auto_id}-error")
    control = ""
    if kind in {"plain", "checkbox"}:
        name = next(
            (css for type_, css in PLAIN_CLASSES.items() if isinstance(widget, type_)),
            "govuk-input",
        )
        error = " govuk-input--error" if bound.errors and kind == "plain" else ""
        given: dict[str, str | bool] = {
            key: value if isinstance(value, bool) else str(value)
            for key, value in attrs.items()
            if value is not None
        }
        given["class"] = f"{name}{error} {widget.attrs.get('class', '')}".strip()
        if described:
            given["aria-describedby"] = " ".join(described)
        if bound.errors:
            given["aria-invalid"] = "true"
        if _is_long(widget):
            # What is too long is said, with how much. A browser would cut a pasted text unseen.
            widget.attrs.pop("maxlength", None)
        control = bound.as_widget(attrs=given)
    html = get_template("shared/field.html").render(
        {
            "field": bound,
            "kind": kind,
            "id": bound.id_for_label or bound.auto_id,
            "described_by": " ".join(described),
            "control": control,
            "choices": _choices(bound, kind) if kind in {"radios", "checkboxes"} else [],
            "page_heading": page_heading,
            "most": getattr(bound.field, "max_length", None) if _is_long(widget) else None,
        }
    )
    return SafeString(html)


# Stands for the prefix of a form while its fields are kept. No prefix of ours holds it.
_PREFIX = "prefix-goes-here"


@register.simple_tag
def all_fields(form: forms.Form) -> SafeString:
    """Every field of a form. Of several alike on a page, nothing typed in, they are made once."""
    of_its_own = set(form.initial) - {one.name for one in form.hidden_fields()}
    if form.is_bound or of_its_own or not form.prefix:
        return SafeString("".join(field(one) for one in form))
    hidden = "".join(field(one) for one in form.hidden_fields())
    return SafeString(hidden + _blank_fields(type(form)).replace(_PREFIX, form.prefix))


@lru_cache(64)
def _blank_fields(kind: type[forms.Form]) -> str:
    return "".join(field(one) for one in kind(prefix=_PREFIX).visible_fields())


def _is_long(widget: forms.Widget) -> bool:
    return isinstance(widget, forms.Textarea)


@register.inclusion_tag("shared/error_summary.html")
def error_summary(*bound_forms: forms.BaseForm | forms.BaseFormSet[Any]) -> dict[str, object]:
    """Every error of the forms at the top of the page, each a link to its field."""
    problems: list[dict[str, str]] = []
    is_typed = False
    # Browsers do not put a file into a form again.
    has_file = any(bound.is_multipart() for bound in bound_forms)
    for bound in bound_forms:
        singles: Sequence[forms.BaseForm]
        if isinstance(bound, forms.BaseFormSet):
            singles = bound.forms
            problems.extend({"id": "", "words": str(e)} for e in bound.non_form_errors())
        else:
            singles = [bound]
        for form in singles:
            problems.extend({"id": "", "words": str(e)} for e in form.non_field_errors())
            for one in form:
                first = _first_control(one)
                problems.extend({"id": first, "words": str(e)} for e in one.errors)
                is_typed |= _stands_there_again(one)
    return {"problems": problems, "has_file": has_file, "is_typed": is_typed}


def _stands_there_again(bound: BoundField) -> bool:
    """Whether something was typed that a browser shows again: no file, and no password."""
    widget = bound.field.widget
    if bound.is_hidden or isinstance(bound.field, forms.FileField):
        return False
    if isinstance(widget, forms.PasswordInput) and not widget.render_value:
        return False
    given = bound.value()
    return bool(given.strip() if isinstance(given, str) else given)


def _first_control(bound: BoundField) -> str:
    if _kind(bound.field.widget) in {"radios", "checkboxes"} and len(bound.subwidgets):
        return str(bound.subwidgets[0].data["attrs"]["id"])
    return str(bound.id_for_label or bound.auto_id)


@register.simple_tag
def marks(count: int, words: str = "") -> SafeString:
    """One ✱ for each partner group that agrees, and the same in words for who cannot see it."""
    if not count:
        return SafeString("")
    spoken = words or f"{count} {'mark' if count == 1 else 'marks'}"
    return format_html(
        '<span class="marks"><span aria-hidden="true">{}</span>'
        '<span class="hidden-text">{}</span></span>',
        "✱" * count,
        spoken,
    )


@register.simple_tag
def term(name: str, shown: str = "") -> SafeString:
    """A word of the glossary whose meaning opens where it stands: `{% term "EHCP" %}`.

    Stands in a `<div>`, `<li>` or `<td>`, not in a `<p>`: a paragraph cannot hold what opens.
    """
    found = terms.find(name)
    return SafeString(terms.opening(found, shown or name)) if found else SafeString(name)


# Of fragments that `same` keeps, the latest used.
MOST_KEPT = 512


@register.simple_tag
def same(template: str, **given: object) -> SafeString:
    """`include` with these values and no others: `{% same "shared/answers.html" given=given %}`.

    What it makes depends on nothing else, so it is made once and kept. For what stands on the
    pages of a full room.
    """
    return _made_once(template, tuple(given.items()))


@lru_cache(MOST_KEPT)
def _made_once(template: str, given: tuple[tuple[str, object], ...]) -> SafeString:
    return SafeString(get_template(template).render(dict(given)))


@register.simple_tag(takes_context=True)
def elsewhere(context: dict[str, Any], here: str = "") -> SafeString:
    """What else somebody who takes part can do, but for where they are: `{% elsewhere "see" %}`."""
    return same(
        "taking_part/elsewhere.html",
        slug=context["conversation"].slug,
        here=here,
        **{name: bool(context.get(name)) for name in ("can_say", "can_answer", "can_agree")},
    )


@register.filter
def thousands(number: int) -> str:
    """26550 as 26,550."""
    return f"{number:,}"


@register.filter
def with_terms(text: object) -> SafeString:
    """The text, escaped, with every word of the glossary opening its meaning the first time."""
    return terms.explain(str(text))


@register.inclusion_tag("shared/pagination.html", takes_context=True)
def pagination(
    context: dict[str, Any], page: Page[Any], name: str = "page", at: str = "", of: str = ""
) -> dict[str, object]:
    """Links to the page before and the page after; other parts of the address are kept.

    Of two lists on one page, the second has another `name`, is found `at` its own heading, and says
    what its pages are `of`.
    """
    rest = context["request"].GET.copy()
    rest.pop(name, None)
    told = f"{rest.urlencode()}&" if rest else ""
    return {"page": page, "rest": told, "name": name, "at": f"#{at}" if at else "", "of": of}


@register.simple_tag(takes_context=True)
def team_tab(context: dict[str, Any], view: str, words: str, tab: str) -> SafeString:
    """A link to one page of running the conversation; the one that is open is marked.

    Only where the page opens for the roles of who looks.
    """
    member = getattr(context["request"], "team_member", None)
    address = address_for(member, view, context["conversation"].slug)
    if not address:
        return SafeString("")
    here = SafeString(' aria-current="page"') if context.get("tab") == tab else ""
    return format_html('<a class="tool" href="{}"{}>{}</a>', address, here, words)
