"""Makes bootstrap.json: numpy's percentiles, and scikit-learn's metrics of weighted (resampled) predictions.

    apt-get install python3-sklearn && /usr/bin/python3 make_bootstrap.py   (made with scikit-learn 1.2.1, numpy 1.24.2)
"""

import json
import pathlib

import numpy as np
from sklearn import metrics as m

random = np.random.default_rng(5)
n, threshold = 60, 0.4
labels = random.integers(0, 2, n)
scores = np.round(np.clip(0.3 + 0.3 * labels + 0.25 * random.normal(size=n), 0, 1), 2)  # with ties


def resample():
    drawn = random.integers(0, n, n)
    y, p = labels[drawn], scores[drawn]
    called = (p >= threshold).astype(int)
    return {
        "draws": np.bincount(drawn, minlength=n).tolist(),
        "values": [
            m.accuracy_score(y, called),
            m.recall_score(y, called),
            m.recall_score(y, called, pos_label=0),
            m.precision_score(y, called),
            m.f1_score(y, called),
            m.roc_auc_score(y, p),
            m.average_precision_score(y, p),
            m.brier_score_loss(y, p),
        ],
    }


values = random.normal(size=37)
fractions = [0, 0.025, 0.1, 0.5, 0.77, 0.975, 1]
fixture = {
    "labels": labels.tolist(),
    "scores": scores.tolist(),
    "threshold": threshold,
    "resamples": [resample() for _ in range(20)],
    "values": sorted(values.tolist()),
    "fractions": fractions,
    "percentiles": np.quantile(values, fractions).tolist(),
}
pathlib.Path(__file__).with_name("bootstrap.json").write_text(json.dumps(fixture) + "\n")
