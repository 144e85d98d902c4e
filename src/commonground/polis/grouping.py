"""From places on the plane to opinion groups, in Polis' two steps.

First up to a hundred base clusters of people, then groups of base clusters: two to five, the
number with the best silhouette.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from commonground.polis.kmeans import kmeans, kmeans_of_each
from commonground.polis.nearest import Floats, Labels

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
    numbers = range(2, min(5, 2 + len(sizes) // 12) + 1)
    found = kmeans_of_each(base.centres, sizes, numbers, max_iterations=20)
    values = silhouettes(distances(base.centres), [clusters.labels for clusters in found])
    best = len(found) - 1 - int(values[::-1].argmax())  # of several as good, the most groups
    base_groups = found[best].labels
    labels[people] = base_groups.take(base.labels)
    return Grouping(labels, base_labels, base.centres, base_groups, float(values[best]))


def distances(points: Floats) -> Floats:
    """n × n distances between points (n × 2)."""
    across, along = (points[:, None, axis] - points[None, :, axis] for axis in (0, 1))
    return np.asarray(np.sqrt(across**2 + along**2))


def silhouettes(apart: Floats, labels_of_each: Sequence[Labels]) -> Floats:
    """Mean silhouette (Rousseeuw 1987) of each way to cluster the points, from their distances.

    A point alone in its cluster counts as 0, and so do all where there is one cluster. The ways go
    side by side (points × ways × clusters), since each by itself is mostly calls.
    """
    labels = np.stack(labels_of_each, axis=1)
    member = labels[:, :, None] == np.arange(labels.max() + 1)
    sizes = member.sum(axis=0)
    to_cluster = apart @ member.astype(float).reshape(len(apart), -1)
    to_cluster = to_cluster.reshape(member.shape)
    own_size = (member * sizes).sum(axis=2)
    within = (to_cluster * member).sum(axis=2) / np.maximum(own_size - 1, 1)
    others = ~member & (sizes > 0)
    mean_to = np.divide(to_cluster, sizes, out=np.full(member.shape, np.inf), where=others)
    nearest_other = mean_to.min(axis=2)
    widest = np.maximum(within, nearest_other)
    counts = (own_size > 1) & (widest > 0) & (widest < np.inf)
    values = np.divide(nearest_other - within, widest, out=np.zeros(labels.shape), where=counts)
    return np.asarray(values.mean(axis=0))
