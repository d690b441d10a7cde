"""PHQ-9 scored by pandas, column by column, with the rule for missing items; writes what `fairway measure score` writes.

As quick as it was made to be: there are few different outcomes, so the words of each are made once and looked up.
"""
import sys

import numpy as np
import pandas as pd

ITEMS, AT_MOST = 9, 2
BANDS = [(20, "severe"), (15, "moderately-severe"), (10, "moderate"), (5, "mild"), (0, "minimal")]
HEAD = '","instrument":"phq-9","version":"1.0.0","scales":[{"scale":"total","score":'


def outcome(total, missing):
    """The rest of a person's line after the id."""
    if missing > AT_MOST:
        why = "nothing answered" if missing == ITEMS else f"{missing} items missing, at most {AT_MOST} may be"
        return f'{HEAD}null,"band":null,"missing":{missing},"prorated":false,"refused":"{why}"}}]}}'
    score = total / (ITEMS - missing) * ITEMS if missing else float(total)
    band = next(name for least, name in BANDS if score >= least)
    written = int(score) if score.is_integer() else score
    return f'{HEAD}{written},"band":"{band}","missing":{missing},"prorated":{"true" if missing else "false"},"refused":null}}]}}'


table = pd.read_csv(sys.argv[1], dtype={str(item + 1): "float32" for item in range(ITEMS)})
answers = table.iloc[:, 1:].to_numpy()
missing = np.isnan(answers).sum(axis=1)
total = np.nansum(answers, axis=1).astype("int64")
words = np.array([outcome(total, missing) for total in range(3 * ITEMS + 1) for missing in range(ITEMS + 1)], dtype=object)
lines = '{"id":"' + table["id"].astype(object) + words[total * (ITEMS + 1) + missing]
sys.stdout.write("[\n" + ",\n".join(lines) + "\n]\n")
