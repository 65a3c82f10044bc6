"""What must survive a translation, by Pillow: the alpha of the pictures that make_image_fixtures.py wrote, and files with a
colour profile.

    python bench/oracle/make_output_fixtures.py
"""

import pathlib

import numpy as np
from PIL import Image, ImageCms

IMAGES = pathlib.Path(__file__).parents[2] / "core/src/test/resources/io/gander/image"


def alphas():
    folder = IMAGES / "alpha"
    folder.mkdir(exist_ok=True)
    for file in sorted((IMAGES / "decode").iterdir()):
        if file.suffix not in (".png", ".tif", ".webp", ".gif"):
            continue
        picture = Image.open(file)
        if picture.info.get("transparency") is None and "A" not in picture.getbands():
            continue
        alpha = np.asarray(picture.convert("RGBA"))[..., 3]
        if file.name == "png-grey4-key.png":  # Pillow compares the colour with a value of another scale
            alpha = np.where(np.asarray(picture) == 5 * 17, 0, 255).astype(np.uint8)
        if "16-key" in file.name:  # … or with one of fewer bits; no other pixel of these is black
            pixels = np.fromfile(file.with_name(file.name + ".raw"), np.uint8).reshape(*alpha.shape, -1)
            alpha = np.where(pixels.any(-1), 255, 0).astype(np.uint8)
        (folder / (file.name + ".raw")).write_bytes(alpha.tobytes())


def profiles():
    folder = IMAGES / "profile"
    folder.mkdir(exist_ok=True)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    profile = profile + bytes(range(256)) * 300  # too long for one segment of a JPEG
    profile = len(profile).to_bytes(4, "big") + profile[4:]
    (folder / "profile.icc").write_bytes(profile)
    picture = Image.fromarray(np.arange(4 * 6 * 3, dtype=np.uint8).reshape(4, 6, 3))
    for name, kind in (("rgb.jpg", "JPEG"), ("rgb.png", "PNG"), ("rgb.webp", "WEBP")):
        picture.save(folder / name, kind, icc_profile=profile)


if __name__ == "__main__":
    alphas()
    profiles()
