"""Makes metrics.json: labels, scores and what scikit-learn says of them.

    apt-get install python3-sklearn && /usr/bin/python3 make_metrics.py   (made with scikit-learn 1.2.1)

null stands where scikit-learn refuses or only warns and makes a number up.
"""

import json
import pathlib

import numpy as np
from sklearn import metrics as m


def case(name, labels, scores, threshold=0.5):
    labels, scores = np.asarray(labels), np.asarray(scores, dtype=float)
    predicted = (scores >= threshold).astype(int)
    tn, fp, fn, tp = m.confusion_matrix(labels, predicted, labels=[0, 1]).ravel()
    both, positives = len(set(labels)) == 2, labels.sum()
    fpr, tpr, _ = m.roc_curve(labels, scores, drop_intermediate=False) if both else (None, None, None)
    precision, recall, _ = m.precision_recall_curve(labels, scores) if positives else (None, None, None)
    return {
        "name": name,
        "labels": labels.tolist(),
        "scores": scores.tolist(),
        "threshold": threshold,
        "tp": int(tp), "fp": int(fp), "tn": int(tn), "fn": int(fn),
        "accuracy": float(m.accuracy_score(labels, predicted)),
        "sensitivity": float(m.recall_score(labels, predicted)) if tp + fn else None,
        "specificity": float(m.recall_score(labels, predicted, pos_label=0)) if tn + fp else None,
        "precision": float(m.precision_score(labels, predicted)) if tp + fp else None,
        "f1": float(m.f1_score(labels, predicted)) if tp + fp + fn else None,
        "rocAuc": float(m.roc_auc_score(labels, scores)) if both else None,
        "prAuc": float(m.average_precision_score(labels, scores)) if positives else None,
        "brier": float(np.mean((scores - labels) ** 2)) if not both else float(m.brier_score_loss(labels, scores)),
        "fpr": None if fpr is None else fpr.tolist(),
        "tpr": None if tpr is None else tpr.tolist(),
        # scikit-learn lists recall descending and appends the point (0, 1), which belongs to no threshold.
        "recallAscending": None if recall is None else recall[:-1][::-1].tolist(),
        "precisionAscending": None if precision is None else precision[:-1][::-1].tolist(),
    }


random = np.random.default_rng(7)


def sample(n, prevalence, separation):
    labels = (random.random(n) < prevalence).astype(int)
    z = separation * (labels - 0.5) + random.normal(size=n)
    return labels, 1 / (1 + np.exp(-2 * z))


cases = [
    case("balanced", *sample(120, 0.5, 1.5)),
    case("rare positives, other threshold", *sample(150, 0.1, 2.0), threshold=0.3),
    case("worse than chance", *sample(60, 0.5, -1.0)),
]
labels, scores = sample(100, 0.4, 1.0)
cases += [
    case("many ties", labels, np.round(scores, 1)),
    case("all scores equal", labels, np.full(len(labels), 0.5)),
    case("separated", [0, 0, 1, 1], [0.1, 0.2, 0.8, 0.9]),
    case("reversed", [1, 1, 0, 0], [0.1, 0.2, 0.8, 0.9]),
    case("one of each", [0, 1], [0.0, 1.0]),
    case("only positives", [1, 1, 1], [0.2, 0.7, 0.9]),
    case("only negatives", [0, 0, 0], [0.2, 0.7, 0.9]),
    case("nothing predicted positive", [0, 1, 1], [0.1, 0.2, 0.3]),
    case("one positive", [1], [0.5]),
    case("one negative", [0], [0.4]),
]
pathlib.Path(__file__).with_name("metrics.json").write_text(json.dumps(cases) + "\n")
