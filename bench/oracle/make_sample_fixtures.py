"""Writes two clouds of points and what NumPy and SciPy say of how they lie in each other.

    venv/bin/python bench/oracle/make_sample_fixtures.py

It writes core/src/test/resources/io/gander/oracle/samples.safetensors: the clouds "real" and "fake"; the Fréchet distance
"fd"; "precision", "recall", "density" and "coverage" with five neighbours, from the papers' definitions; and "kl" and "js" of
the counts "p" and "q".
"""

import numpy as np
from safetensors.numpy import save_file
from scipy.linalg import sqrtm
from scipy.spatial.distance import cdist, jensenshannon
from scipy.stats import entropy

import make_fixtures as base

K = 5
D = 64


def clouds():
    source = np.random.default_rng(17)
    mixing = source.normal(size=(D, D)) / D**0.5
    real = source.normal(size=(300, D)) @ mixing
    fake = 0.9 * source.normal(size=(240, D)) @ mixing + 0.1
    return real.astype(np.float32), fake.astype(np.float32)


def frechet(real, fake):
    a, b = np.cov(real, rowvar=False), np.cov(fake, rowvar=False)
    shift = real.mean(0) - fake.mean(0)
    return shift @ shift + np.trace(a + b - 2 * sqrtm(a @ b).real)


def neighbours(real, fake):
    def radii(x):
        return np.sort(cdist(x, x), axis=1)[:, K]  # the nearest is the point itself

    between = cdist(real, fake)
    real_radii, fake_radii = radii(real), radii(fake)
    inside = between <= real_radii[:, None]
    return {
        "precision": inside.any(0).mean(),
        "recall": (between <= fake_radii[None]).any(1).mean(),
        "density": inside.sum() / K / len(fake),
        "coverage": inside.any(1).mean(),
    }


def main():
    real, fake = clouds()
    double = real.astype(np.float64), fake.astype(np.float64)
    p, q = np.array([0, 3, 5, 2, 7.0]), np.array([1, 4, 4, 2, 1.0])
    numbers = {"fd": frechet(*double)} | neighbours(*double)
    numbers |= {"kl": entropy(p, q), "js": jensenshannon(p, q) ** 2}
    arrays = {"real": real, "fake": fake, "p": p, "q": q} | {name: np.array([n]) for name, n in numbers.items()}
    save_file({name: array.astype(np.float32) for name, array in arrays.items()}, base.OUT / "samples.safetensors")
    print(numbers)


if __name__ == "__main__":
    main()
