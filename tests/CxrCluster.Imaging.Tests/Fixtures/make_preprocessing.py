#!/usr/bin/env python3
"""OpenCV's Python binding as the oracle for pad, bilinear resize and CLAHE. Needs Debian's python3-opencv.

Without arguments: writes preprocessing/, small made-up inputs and what OpenCV makes of them.
With "oracle": for every path on stdin, writes the results' raw 8-bit pixels to stdout, in the order of results().
"""
import sys
from pathlib import Path

import cv2
import numpy as np

OUT = Path(__file__).parent / "preprocessing"


def pad(image):
    height, width = image.shape
    side = max(height, width)
    top, left = (side - height) // 2, (side - width) // 2
    return cv2.copyMakeBorder(
        image, top, side - height - top, left, side - width - left, cv2.BORDER_CONSTANT, value=0
    )


def resize(image, side):
    return cv2.resize(image, (side, side), interpolation=cv2.INTER_LINEAR)


def clahe(image, clip_limit=2.0, tiles=8):
    return cv2.createCLAHE(clip_limit, (tiles, tiles)).apply(image)


def results(image):
    """Name and pixels of everything that is compared for one image."""
    padded = pad(image)
    yield "pad", padded
    yield "enlarged", resize(padded, 1024)
    yield "reduced", resize(padded, 224)
    yield "clahe", clahe(image)


def made_up(height, width, white):
    """Waves, a gradient, a black corner and noise; 0 to white."""
    random = np.random.default_rng(20200401)
    y, x = np.mgrid[0:height, 0:width]
    image = 0.45 + 0.25 * np.sin(x / 7.0) * np.cos(y / 11.0) + 0.3 * (x - y) / max(height, width)
    image += random.normal(0, 0.02, image.shape)
    image[: height // 5, : width // 3] = 0
    return np.round(np.clip(image, 0, 1) * white).astype(np.uint8 if white < 256 else np.uint16)


def write_fixtures():
    OUT.mkdir(exist_ok=True)
    for name, height, width, white in [("wide", 61, 90, 255), ("tall", 97, 64, 255), ("deep", 61, 90, 65535)]:
        image = made_up(height, width, white)
        padded = pad(image)
        for step, pixels in [
            ("input", image),
            ("pad", padded),
            ("enlarged", resize(padded, 128)),
            ("reduced", resize(padded, 40)),
            ("clahe", clahe(image)),
            ("clahe-4-5", clahe(image, 4.0, 5)),
        ]:
            cv2.imwrite(str(OUT / f"{name}-{step}.png"), pixels)


def answer():
    for line in sys.stdin:
        image = cv2.imread(line.rstrip("\n"), cv2.IMREAD_GRAYSCALE)
        for _, pixels in results(image):
            sys.stdout.buffer.write(np.ascontiguousarray(pixels).tobytes())
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    if sys.argv[1:] == ["oracle"]:
        answer()
    else:
        write_fixtures()
