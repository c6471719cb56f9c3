"""Makes neighbours.json: embeddings, and what scikit-learn and SciPy say of them.

    apt-get install python3-sklearn && /usr/bin/python3 make_neighbours.py   (made with scikit-learn 1.2.1, SciPy 1.10.1)
"""

import json
import pathlib

import numpy as np
from scipy.spatial.distance import pdist, squareform
from sklearn.manifold import TSNE
from sklearn.metrics import accuracy_score, recall_score
from sklearn.neighbors import KNeighborsClassifier, NearestNeighbors

random = np.random.default_rng(11)
n, dimension, k, perplexity = 90, 8, 4, 10
labels = random.integers(0, 2, n)
hospitals = random.integers(0, 2, n)
patients = random.integers(0, 15, n)  # several images each; the same number in both hospitals is two patients
vectors = (random.normal(size=(n, dimension)) + 1.5 * labels[:, None]).astype(np.float32)
scores = np.clip(0.5 + 0.25 * (labels - 0.5) + 0.2 * random.normal(size=n), 0, 1)

averages = []
for i in range(n):
    others = np.flatnonzero((hospitals != hospitals[i]) | (patients != patients[i]))
    search = NearestNeighbors(n_neighbors=k, algorithm="brute").fit(vectors[others].astype(float))
    near = others[search.kneighbors(vectors[i : i + 1].astype(float), return_distance=False)[0]]
    averages.append(float(scores[near].mean()))
predicted = (np.array(averages) >= 0.5).astype(int)


def retrieval(depth):
    """Precision, and the classes by vote of scikit-learn's classifier (a tie goes to class 1), one image left out at a time."""
    precision, votes = [], []
    for i in range(n):
        others = np.flatnonzero((hospitals != hospitals[i]) | (patients != patients[i]))
        model = KNeighborsClassifier(n_neighbors=depth, algorithm="brute").fit(vectors[others].astype(float), labels[others])
        share = model.predict_proba(vectors[i : i + 1].astype(float))[0, list(model.classes_).index(1)]
        precision.append(share if labels[i] else 1 - share)
        votes.append(int(share >= 0.5))
    precision, votes = np.array(precision), np.array(votes)
    return {
        "k": depth,
        "precision": float(precision.mean()),
        "positivePrecision": float(precision[labels == 1].mean()),
        "negativePrecision": float(precision[labels == 0].mean()),
        "accuracy": float(accuracy_score(labels, votes)),
        "sensitivity": float(recall_score(labels, votes)),
    }


distance = squareform(pdist(vectors.astype(float)))
i, j = np.triu_indices(n, 1)
kind = labels[i] + labels[j]


def spread(chosen):
    return {"mean": float(distance[i, j][chosen].mean()), "sd": float(distance[i, j][chosen].std())}


def divergence(seed):
    tsne = TSNE(perplexity=perplexity, method="exact", init="random", learning_rate="auto", random_state=seed)
    tsne.fit(vectors.astype(float))
    return float(tsne.kl_divergence_)


fixture = {
    "k": k,
    "labels": labels.tolist(),
    "hospitals": [f"h{h}" for h in hospitals],
    "patients": [f"p{p}" for p in patients],
    "scores": scores.tolist(),
    "vectors": [[float(x) for x in row] for row in vectors],
    "averages": averages,
    "accuracy": float((predicted == labels).mean()),
    "sensitivity": float(predicted[labels == 1].mean()),
    "retrieval": [retrieval(depth) for depth in (1, 2, 4, 8)],
    "all": spread(kind >= 0),
    "positive": spread(kind == 2),
    "negative": spread(kind == 0),
    "across": spread(kind == 1),
    "perplexity": perplexity,
    "divergence": float(np.median([divergence(seed) for seed in range(5)])),
}
pathlib.Path(__file__).with_name("neighbours.json").write_text(json.dumps(fixture) + "\n")
