"""Scores PHQ-9 answers from a table as a whole column at a time, by the rule of content/instruments/phq-9/scoring.toml.

python scoring.py FILE [json]: reads the table, sums, pro-rates up to two missing answers, names the band; with `json` it also
writes what it found to standard output. The bench `scoring` runs it beside `fairway measure score`.
"""

import sys

import pandas as pd

ITEMS = [str(number) for number in range(1, 10)]

answers = pd.read_csv(sys.argv[1], dtype={"id": str, **{item: "Int8" for item in ITEMS}})
values = answers[ITEMS]
missing = values.isna().sum(axis=1)
total = values.sum(axis=1).astype("float64")
answered = len(ITEMS) - missing
score = (total / answered * len(ITEMS)).where(missing > 0, total).where(missing <= 2)
band = pd.cut(score, [0, 5, 10, 15, 20, 28], right=False, labels=["minimal", "mild", "moderate", "moderately-severe", "severe"])
found = pd.DataFrame({"id": answers["id"], "score": score, "band": band, "missing": missing, "prorated": (missing > 0) & (missing <= 2)})
if sys.argv[2:] == ["json"]:
    found.to_json(sys.stdout, orient="records")
else:
    print(len(found), found["score"].sum())
