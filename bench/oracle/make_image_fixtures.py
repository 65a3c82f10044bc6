"""Writes the pictures that the Java tests must decode and resize: small files, and what Pillow makes of them.

    python3 -m venv venv
    venv/bin/pip install -r bench/oracle/requirements.txt
    venv/bin/python bench/oracle/make_image_fixtures.py

It writes core/src/test/resources/io/gander/image/. In decode/, each file FORMAT-what.ext has its pixels beside it, in
FORMAT-what.ext.raw: upright, transparency over black, red, green, blue row by row, or one byte a pixel where the file is
grey. In resize/, each FILTER-OLD-to-NEW.raw is Pillow's result for OLD.raw. list.txt in each names the sizes.
"""

import io
import pathlib
import struct
import zlib

import numpy as np
from PIL import Image, ImageOps

OUT = pathlib.Path(__file__).resolve().parents[2] / "core/src/test/resources/io/gander/image"
WIDTH, HEIGHT = 23, 17  # odd, so that blocks and bits are filled up; not square, so that turning shows


def scene(width=WIDTH, height=HEIGHT):
    """Ramps that differ in every direction, and a bright corner: smooth, as JPEG wants it."""
    y, x = np.mgrid[0:height, 0:width]
    red = 255 * x / (width - 1)
    green = 255 * y / (height - 1)
    blue = 128 + 100 * np.sin(x / 5 + y / 3)
    picture = np.stack([red, green, blue], -1)
    picture[: height // 3, : width // 4] = (240, 230, 30)
    return Image.fromarray(picture.astype(np.uint8), "RGB")


def alpha():
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    return Image.fromarray(np.clip(16 * (x - 4), 0, 255).astype(np.uint8), "L")


def with_alpha(picture):
    picture = picture.copy()
    picture.putalpha(alpha())
    return picture


def exif(orientation):
    tags = Image.Exif()
    tags[0x0112] = orientation
    return tags.tobytes()


def encoded(picture, kind, **options):
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width, height, depth, kind, rows, *extra, interlaced=False):
    """A PNG of a kind that Pillow does not write; rows come filtered already."""
    header = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 1 if interlaced else 0)
    data = chunk(b"IHDR", header) + b"".join(extra) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + data


def bits(values, depth):
    """Rows of small numbers, packed, each with filter 0 in front."""
    rows = b""
    for row in values:
        packed = np.unpackbits(row.astype(np.uint8)[:, None], axis=1)[:, 8 - depth :].reshape(-1)
        rows += b"\0" + np.packbits(packed).tobytes()
    return rows


def interlaced(picture):
    """Adam7."""
    pixels = np.asarray(picture)
    rows = b""
    for left, top, across, down in ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)):
        for row in pixels[top::down, left::across]:
            rows += b"\0" + row.tobytes()
    return png(picture.width, picture.height, 8, 2, rows, interlaced=True)


