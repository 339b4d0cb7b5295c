# Products and an MLP's training step in NumPy (Debian: python3-numpy): the names and sizes of ../workloads, one line of
# the harness's form for each. Gradients by hand: NumPy has no graph.
import os
import sys
import time

import numpy as np

threads = int(os.environ.get("TT_THREADS", "1"))
now = time.process_time if threads == 1 else time.perf_counter
words = sys.argv[1:]
impl = words[words.index("--impl") + 1] if "--impl" in words else "numpy_blas"
wanted = [w for i, w in enumerate(words) if not w.startswith("--") and words[i - 1] != "--impl"]


def rate(workload, unit, work, f, samples=7, seconds=0.1):
    if wanted and not any(workload.startswith(w) for w in wanted):
        return
    f()
    start = now()
    f()
    calls = max(1, int(seconds / max(1e-6, now() - start)))
    times = []
    for _ in range(samples):
        start = now()
        for _ in range(calls):
            f()
        times.append((now() - start) / calls)
    times.sort()
    rates = [work / t for t in (times[len(times) // 2], times[-1], times[0])]
    print(workload, impl, threads, *("%.6g" % r for r in rates), unit, "0.00", sep="\t", flush=True)


rng = np.random.default_rng(1)


def normal(*shape):
    return rng.standard_normal(shape, dtype=np.float32)


for n in (64, 128, 256, 512, 1024):
    a, b = normal(n, n), normal(n, n)
    rate(f"gemm_{n}", "GFLOP/s", 2e-9 * n**3, lambda: a @ b)

x, labels = normal(64, 784), np.arange(64) % 10
w1, b1, w2, b2 = normal(784, 128) * 0.03, normal(128) * 0.03, normal(128, 10) * 0.08, normal(10) * 0.08


def mlp_step():
    z = x @ w1 + b1
    h = np.maximum(z, 0)
    s = h @ w2 + b2
    p = np.exp(s - s.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    p[np.arange(64), labels] -= 1
    g = p / np.float32(64)
    gh = (g @ w2.T) * (z > 0)
    lr = np.float32(0.01)
    for w, d in ((w2, h.T @ g), (b2, g.sum(0)), (w1, x.T @ gh), (b1, gh.sum(0))):
        w -= lr * d


rate("mlp_step", "steps/s", 1, mlp_step)
