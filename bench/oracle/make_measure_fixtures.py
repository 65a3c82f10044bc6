"""Writes pictures and what scikit-image, NumPy and Pillow measure of them, and bicubic pictures as Matlab makes them.

    python3 -m venv venv
    venv/bin/pip install -r bench/oracle/requirements.txt
    venv/bin/python bench/oracle/make_measure_fixtures.py

In core/src/test/resources/io/gander/metric/, each NAME.raw holds a picture and then the same one disturbed, row by row;
list.txt says of each: name, width, height, channels, what is compared, crop, l1, psnr, ssim.

In core/src/test/resources/io/gander/image/bicubic/, NAME-WIDTHxHEIGHT.raw is NAME.raw resized by the rule of Matlab's
imresize, written here from its documentation. That rule gives the low-resolution pictures of Set5 and Set14, as they went
round with the papers, bit for bit (x4, all 19). Away from the borders its weights are checked against Pillow's.
"""

import pathlib

import numpy as np
from PIL import Image
from skimage.metrics import peak_signal_noise_ratio, structural_similarity

OUT = pathlib.Path(__file__).resolve().parents[2] / "core/src/test/resources/io/gander"


# ---- measures


def scene(width, height, channels, seed):
    """Waves and an edge, not the same in any two channels."""
    source = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width]
    planes = []
    for _ in range(channels):
        a, b, c = source.uniform(-0.4, 0.4, 3)
        planes.append(128 + 90 * np.sin(a * x + b * y + 9 * c) + 40 * (x + 2 * y > width))
    return np.clip(np.stack(planes, -1), 0, 255).astype(np.uint8)


def noisy(picture, source):
    return np.clip(picture + source.normal(0, 12, picture.shape), 0, 255).astype(np.uint8)


def dimmed(picture, source):
    return np.clip(0.7 * picture + 20 + source.integers(0, 3, picture.shape), 0, 255).astype(np.uint8)


def reversed_order(picture, source):
    return np.ascontiguousarray(picture[::-1])


CASES = {
    "noisy": (31, 24, 3, noisy),
    "dimmed": (17, 29, 3, dimmed),
    "reversed": (20, 19, 3, reversed_order),
    "grey": (23, 21, 1, noisy),
    "window": (11, 11, 3, noisy),
}


def luma(picture):
    rgb = picture.astype(np.float64) * np.ones(3)
    return (16 + rgb @ np.array([65.481, 128.553, 24.966]) / 255)[..., None]


def measures(a, b):
    same = {"gaussian_weights": True, "sigma": 1.5, "use_sample_covariance": False, "data_range": 255}
    a, b = a.astype(np.float64), b.astype(np.float64)
    return np.abs(a - b).mean() / 255, peak_signal_noise_ratio(a, b, data_range=255), structural_similarity(a, b, channel_axis=2, **same)


def make_measures():
    folder = OUT / "metric"
    folder.mkdir(parents=True, exist_ok=True)
    lines = []
    for seed, (name, (width, height, channels, disturb)) in enumerate(CASES.items()):
        a = scene(width, height, channels, seed)
        b = disturb(a, np.random.default_rng(100 + seed))
        (folder / f"{name}.raw").write_bytes(a.tobytes() + b.tobytes())
        for kind, of in (("RGB", lambda picture: picture), ("Y", luma)):
            for crop in (0, 3):
                if min(width, height) - 2 * crop < 11:
                    continue
                inside = slice(crop, height - crop), slice(crop, width - crop)
                l1, psnr, ssim = measures(of(b)[inside], of(a)[inside])
                lines.append(f"{name} {width} {height} {channels} {kind} {crop} {l1:.10f} {psnr:.10f} {ssim:.10f}")
    (folder / "list.txt").write_text("\n".join(lines) + "\n")
    print("\n".join(lines))


# ---- bicubic


def keys(x):
    x = np.abs(x)
    return np.where(x <= 1, 1.5 * x**3 - 2.5 * x**2 + 1, np.where(x < 2, -0.5 * x**3 + 2.5 * x**2 - 4 * x + 2, 0))


def matrix(old, new):
    scale = new / old
    squeeze = min(scale, 1)
    result = np.zeros((new, old))
    for i in range(new):
        centre = (i + 0.5) / scale - 0.5
        near = np.arange(np.floor(centre - 2 / squeeze) - 1, np.ceil(centre + 2 / squeeze) + 2)
        weights = keys(squeeze * (centre - near))
        np.add.at(result[i], np.clip(near, 0, old - 1).astype(int), weights / weights.sum())
    return result


def check_against_pillow(old, new):
    reach = 2 * max(1, old / new) + 1
    for j in range(old):
        line = np.zeros((1, old), np.float32)
        line[0, j] = 1
        theirs = np.asarray(Image.fromarray(line).resize((new, 1), Image.Resampling.BICUBIC))[0]
        for i in range(new):
            if reach <= (i + 0.5) * old / new <= old - reach:
                assert abs(theirs[i] - matrix(old, new)[i, j]) < 1e-5, (old, new, i, j)


def rounded(values):
    return np.floor(np.clip(values, 0, 255) + 0.5)


def imresize(picture, width, height):
    def columns(values):
        return rounded(np.einsum("ij,jkc->ikc", matrix(picture.shape[0], height), values))

    def rows(values):
        return rounded(np.einsum("ij,kjc->kic", matrix(picture.shape[1], width), values))

    values = picture.astype(np.float64)
    if height / picture.shape[0] <= width / picture.shape[1]:
        return rows(columns(values)).astype(np.uint8)
    return columns(rows(values)).astype(np.uint8)


def make_bicubic():
    folder = OUT / "image/bicubic"
    folder.mkdir(parents=True, exist_ok=True)
    source = np.random.default_rng(5)
    pictures = {
        "noise": source.integers(0, 2, (24, 32, 3)).astype(np.uint8) * 255,  # overshoots
        "grey": source.integers(0, 256, (19, 14, 1)).astype(np.uint8),
    }
    sizes = {"noise": [(8, 6), (16, 12), (48, 60), (11, 48), (32, 8)], "grey": [(5, 19), (28, 38), (9, 4), (1, 1)]}
    lines = []
    for name, picture in pictures.items():
        (folder / f"{name}.raw").write_bytes(picture.tobytes())
        for width, height in sizes[name]:
            check_against_pillow(picture.shape[1], width)
            check_against_pillow(picture.shape[0], height)
            (folder / f"{name}-{width}x{height}.raw").write_bytes(imresize(picture, width, height).tobytes())
            lines.append(f"{name} {picture.shape[1]} {picture.shape[0]} {picture.shape[2]} {width} {height}")
    (folder / "list.txt").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    make_measures()
    make_bicubic()
