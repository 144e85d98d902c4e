"""From places on the plane to opinion groups, in Polis' two steps.

First up to a hundred base clusters of people, then groups of base clusters: two to five, the
number with the best silhouette.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from commonground.polis.kmeans import Clusters, Floats, Labels, kmeans, kmeans_of_each

BASE_CLUSTERS = 100
ENOUGH_VOTES = 7
FEWEST_PEOPLE = 15
UNGROUPED = -1


@dataclass(frozen=True)
class Grouping:
    """Who is in which group; `UNGROUPED` (-1) for people with too few votes."""

    labels: Labels
    """For each participant: the group, or -1."""
    base_labels: Labels
    """For each participant: the base cluster, or -1."""
    base_centres: Floats
    """n_base_clusters × 2."""
    base_groups: Labels
    """For each base cluster: its group."""
    silhouette: float
    """How well separated the groups are, from -1 to 1; not a test whether there are any."""

    @property
    def n_groups(self) -> int:
        """Number of opinion groups."""
        return int(self.labels.max(initial=-1)) + 1


def people_with_enough_votes(
    answers_given: npt.NDArray[np.int64], n_statements: int
) -> npt.NDArray[np.bool_]:
    """For each participant: whether Polis groups them.

    At least min(7, n_statements) votes; with fewer than 15 such people, the most active are
    added until there are 15. Polis keeps everybody who was ever in; that history is not known
    here.
    """
    enough = answers_given >= max(1, min(ENOUGH_VOTES, n_statements))
    missing = FEWEST_PEOPLE - int(enough.sum())
    if missing > 0:
        others = np.flatnonzero(~enough & (answers_given > 0))
        most_active = others[np.argsort(-answers_given[others], kind="stable")]
        enough[most_active[:missing]] = True
    return enough


def find_groups(places: Floats, grouped: npt.NDArray[np.bool_]) -> Grouping:
    """Group the participants of the mask by their places (n_participants × 2)."""
    people = np.flatnonzero(grouped)
    labels = np.full(len(places), UNGROUPED, dtype=np.int64)
    base_labels = labels.copy()
    if not len(people):
        return Grouping(labels, base_labels, np.zeros((0, 2)), np.zeros(0, dtype=np.int64), 0.0)
    base = kmeans(places[people], np.ones(len(people)), BASE_CLUSTERS, max_iterations=100)
    base_labels[people] = base.labels
    sizes = np.bincount(base.labels).astype(float)
    best, best_silhouette = Clusters(np.zeros(len(sizes), dtype=np.int64), base.centres[:1]), -2.0
    apart = distances(base.centres)
    numbers = range(2, min(5, 2 + len(sizes) // 12) + 1)
    for clusters in kmeans_of_each(base.centres, sizes, numbers, max_iterations=20):
        value = silhouette(apart, clusters.labels)
        if value >= best_silhouette:
            best, best_silhouette = clusters, value
    labels[people] = best.labels[base.labels]
    return Grouping(labels, base_labels, base.centres, best.labels, best_silhouette)


def distances(points: Floats) -> Floats:
    """n × n distances between points (n × 2)."""
    across, along = (points[:, None, axis] - points[None, :, axis] for axis in (0, 1))
    return np.asarray(np.sqrt(across**2 + along**2))


def silhouette(apart: Floats, labels: Labels) -> float:
    """Mean silhouette (Rousseeuw 1987) from distances, 0 for a point alone in its cluster."""
    k = int(labels.max()) + 1
    if k < 2:
        return 0.0
    member = np.eye(k)[labels]
    sizes = member.sum(axis=0)
    to_cluster = apart @ member
    own_size = sizes[labels]
    rows = np.arange(len(labels))
    within = to_cluster[rows, labels] / np.maximum(own_size - 1, 1)
    mean_to = to_cluster / sizes
    mean_to[rows, labels] = np.inf
    nearest_other = mean_to.min(axis=1)
    widest = np.maximum(within, nearest_other)
    values = np.where(
        (own_size > 1) & (widest > 0),
        (nearest_other - within) / np.where(widest > 0, widest, 1),
        0.0,
    )
    return float(values.mean())
