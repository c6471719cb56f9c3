"""What scikit-learn and SciPy say of predictions and embeddings.

    apt-get install python3-sklearn
    /usr/bin/python3 make_evaluation.py          writes evaluation.json (made with scikit-learn 1.2.1, SciPy 1.10.1)
    /usr/bin/python3 make_evaluation.py --ask    answers one case, JSON on stdin, JSON on stdout: the live oracle
"""

import json
import pathlib
import sys
import warnings

import numpy as np
from scipy.stats import binomtest
from sklearn import metrics as m
from sklearn.calibration import calibration_curve
from sklearn.linear_model import LogisticRegression
from sklearn.manifold import TSNE, trustworthiness
from sklearn.preprocessing import StandardScaler


warnings.simplefilter("ignore")  # newton-cg complains when it has reached the last digits


def operating_points(labels, scores):
    fpr, tpr, thresholds = m.roc_curve(labels, scores, drop_intermediate=False)
    thresholds[0] = np.inf  # nothing is called positive

    def point(worth, allowed):
        i = max((i for i in range(len(fpr)) if allowed(i)), key=worth)
        threshold = None if np.isinf(thresholds[i]) else float(thresholds[i])
        return {"threshold": threshold, "sensitivity": float(tpr[i]), "specificity": float(1 - fpr[i])}

    return [
        point(lambda i: tpr[i] - fpr[i], lambda i: True),
        point(lambda i: tpr[i], lambda i: 1 - fpr[i] >= 0.90),
        point(lambda i: tpr[i], lambda i: 1 - fpr[i] >= 0.95),
        point(lambda i: -fpr[i], lambda i: tpr[i] >= 0.90),
        point(lambda i: -fpr[i], lambda i: tpr[i] >= 0.95),
    ]


def wilson(part, whole):
    interval = binomtest(int(part), int(whole)).proportion_ci(method="wilson")
    return [float(interval.low), float(interval.high)]


def answer(case):
    labels, scores = np.array(case["labels"]), np.array(case["scores"])
    vectors, kinds = np.array(case["vectors"], dtype=np.float32).astype(float), np.array(case["kinds"])
    called = (scores >= case["threshold"]).astype(int)
    tn, fp, fn, tp = m.confusion_matrix(labels, called, labels=[0, 1]).ravel()
    true, mean = calibration_curve(labels, scores, n_bins=10, strategy="uniform")
    bins = np.searchsorted(np.linspace(0, 1, 11)[1:-1], scores)
    counts = np.bincount(bins, minlength=10)
    counts = counts[counts > 0]
    features = StandardScaler().fit_transform(vectors)
    model = LogisticRegression(
        C=case["c"], multi_class="multinomial", solver="newton-cg", tol=1e-9, max_iter=1000
    ).fit(features, kinds)
    return {
        "values": [
            m.accuracy_score(labels, called),
            m.recall_score(labels, called),
            m.recall_score(labels, called, pos_label=0),
            m.precision_score(labels, called),
            m.f1_score(labels, called),
            m.roc_auc_score(labels, scores),
            m.average_precision_score(labels, scores),
            m.brier_score_loss(labels, scores),
        ],
        "confusion": [int(tp), int(fp), int(tn), int(fn)],
        "calibrationMean": mean.tolist(),
        "calibrationTrue": true.tolist(),
        "calibrationCounts": counts.tolist(),
        "calibrationError": float(np.sum(counts * np.abs(mean - true)) / len(scores)),
        "operatingPoints": operating_points(labels, scores),
        "wilsonAccuracy": wilson(tp + tn, len(labels)),
        "wilsonSensitivity": wilson(tp, tp + fn),
        "wilsonSpecificity": wilson(tn, tn + fp),
        "weights": model.coef_.tolist() if len(model.classes_) > 2 else [(-model.coef_[0]).tolist(), model.coef_[0].tolist()],
        "probabilities": model.predict_proba(features).tolist(),
    }


def case(seed, n, dimension, classes, grid=None):
    random = np.random.default_rng(seed)
    labels = random.integers(0, 2, n)
    scores = np.clip(0.5 + 0.3 * (labels - 0.5) + 0.25 * random.normal(size=n), 0, 1)
    kinds = random.integers(0, classes, n)
    vectors = random.normal(size=(n, dimension)) + 0.7 * random.normal(size=(classes, dimension))[kinds]
    return {
        "labels": labels.tolist(),
        "scores": (np.round(scores * grid) / grid if grid else scores).tolist(),
        "threshold": 0.45,
        "kinds": kinds.tolist(),
        "vectors": vectors.astype(np.float32).astype(float).round(5).tolist(),
        "c": 0.1,
    }


def map_case():
    """Two-dimensional maps of the digits' first 300 pictures, and how trustworthy scikit-learn's is."""
    from sklearn.datasets import load_digits

    vectors = load_digits().data[:300] / 16
    maps = [
        TSNE(perplexity=20, method="exact", init="random", learning_rate="auto", random_state=seed).fit_transform(vectors)
        for seed in range(3)
    ]
    return {
        "vectors": vectors.tolist(),
        "perplexity": 20,
        "neighbours": 5,
        "map": maps[0].astype(float).tolist(),
        "mapTrustworthiness": float(trustworthiness(vectors, maps[0].astype(float), n_neighbors=5)),
        "medianTrustworthiness": float(np.median([trustworthiness(vectors, y, n_neighbors=5) for y in maps])),
    }


if "--ask" in sys.argv:
    json.dump(answer(json.load(sys.stdin)), sys.stdout)
else:
    cases = [case(1, 80, 6, 2), case(2, 60, 5, 4, grid=20), case(3, 30, 40, 3)]
    fixture = {"cases": [{"asked": c, "answer": answer(c)} for c in cases], "map": map_case()}
    pathlib.Path(__file__).with_name("evaluation.json").write_text(json.dumps(fixture) + "\n")