def bmp_fields(picture):
    """16 bits, 5-6-5, by bit fields."""
    pixels = np.asarray(picture).astype(np.uint16)
    words = (pixels[..., 0] >> 3) << 11 | (pixels[..., 1] >> 2) << 5 | pixels[..., 2] >> 3
    rows = b"".join(row.astype("<u2").tobytes().ljust((2 * picture.width + 3) // 4 * 4, b"\0") for row in words[::-1])
    start = 14 + 40 + 12
    file = b"BM" + struct.pack("<IHHI", start + len(rows), 0, 0, start)
    file += struct.pack("<IiiHHIIiiII", 40, picture.width, picture.height, 1, 16, 3, len(rows), 0, 0, 0, 0)
    return file + struct.pack("<III", 0xF800, 0x07E0, 0x001F) + rows


def bmp_top_down(picture):
    pixels = np.asarray(picture)[..., ::-1]
    rows = b"".join(row.tobytes().ljust((3 * picture.width + 3) // 4 * 4, b"\0") for row in pixels)
    file = b"BM" + struct.pack("<IHHI", 54 + len(rows), 0, 0, 54)
    file += struct.pack("<IiiHHIIiiII", 40, picture.width, -picture.height, 1, 24, 0, 0, 0, 0, 0, 0)
    return file + rows + b"\0\0"  # some programs append two


def reversed_palette(file):
    """A BMP of 8 bits with its palette from the other end."""
    return file[:54] + b"".join(file[54 + 4 * i : 58 + 4 * i] for i in range(255, -1, -1)) + file[54 + 1024 :]


def ycck(file):
    """The same file with Adobe's transform 2: libjpeg turns the colours on the way."""
    at = file.index(b"Adobe")
    return file[: at + 11] + b"\2" + file[at + 12 :]


def tiff(tags, *parts):
    """A TIFF of a kind that Pillow does not write, little-endian; the parts are its strips or tiles, "offsets" tells their tag."""
    tags = dict(tags)
    offsets = tags.pop("offsets", 273)
    tags[offsets] = [8 + sum(map(len, parts[:i])) for i in range(len(parts))]
    tags[325 if offsets == 324 else 279] = [len(part) for part in parts]
    if "jpeg" in tags:
        tags.pop("jpeg")
        tags[513], tags[514] = tags[offsets], tags[279]
    data = b"".join(parts)
    data += b"\0" * (len(data) % 2)
    far = 8 + len(data) + 2 + 12 * len(tags) + 4
    entries, behind = b"", b""
    for tag, values in sorted(tags.items()):
        values = values if isinstance(values, list) else [values]
        kind = 4 if tag in (offsets, 279, 325, 513, 514) else 3
        packed = struct.pack(f"<{len(values)}{'HI'[kind == 4]}", *values)
        if len(packed) > 4:
            packed, behind = struct.pack("<I", far + len(behind)), behind + packed
        entries += struct.pack("<HHI", tag, kind, len(values)) + packed.ljust(4, b"\0")
    return b"II*\0" + struct.pack("<I", 8 + len(data)) + data + struct.pack("<H", len(tags)) + entries + bytes(4) + behind


def tiffs():
    """The kinds that leptonica does not hand over, and such as have no brightness."""
    rgb = np.asarray(scene())
    size = {256: WIDTH, 257: HEIGHT, 259: 1}
    twelve = np.arange(HEIGHT * WIDTH).reshape(HEIGHT, WIDTH) * 10
    twelve = np.pad(twelve, ((0, 0), (0, 1)))  # an even number: two in three bytes
    pairs = np.stack([twelve[:, ::2] >> 4, (twelve[:, ::2] & 15) << 4 | twelve[:, 1::2] >> 8, twelve[:, 1::2] & 255], -1)
    palette = scene().quantize(60)
    colours = np.resize(np.array(palette.getpalette(), np.uint16), 180).reshape(60, 3) * 257
    colours = np.pad(colours, ((0, 196), (0, 0))).T.reshape(-1).tolist()
    nibbles = np.pad(np.arange(HEIGHT * WIDTH).reshape(HEIGHT, WIDTH) % 16, ((0, 0), (0, 1)))
    tiles = np.pad(rgb, ((0, 32 - HEIGHT), (0, 32 - WIDTH), (0, 0)))
    tiles = [tiles[y : y + 16, x : x + 16].tobytes() for y in (0, 16) for x in (0, 16)]
    grey = rgb[..., 1]
    files = {
        "tiff-planes.tif": tiff(size | {258: [8] * 3, 262: 2, 277: 3, 278: HEIGHT, 284: 2}, *(rgb[..., i].tobytes() for i in range(3))),
        "tiff-tiles.tif": tiff(size | {258: [8] * 3, 262: 2, 277: 3, 322: 16, 323: 16, "offsets": 324}, *tiles),
        "tiff-grey12.tif": tiff(size | {258: 12, 262: 1, 277: 1, 278: HEIGHT}, pairs.astype(np.uint8).tobytes()),
        "tiff-white4.tif": tiff(size | {258: 4, 262: 0, 277: 1, 278: HEIGHT}, (nibbles[:, ::2] << 4 | nibbles[:, 1::2]).astype(np.uint8).tobytes()),
        "tiff-palette-alpha.tif": tiff(
            size | {258: [8, 8], 262: 3, 277: 2, 278: HEIGHT, 320: colours, 338: 2},
            np.stack([np.asarray(palette), np.asarray(alpha())], -1).tobytes(),
        ),
        "tiff-old-jpeg.tif": tiff(
            size | {258: [8] * 3, 259: 6, 262: 6, 277: 3, 278: HEIGHT, 530: [1, 1], "jpeg": True},
            encoded(scene(), "JPEG", quality=90, subsampling=0),
        ),
    }
    refused = {
        "signed.tif": tiff(size | {258: 8, 262: 1, 277: 1, 278: HEIGHT, 339: 2}, grey.tobytes()),
        "float.tif": tiff(size | {258: 32, 262: 1, 277: 1, 278: HEIGHT, 339: 3}, (grey / np.float32(255)).astype("<f4").tobytes()),
        "lzma.tif": tiff(size | {258: 8, 259: 34925, 262: 1, 277: 1, 278: HEIGHT}, grey.tobytes()),
    }
    return files, refused


def wide_gif(picture, screen=(WIDTH, HEIGHT)):
    """A GIF whose codes begin with 10 bits, for a palette of 8; the frame may be larger than the screen."""
    used = picture.getpalette()[: 3 * 256]
    codes, clear = [], 1 << 9
    for i, value in enumerate(np.asarray(picture).reshape(-1)):
        codes += ([clear] if i % 400 == 0 else []) + [int(value)]  # the table never grows out of 10 bits
    number = sum(code << 10 * i for i, code in enumerate(codes + [clear + 1]))
    data = number.to_bytes((10 * len(codes) + 17) // 8, "little")
    file = b"GIF89a" + struct.pack("<HHBBB", *screen, 0xF7, 0, 0) + bytes(used).ljust(768, b"\0")
    file += b"," + struct.pack("<HHHHB", 0, 0, *picture.size, 0) + b"\x09"
    file += b"".join(bytes([len(data[i : i + 255])]) + data[i : i + 255] for i in range(0, len(data), 255))
    return file + b"\0;"


def os2(file):
    """A BMP with the header of OS/2's second version."""
    start = struct.unpack("<I", file[10:14])[0] + 24
    return file[:10] + struct.pack("<II", start, 64) + file[18:54] + bytes(24) + file[54:]


def deep_keys():
    """PNGs of 16 bits with a transparent colour, and pixels that differ from it in a low byte only."""
    deep = np.asarray(scene()).astype(np.uint32) * 257
    deep[0, 0] += 1
    grey = np.arange(HEIGHT * WIDTH).reshape(HEIGHT, WIDTH) // 2 * 99 + 300
    grey[4, 5] = grey[8, 9] + 1
    rows = lambda pixels: b"".join(b"\0" + row.astype(">u2").tobytes() for row in pixels)
    return {
        "png-rgb16-key.png": png(WIDTH, HEIGHT, 16, 2, rows(deep), chunk(b"tRNS", struct.pack(">HHH", 240 * 257, 230 * 257, 30 * 257))),
        "png-grey16-key.png": png(WIDTH, HEIGHT, 16, 0, rows(grey), chunk(b"tRNS", struct.pack(">H", grey[8, 9]))),
    }


XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description tiff:Orientation="6"/></x:xmpmeta>'


def decode_files():
    rgb = scene()
    grey = rgb.convert("L")
    ramp = np.arange(HEIGHT * WIDTH).reshape(HEIGHT, WIDTH)
    palette = rgb.quantize(60)
    files = {
        "jpeg-baseline.jpg": encoded(rgb, "JPEG", quality=90),
        "jpeg-444.jpg": encoded(rgb, "JPEG", quality=90, subsampling=0),
        "jpeg-progressive.jpg": encoded(rgb, "JPEG", quality=90, progressive=True),
        "jpeg-restarts.jpg": encoded(rgb, "JPEG", quality=90, restart_marker_blocks=1),
        "jpeg-rgb.jpg": encoded(rgb, "JPEG", quality=90, keep_rgb=True),
        "jpeg-grey.jpg": encoded(grey, "JPEG", quality=90),
        "jpeg-cmyk.jpg": encoded(rgb.convert("CMYK"), "JPEG", quality=90),
        "jpeg-ycck.jpg": ycck(encoded(rgb.convert("CMYK"), "JPEG", quality=90)),
        "jpeg-trailing.jpg": encoded(rgb, "JPEG", quality=90) + b"\0\xff\xd8 a film" * 9,
        "jpeg-no-end.jpg": encoded(rgb, "JPEG", quality=90)[:-2],
        "png-rgb.png": encoded(rgb, "PNG"),
        "png-rgba.png": encoded(with_alpha(rgb), "PNG"),
        "png-grey.png": encoded(grey, "PNG"),
        "png-grey-alpha.png": encoded(with_alpha(grey), "PNG"),
        "png-grey1.png": encoded(grey.convert("1"), "PNG"),
        "png-grey2.png": png(WIDTH, HEIGHT, 2, 0, bits(ramp % 4, 2)),
        "png-grey4.png": png(WIDTH, HEIGHT, 4, 0, bits(ramp % 16, 4)),
        "png-grey16.png": encoded(Image.fromarray((ramp * 167).astype(np.uint16)), "PNG"),
        "png-rgb16.png": png(WIDTH, HEIGHT, 16, 2, b"".join(b"\0" + (257 * row.astype(">u2") // 3).astype(">u2").tobytes() for row in np.asarray(rgb))),
        "png-rgba16.png": png(WIDTH, HEIGHT, 16, 6, b"".join(b"\0" + (257 * row.astype(">u2")).astype(">u2").tobytes() for row in np.asarray(with_alpha(rgb)))),
        "png-interlaced.png": interlaced(rgb),
        "png-palette.png": encoded(palette, "PNG"),
        "png-palette4.png": encoded(rgb.quantize(16), "PNG", bits=4),
        "png-palette2.png": encoded(rgb.quantize(4), "PNG", bits=2),
        "png-palette1.png": encoded(rgb.quantize(2), "PNG", bits=1),
        "png-palette-alpha.png": encoded(palette, "PNG", transparency=bytes(range(0, 240, 4))),
        "png-palette4-alpha.png": encoded(rgb.quantize(16), "PNG", bits=4, transparency=3),
        "png-grey-key.png": encoded(grey, "PNG", transparency=grey.getpixel((8, 9))),
        "png-grey4-key.png": png(WIDTH, HEIGHT, 4, 0, bits(ramp % 16, 4), chunk(b"tRNS", b"\0\5")),
        "png-rgb-key.png": encoded(rgb, "PNG", transparency=(240, 230, 30)),
        "png-texts.png": png(WIDTH, HEIGHT, 2, 0, bits(ramp % 4, 2), chunk(b"iCCP", b"wrong\0\0wrong"), chunk(b"tEXt", b"a\0b"), chunk(b"zTXt", b"wrong")),
        "gif-plain.gif": encoded(palette, "GIF"),
        "gif-interlaced.gif": encoded(palette, "GIF", interlace=1),
        "gif-key.gif": encoded(palette, "GIF", transparency=2),
        "gif-animated.gif": encoded(palette, "GIF", save_all=True, append_images=[rgb.transpose(0).quantize(60)] * 3),
        "gif-grey.gif": encoded(grey, "GIF"),
        "bmp-rgb.bmp": encoded(rgb, "BMP"),
        "bmp-palette.bmp": encoded(palette, "BMP"),
        "bmp-grey.bmp": encoded(grey, "BMP"),
        "bmp-grey-reversed.bmp": reversed_palette(encoded(grey, "BMP")),
        "bmp-1.bmp": encoded(grey.convert("1"), "BMP"),
        "bmp-fields.bmp": bmp_fields(rgb),
        "bmp-top-down.bmp": bmp_top_down(rgb),
        "tiff-rgb.tif": encoded(rgb, "TIFF"),
        "tiff-lzw.tif": encoded(rgb, "TIFF", compression="tiff_lzw"),
        "tiff-deflate.tif": encoded(rgb, "TIFF", compression="tiff_adobe_deflate"),
        "tiff-packbits.tif": encoded(rgb, "TIFF", compression="packbits"),
        "tiff-grey.tif": encoded(grey, "TIFF"),
        "tiff-grey16.tif": encoded(Image.fromarray((ramp * 167).astype(np.uint16)), "TIFF"),
        "tiff-1.tif": encoded(grey.convert("1"), "TIFF"),
        "tiff-fax.tif": encoded(grey.convert("1"), "TIFF", compression="group4"),
        "tiff-palette.tif": encoded(palette, "TIFF"),
        "tiff-rgba.tif": encoded(with_alpha(rgb), "TIFF"),
        "tiff-grey-alpha.tif": encoded(with_alpha(grey), "TIFF"),
        "tiff-pages.tif": encoded(rgb, "TIFF", save_all=True, append_images=[grey]),
        "webp-lossy.webp": encoded(rgb, "WEBP", quality=90),
        "webp-lossless.webp": encoded(rgb, "WEBP", lossless=True),
        "webp-alpha.webp": encoded(with_alpha(rgb), "WEBP", lossless=True, exact=True),
        "webp-lossy-alpha.webp": encoded(with_alpha(rgb), "WEBP", quality=90),
        "webp-turned.webp": encoded(rgb, "WEBP", lossless=True, exif=exif(6)),
        "png-turned.png": encoded(rgb, "PNG", exif=exif(8)),
    }
    files["jpeg-turned-xmp.jpg"] = encoded(rgb, "JPEG", quality=75, xmp=XMP)
    header = files["png-rgb.png"].index(b"IDAT") - 4
    text = chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP)
    files["png-turned-xmp.png"] = files["png-rgb.png"][:header] + text + files["png-rgb.png"][header:]
    files |= tiffs()[0] | deep_keys()
    files["gif-wide-codes.gif"] = wide_gif(palette)
    files["gif-large-frame.gif"] = wide_gif(palette, (9, 8))
    files["bmp-os2.bmp"] = os2(encoded(palette, "BMP"))
    for orientation in range(1, 9):
        files[f"jpeg-turned{orientation}.jpg"] = encoded(rgb, "JPEG", quality=75, exif=exif(orientation))
        files[f"tiff-turned{orientation}.tif"] = encoded(grey, "TIFF", tiffinfo={0x0112: orientation}, compression="tiff_lzw")
    for orientation in (2, 3, 6):
        files[f"tiff-turned-rgb{orientation}.tif"] = encoded(rgb, "TIFF", tiffinfo={0x0112: orientation}, compression="tiff_lzw")
    return files


def decoded(name, file):
    """What Pillow makes of it."""
    end = b"\xff\xd9" if name == "jpeg-no-end.jpg" else b""  # which Pillow refuses
    picture = Image.open(io.BytesIO(file + end))
    picture.load()
    picture = ImageOps.exif_transpose(picture)
    if picture.mode.startswith("I;16") or picture.mode == "I":
        numbers = np.asarray(picture).astype(np.uint32)
        numbers = np.where(numbers == picture.info.get("transparency", -1), 0, numbers)
        return Image.fromarray((numbers >> (4 if name == "tiff-grey12.tif" else 8)).astype(np.uint8), "L")
    if name == "png-rgb16-key.png":  # Pillow compares the colour with a value of 8 bits
        pixels = np.array(picture.convert("RGB"))
        pixels[(pixels == (240, 230, 30)).all(-1) & (np.indices(pixels.shape[:2]).sum(0) > 0)] = 0
        return Image.fromarray(pixels, "RGB")
    grey = picture.mode in ("1", "L", "LA")
    if picture.mode == "P" and not picture.has_transparency_data:
        grey = all(red == green == blue for red, green, blue in picture.palette.colors)
    if name == "png-grey4-key.png":  # Pillow compares the colour with a value of another scale
        return picture.point(lambda value: 0 if value == 5 * 17 else value).convert("L")
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        black = Image.new("RGB", picture.size)
        black.paste(picture, mask=picture.getchannel("A"))
        picture = black
    return picture.convert("L" if grey else "RGB")


def refused_files():
    rgb = scene()
    return {
        "animated.webp": encoded(rgb, "WEBP", save_all=True, append_images=[rgb.transpose(0)], duration=50),
    } | tiffs()[1]


def resize_inputs():
    source = np.random.default_rng(5)
    noise = source.integers(0, 2, (29, 37, 3)) * 255  # black and white in each channel: Lanczos overshoots
    smooth = np.asarray(scene(41, 31))
    grey = source.integers(0, 256, (33, 26))
    return {"noise": noise.astype(np.uint8), "smooth": smooth, "grey": grey.astype(np.uint8)}


SIZES = {
    "noise": [(8, 8), (37, 10), (12, 29), (50, 61), (36, 28), (1, 1)],
    "smooth": [(16, 16), (9, 27), (64, 48)],
    "grey": [(8, 8), (26, 5), (7, 33), (64, 64), (25, 32)],
}


def main():
    total = 0
    for folder in ("decode", "resize", "refused"):
        (OUT / folder).mkdir(parents=True, exist_ok=True)
        for old in (OUT / folder).iterdir():
            old.unlink()
    lines = []
    for name, file in decode_files().items():
        want = decoded(name, file)
        (OUT / "decode" / name).write_bytes(file)
        (OUT / "decode" / f"{name}.raw").write_bytes(want.tobytes())
        lines.append(f"{name} {want.width} {want.height} {len(want.getbands())}")
        total += len(file) + len(want.tobytes())
    (OUT / "decode" / "list.txt").write_text("\n".join(lines) + "\n")
    for name, file in refused_files().items():
        (OUT / "refused" / name).write_bytes(file)
        total += len(file)
    lines = []
    for name, pixels in resize_inputs().items():
        picture = Image.fromarray(pixels)
        (OUT / "resize" / f"{name}.raw").write_bytes(picture.tobytes())
        total += len(picture.tobytes())
        for width, height in SIZES[name]:
            for kind in (Image.Resampling.BOX, Image.Resampling.LANCZOS):
                result = picture.resize((width, height), kind).tobytes()
                (OUT / "resize" / f"{name}-{kind.name}-{width}x{height}.raw").write_bytes(result)
                lines.append(f"{name} {picture.width} {picture.height} {len(picture.getbands())} {kind.name} {width} {height}")
                total += len(result)
    (OUT / "resize" / "list.txt").write_text("\n".join(lines) + "\n")
    print(f"{total:,} bytes")


if __name__ == "__main__":
    main()
