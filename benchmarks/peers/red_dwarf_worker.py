"""Runs in the peers' own environment: groups votes with red-dwarf, one request a line.

Each line on standard input is the path of a .npz with `people`, `statements`, `values` and
`left_out`. The answer is a line of JSON: processor seconds for the analysis alone, and the labels
of the people (in rising order of their numbers), -1 for those it does not group.
"""

import json
import sys
import time
import warnings

import numpy as np

warnings.simplefilter("ignore")

from reddwarf.implementations.polis import run_clustering  # noqa: E402

for line in sys.stdin:
    with np.load(line.strip()) as data:
        people, statements, values = (
            data[name].tolist() for name in ("people", "statements", "values")
        )
        left_out, n_people = data["left_out"].tolist(), int(data["n_people"])
    votes = [
        {"participant_id": person, "statement_id": statement, "vote": value, "modified": place}
        for place, (person, statement, value) in enumerate(
            zip(people, statements, values, strict=True)
        )
    ]
    start = time.process_time()
    try:
        result = run_clustering(votes=votes, mod_out_statement_ids=left_out, random_state=0)
        seconds = time.process_time() - start
        labels = np.full(n_people, -1)
        grouped = result.participants_df["cluster_id"].dropna()
        labels[grouped.index.to_numpy(dtype=int)] = grouped.to_numpy(dtype=int)
        answer = {"seconds": seconds, "labels": labels.tolist()}
    except Exception as error:
        answer = {"error": f"{type(error).__name__}: {error}"[:200]}
    print(json.dumps(answer), flush=True)
