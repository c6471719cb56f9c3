"""Times FAISS IndexFlatL2: faiss_flat.py FOLDER DIMENSION THREADS, then a line "FIRST COUNT K" per search on stdin.

FOLDER holds vectors.f32 and queries.f32, float32 row after row. Answers "MILLISECONDS ID..." (ids of the first query).
"""

import sys
import time

try:
    import faiss
    import numpy as np
except ImportError as missing:
    print(f"absent: {missing}", flush=True)
    sys.exit(0)

folder, dimension, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
faiss.omp_set_num_threads(threads)
vectors = np.fromfile(f"{folder}/vectors.f32", dtype=np.float32).reshape(-1, dimension)
queries = np.fromfile(f"{folder}/queries.f32", dtype=np.float32).reshape(-1, dimension)
index = faiss.IndexFlatL2(dimension)
index.add(vectors)
del vectors
index.search(queries[:1], 4)
print("ready", flush=True)
for line in sys.stdin:
    first, count, k = map(int, line.split())
    start = time.perf_counter()
    _, ids = index.search(queries[first : first + count], k)
    print((time.perf_counter() - start) * 1e3, *ids[0], flush=True)
