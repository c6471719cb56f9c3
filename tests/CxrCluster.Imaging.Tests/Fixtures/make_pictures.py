#!/usr/bin/env python3
"""Writes pictures/: one asymmetric pattern in every file format and layout that the reader accepts.

Needs Debian's python3-pil, python3-opencv (for 16-bit colour) and numpy. The TIFF and BMP layouts that neither library
writes are written byte by byte after the specifications. Every file shows pattern(): tests compare with the same formula.
"""
import io
import struct
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageOps

OUT = Path(__file__).parent / "pictures"
WIDTH, HEIGHT = 40, 52
ORIENTATION = 274
# What a camera held that way stores, so that undoing the tag gives the pattern back.
STORED = {
    1: lambda a: a,
    2: lambda a: a[:, ::-1],
    3: lambda a: a[::-1, ::-1],
    4: lambda a: a[::-1],
    5: lambda a: a.swapaxes(0, 1),
    6: lambda a: np.rot90(a, 1),
    7: lambda a: a[::-1, ::-1].swapaxes(0, 1),
    8: lambda a: np.rot90(a, -1),
}


def pattern(white=255):
    """Smooth, without any symmetry: (3 x + 2 y) / (3 * 39 + 2 * 51), scaled to white."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    values = (3 * x + 2 * y) * white // (3 * (WIDTH - 1) + 2 * (HEIGHT - 1))
    return values.astype(np.uint8 if white < 256 else np.uint16)


def colours(white=255):
    """Red, green, blue: the pattern, its mirror image, half the pattern."""
    p = pattern(white)
    return np.stack([p, p[:, ::-1], p // 2], axis=2)


def alphas(white=255):
    """Opaque on the left, clear on the right: alpha = white * (39 - x) / 39."""
    x = np.mgrid[0:HEIGHT, 0:WIDTH][1]
    return ((WIDTH - 1 - x) * white // (WIDTH - 1)).astype(np.uint8 if white < 256 else np.uint16)


def exif(orientation):
    tags = Image.Exif()
    tags[ORIENTATION] = orientation
    return tags.tobytes()


def tiff(pixels, orientation=1, white_is_zero=False, order="<"):
    """An uncompressed, single-strip TIFF 6.0; gray or RGB, 8 or 16 bits."""
    height, width = pixels.shape[:2]
    samples = 1 if pixels.ndim == 2 else pixels.shape[2]
    bits = 8 * pixels.dtype.itemsize
    data = np.ascontiguousarray(pixels).astype(pixels.dtype.newbyteorder(order)).tobytes()
    start = 8 + len(data) + len(data) % 2
    short, long = 3, 4
    photometric = 2 if samples == 3 else (0 if white_is_zero else 1)
    entries = [
        (256, short, [width]),
        (257, short, [height]),
        (258, short, [bits] * samples),
        (259, short, [1]),
        (262, short, [photometric]),
        (273, long, [8]),
        (274, short, [orientation]),
        (277, short, [samples]),
        (278, short, [height]),
        (279, long, [len(data)]),
    ]
    after = start + 2 + 12 * len(entries) + 4
    directory, extra = struct.pack(order + "H", len(entries)), b""
    for tag, kind, values in entries:
        packed = struct.pack(order + {short: "H", long: "I"}[kind] * len(values), *values)
        if len(packed) > 4:
            where = struct.pack(order + "I", after + len(extra))
            extra += packed
        else:
            where = packed.ljust(4, b"\0")
        directory += struct.pack(order + "HHI", tag, kind, len(values)) + where
    directory += struct.pack(order + "I", 0)
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", start)
    return head + data + b"\0" * (len(data) % 2) + directory + extra


def bmp32(top_down):
    """A BI_RGB bitmap of 32 bits: the fourth byte is reserved and 0, not transparency."""
    p = pattern()
    pixels = np.dstack([p, p, p, np.zeros_like(p)])
    rows = pixels if top_down else pixels[::-1]
    head = struct.pack("<2sIHHI", b"BM", 54 + rows.size, 0, 0, 54)
    info = struct.pack(
        "<IiiHHIIiiII", 40, WIDTH, -HEIGHT if top_down else HEIGHT, 1, 32, 0, rows.size, 2835, 2835, 0, 0
    )
    return head + info + np.ascontiguousarray(rows).tobytes()


def check_orientations():
    """Pillow, which reads the same tags, must see one upright picture; it turns TIFFs while loading, others on request."""
    for orientation in STORED:
        for suffix in (".jpg", ".png", ".tif"):
            image = Image.open(OUT / f"orientation-{orientation}{suffix}")
            image.load()
            upright = np.asarray(image if suffix == ".tif" else ImageOps.exif_transpose(image))
            difference = np.abs(upright.astype(int) - pattern()).max()
            assert difference <= (6 if suffix == ".jpg" else 0), (orientation, suffix, difference)


def save(name, image, **options):
    image.save(OUT / name, **options)


def main():
    OUT.mkdir(exist_ok=True)
    gray, deep = pattern(), pattern(65535)
    for orientation, stored in STORED.items():
        save(f"orientation-{orientation}.jpg", Image.fromarray(stored(gray).copy()), quality=97, exif=exif(orientation))
        (OUT / f"orientation-{orientation}.tif").write_bytes(tiff(stored(gray), orientation))
        (OUT / f"orientation-{orientation}-deep.tif").write_bytes(tiff(stored(deep), orientation, order=">"))
        save(f"orientation-{orientation}.png", Image.fromarray(stored(gray).copy()), exif=exif(orientation))
    (OUT / "orientation-6-colour.tif").write_bytes(tiff(np.dstack([STORED[6](gray)] * 3), 6))

    save("gray.png", Image.fromarray(gray))
    save("gray.bmp", Image.fromarray(gray))
    save("gray-progressive.jpg", Image.fromarray(gray), quality=97, progressive=True)
    save("gray-lzw.tif", Image.fromarray(gray), compression="tiff_lzw")
    save("gray-as-colour.png", Image.fromarray(np.dstack([gray] * 3)))
    save("gray-as-colour.jpg", Image.fromarray(np.dstack([gray] * 3)), quality=97)
    save("gray-as-colour.bmp", Image.fromarray(np.dstack([gray] * 3)))
    save("gray-palette.png", Image.fromarray(gray).convert("P"))
    (OUT / "gray-white-is-zero.tif").write_bytes(tiff(255 - gray, white_is_zero=True))
    (OUT / "gray-32.bmp").write_bytes(bmp32(False))
    (OUT / "gray-32-top-down.bmp").write_bytes(bmp32(True))

    cv2.imwrite(str(OUT / "deep.png"), deep)
    cv2.imwrite(str(OUT / "deep-lzw.tif"), deep)
    (OUT / "deep-white-is-zero.tif").write_bytes(tiff(65535 - deep, white_is_zero=True))
    cv2.imwrite(str(OUT / "twelve-bits.png"), pattern(4095))

    save("colour.png", Image.fromarray(colours()))
    (OUT / "colour.tif").write_bytes(tiff(colours()))
    cv2.imwrite(str(OUT / "colour-deep.png"), colours(65535)[:, :, ::-1])
    (OUT / "colour-deep.tif").write_bytes(tiff(colours(65535)))

    save("clear.png", Image.fromarray(np.dstack([gray, alphas()]), mode="LA"))
    save("clear-colour.png", Image.fromarray(np.dstack([gray, gray, gray, alphas()])))
    cv2.imwrite(str(OUT / "clear-deep.png"), np.dstack([deep, deep, deep, alphas(65535)]))

    pages = io.BytesIO()
    Image.fromarray(gray).save(pages, "TIFF", save_all=True, append_images=[Image.fromarray(gray)])
    (OUT / "two-pages.tif").write_bytes(pages.getvalue())
    save("floats.tif", Image.fromarray(gray.astype(np.float32)))
    check_orientations()


if __name__ == "__main__":
    main()
