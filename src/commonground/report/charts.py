"""Drawings as SVG. Colour is never alone: every opinion group has a shape and a letter too."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from commonground.opinion_groups import Ellipse, OpinionGroups, ellipse
from commonground.report.markup import Html, element
from commonground.report.wording import group_name, letter, percent

Floats = npt.NDArray[np.float64]

COLOURS = ("#0b6470", "#b5402a", "#5d3a7d", "#2c6e49", "#8a5a00", "#14323a")
SIZE = 640
MARGIN = 40
MOST_DOTS = 1500
SMALLEST_RING = 5.0
WORDS = {"font_family": "Verdana, sans-serif", "text_anchor": "middle"}
"""Written out, so that a drawing can be taken out of the page by itself."""
LABEL = 56
"""Height of the line of words over the ring of one person."""


def plane_chart(groups: OpinionGroups) -> Html:
    """People on the plane, and a ring where the middle of each opinion group lies for sure.

    People are evenly thinned out where there are too many dots to see. The ring below shows, to the
    same scale, how far off the dot of the middling person may be.
    """
    people = np.flatnonzero(groups.labels >= 0)
    shown = people[:: max(1, -(-len(people) // MOST_DOTS))]
    reach = _reach(groups.plane.people[people])
    places = _scaled(groups.plane.people, reach)
    marks = [
        _mark(int(groups.labels[person]), x, y, bool(groups.clear[person]))
        for person, (x, y) in zip(shown, places[shown].tolist(), strict=True)
    ]
    rings = [
        _ring(
            _of_group(groups, group, reach),
            COLOURS[group % len(COLOURS)],
            letter(group) if groups.n_groups > 1 else "",
        )
        for group in range(groups.n_groups)
        if np.isfinite(groups.middles.covariances[group]).all()
    ]
    typical, strip = _typical_ring(groups, people, reach) if len(people) else (Html(""), 0.0)
    return element(
        "svg",
        element("title", "People drawn near those who answer alike, with a ring for each middle"),
        element("rect", width=SIZE, height=SIZE, fill="#fffdf8", stroke="#dccfb6"),
        element("rect", y=SIZE, width=SIZE, height=f"{strip:.0f}", fill="#fffdf8", stroke="#dccfb6")
        if strip
        else "",
        *marks,
        *rings,
        typical,
        viewBox=f"0 0 {SIZE} {SIZE + strip:.0f}",
        role="img",
        class_="plane",
        xmlns="http://www.w3.org/2000/svg",
    )


def key_to_shapes(n_groups: int) -> Html:
    """Which shape and colour is which opinion group."""
    return element(
        "ul",
        *(
            element(
                "li",
                element(
                    "svg",
                    _mark(group, 10, 10, True),
                    viewBox="0 0 20 20",
                    class_="sign",
                    aria_hidden="true",
                ),
                f" {group_name(group)}",
            )
            for group in range(n_groups)
        ),
        class_="key",
    )


def answer_bar(agree: float, not_sure: float, disagree: float) -> Html:
    """A bar in three parts, from left to right; the numbers stand beside it."""
    width, height, parts, x = 120.0, 16, [], 0.0
    for share, fill in ((agree, "#2c6e49"), (not_sure, "#dccfb6"), (disagree, "#b5402a")):
        parts.append(
            element(
                "rect",
                x=f"{x:.1f}",
                y=0,
                width=f"{width * share:.1f}",
                height=height,
                fill=fill,
                # A light line, so that two parts are two without their colours.
                stroke="#fffdf8",
            )
        )
        x += width * share
    return element(
        "svg",
        element(
            "title",
            f"agree {percent(agree)}, not sure {percent(not_sure)}, disagree {percent(disagree)}",
        ),
        *parts,
        viewBox=f"0 0 {width:.0f} {height}",
        class_="bar",
        role="img",
    )


def _reach(places: Floats) -> float:
    return float(np.quantile(np.abs(places).max(axis=1), 0.995)) or 1.0 if len(places) else 1.0


def _scaled(places: Floats, reach: float) -> Floats:
    return np.asarray(SIZE / 2 + np.clip(places / reach, -1, 1) * (SIZE / 2 - MARGIN))


def _of_group(groups: OpinionGroups, group: int, reach: float) -> Ellipse:
    """The 95% ellipse of the middle of a group, in the units of the drawing."""
    (place,) = _scaled(groups.middles.places[group : group + 1], reach)
    scale = (SIZE / 2 - MARGIN) / reach
    return ellipse(place, groups.middles.covariances[group] * scale**2)


def _ring(around: Ellipse, colour: str, name: str) -> Html:
    """A ring with its letter above; a light edge keeps it apart from the dots."""
    x, y = around.middle
    ring = {
        "cx": f"{x:.1f}",
        "cy": f"{y:.1f}",
        "rx": f"{max(around.long, SMALLEST_RING):.1f}",
        "ry": f"{max(around.short, SMALLEST_RING):.1f}",
        "transform": f"rotate({around.turned:.1f} {x:.1f} {y:.1f})",
        "fill": "none",
    }
    above = y - max(around.long, SMALLEST_RING) - 8
    return element(
        "g",
        element("ellipse", **ring, stroke="#fffdf8", stroke_width=8),
        element("ellipse", **ring, stroke=colour, stroke_width=4),
        element(
            "text",
            name,
            x=f"{x:.0f}",
            y=f"{max(above, 36):.0f}",
            fill=colour,
            **WORDS,
            font_size=36,
            font_weight="bold",
            paint_order="stroke",
            stroke="#fffdf8",
            stroke_width=8,
        ),
        class_="middle",
    )


def _typical_ring(
    groups: OpinionGroups, people: npt.NDArray[np.int64], reach: float
) -> tuple[Html, float]:
    """Below the plane: how far off the dot of the middling person may be; and the height of it."""
    sizes = np.linalg.det(groups.plane.covariances[people])
    typical = people[np.argsort(sizes, kind="stable")[len(people) // 2]]
    scale = (SIZE / 2 - MARGIN) / reach
    around = ellipse(np.zeros(2), groups.plane.covariances[typical] * scale**2)
    x, y = SIZE / 2, SIZE + LABEL + around.long
    ring = element(
        "ellipse",
        cx=f"{x:.1f}",
        cy=f"{y:.1f}",
        rx=f"{around.long:.1f}",
        ry=f"{around.short:.1f}",
        transform=f"rotate({around.turned:.1f} {x:.1f} {y:.1f})",
        fill="none",
        stroke="#14323a",
        stroke_width=2,
        stroke_dasharray="6 5",
        class_="typical",
    )
    dot = element("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=4, fill="#14323a", class_="typical-dot")
    label = element(
        "text",
        "How far off one dot may be",
        x=SIZE / 2,
        y=SIZE + 36,
        fill="#14323a",
        **WORDS,
        font_size=28,
    )
    return element("g", label, ring, dot), LABEL + 2 * around.long + MARGIN / 2


def _mark(group: int, x: float, y: float, clear: bool) -> Html:
    """The shape of an opinion group; an outline for somebody who is not clearly in it."""
    colour = COLOURS[group % len(COLOURS)]
    style = {
        "fill": colour if clear else "none",
        "fill_opacity": "0.55",
        "stroke": colour,
        "stroke_width": "1",
    }
    corners = {
        1: ((-4, -4), (4, -4), (4, 4), (-4, 4)),
        2: ((0, -5), (5, 4), (-5, 4)),
        3: ((0, -6), (5, 0), (0, 6), (-5, 0)),
        4: ((0, 5), (5, -4), (-5, -4)),
    }.get(group % 5)
    if corners is None:
        return element("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=4, **style)
    drawn = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in corners)
    return element("polygon", points=drawn, **style)
