#!/usr/bin/env python3
"""OpenCV's Python binding as the oracle for the augmentation's affine map. Needs Debian's python3-opencv.

Without arguments: writes augmentation/input.png, what OpenCV makes of it, and the cases as warps.csv.
With "oracle": reads lines "side,rotation,shear,scale_x,scale_y,shift_x,shift_y,flip" from stdin, each followed by
side x side raw bytes, and writes the warped raw bytes to stdout.

The matrix is built here from the definition, factor by factor, not from the formula in the code under test.
"""
import csv
import math
import sys
from pathlib import Path

import cv2
import numpy as np

OUT = Path(__file__).parent / "augmentation"
SIDE = 96
CASES = {
    "flip": (0, 0, 1, 1, 0, 0, 1),
    "rotation": (7, 0, 1, 1, 0, 0, 0),
    "shear": (0, -7, 1, 1, 0, 0, 0),
    "scale": (0, 0, 0.8, 1.2, 0, 0, 0),
    "shift": (0, 0, 1, 1, 0.05, -0.03, 0),
    "all": (-5.5, 6.25, 1.15, 0.9, 0.04, 0.02, 1),
}


def at(x, y):
    return np.array([[1, 0, x], [0, 1, y], [0, 0, 1]], dtype=np.float64)


def matrix(side, rotation, shear, scale_x, scale_y, shift_x, shift_y, flip):
    centre = (side - 1) / 2
    angle = math.radians(rotation)
    # anticlockwise as seen: the y axis of an image points down
    turn = np.array([[math.cos(angle), math.sin(angle), 0], [-math.sin(angle), math.cos(angle), 0], [0, 0, 1]])
    slant = np.array([[1, math.tan(math.radians(shear)), 0], [0, 1, 0], [0, 0, 1]])
    scale = np.diag([scale_x, scale_y, 1])
    mirror = np.diag([-1 if flip else 1, 1, 1])
    whole = at(centre, centre) @ at(shift_x * side, shift_y * side) @ turn @ slant @ scale @ mirror @ at(-centre, -centre)
    return whole[:2]


def warp(image, *case):
    side = image.shape[0]
    return cv2.warpAffine(
        image, matrix(side, *case), (side, side), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=0
    )


def picture():
    rows, columns = np.mgrid[0:SIDE, 0:SIDE].astype(np.float64)
    waves = 120 + 60 * np.sin(columns / 5) * np.cos(rows / 7) + 40 * (columns > rows)
    noise = np.random.default_rng(3).uniform(-15, 15, (SIDE, SIDE))
    return np.clip(waves + noise, 0, 255).astype(np.uint8)


def write_fixtures():
    OUT.mkdir(exist_ok=True)
    image = picture()
    cv2.imwrite(str(OUT / "input.png"), image)
    with open(OUT / "warps.csv", "w", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["name", "rotation", "shear", "scale_x", "scale_y", "shift_x", "shift_y", "flip"])
        for name, case in CASES.items():
            table.writerow([name, *case])
            cv2.imwrite(str(OUT / f"{name}.png"), warp(image, *case))


def answer():
    while line := sys.stdin.buffer.readline():
        side, *case = [float(value) for value in line.split(b",")]
        side = int(side)
        pixels = np.frombuffer(sys.stdin.buffer.read(side * side), dtype=np.uint8).reshape(side, side)
        sys.stdout.buffer.write(warp(pixels, *case).tobytes())
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    answer() if sys.argv[1:] == ["oracle"] else write_fixtures()
