"""Drawings as SVG. Colour is never alone: every opinion group has a shape and a letter too."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from commonground.opinion_groups import OpinionGroups
from commonground.report.markup import Html, element
from commonground.report.wording import group_name, letter, percent

COLOURS = ("#0b6470", "#b5402a", "#5d3a7d", "#2c6e49", "#8a5a00", "#14323a")
SIZE = 640
MARGIN = 40
MOST_DOTS = 1500


def plane_chart(groups: OpinionGroups) -> Html:
    """People on the plane; evenly thinned out where there are too many dots to see."""
    people = np.flatnonzero(groups.labels >= 0)
    shown = people[:: max(1, -(-len(people) // MOST_DOTS))]
    places = _scaled(groups.plane.people, people)
    marks = [
        _mark(int(groups.labels[person]), x, y, bool(groups.clear[person]))
        for person, (x, y) in zip(shown, places[shown].tolist(), strict=True)
    ]
    labels = [
        element(
            "text",
            letter(group),
            x=f"{x:.0f}",
            y=f"{y + 12:.0f}",
            class_="letter",
            fill=COLOURS[group % len(COLOURS)],
        )
        for group, (x, y) in enumerate(_middles(groups, places))
    ]
    return element(
        "svg",
        element("title", "People drawn near those who answer alike"),
        element("rect", width=SIZE, height=SIZE, fill="#fffdf8", stroke="#dccfb6"),
        *marks,
        *labels,
        viewBox=f"0 0 {SIZE} {SIZE}",
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
    """A bar in three parts with three patterns of fill; the numbers stand beside it."""
    width, height, parts, x = 120.0, 16, [], 0.0
    for share, fill in ((agree, "#2c6e49"), (not_sure, "#dccfb6"), (disagree, "#b5402a")):
        parts.append(
            element(
                "rect", x=f"{x:.1f}", y=0, width=f"{width * share:.1f}", height=height, fill=fill
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


def _scaled(
    places: npt.NDArray[np.float64], people: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    if not len(people):
        return places
    reach = float(np.quantile(np.abs(places[people]).max(axis=1), 0.995)) or 1.0
    inside = np.clip(places / reach, -1, 1)
    return np.asarray(SIZE / 2 + inside * (SIZE / 2 - MARGIN))


def _middles(groups: OpinionGroups, places: npt.NDArray[np.float64]) -> list[tuple[float, float]]:
    found = []
    for group in range(groups.n_groups):
        members = places[groups.labels == group]
        x, y = np.median(members, axis=0) if len(members) else (SIZE / 2, SIZE / 2)
        found.append((float(x), float(y)))
    return found


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
