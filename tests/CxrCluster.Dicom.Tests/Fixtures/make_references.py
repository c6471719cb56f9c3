#!/usr/bin/env python3
"""What pydicom and dcmtk read from the real DICOM files: references.json for RealFilesTests.

    python3 make_references.py FOLDER_OF_DICOM_REAL > references.json      (eng/setup.sh --oracles installs what it needs)

JPEG goes through dcmtk's dcmdjpeg, JPEG-LS through dcmdjpls, JPEG 2000 through Pillow, the rest through pydicom. Only hashes and
means over sixteen horizontal bands are kept: no picture can be made of them.
"""
import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile
import warnings

import numpy as np
import pydicom
from pydicom.pixel_data_handlers.util import apply_modality_lut, apply_voi_lut

warnings.simplefilter("ignore")
JPEG = {"1.2.840.10008.1.2.4." + s for s in ("50", "51", "57", "70")}
JPEG_LS = {"1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.81"}
LOSSY = {"1.2.840.10008.1.2.4." + s for s in ("50", "51", "91")}


def decoded(path):
    data = pydicom.dcmread(path, force=True)
    syntax = str(getattr(data.file_meta, "TransferSyntaxUID", "1.2.840.10008.1.2"))
    tool = "dcmdjpeg" if syntax in JPEG else "dcmdjpls" if syntax in JPEG_LS else None
    if tool is None:
        data.file_meta.TransferSyntaxUID = syntax
        return data, syntax, "pydicom"
    with tempfile.NamedTemporaryFile(suffix=".dcm") as raw:
        subprocess.run([tool, path, raw.name], check=True, capture_output=True)
        return pydicom.dcmread(raw.name), syntax, tool


def masked(data, pixels):
    """Bits above the high bit are no part of a value (PS3.5 8.1.1): dcmtk masks them, pydicom keeps them."""
    sign = 1 << (data.BitsStored - 1) if data.PixelRepresentation else 0
    return ((pixels.astype(np.int32) & ((1 << data.BitsStored) - 1)) ^ sign) - sign


def bands(values):
    return [round(float(band.mean()), 4) for band in np.array_split(values.astype(np.float64), 16, axis=0)]


def digest(values):
    return hashlib.sha256(np.ascontiguousarray(values, dtype="<i4").tobytes()).hexdigest()


def shown(data, pixels):
    """The picture as shown, 0..1, brighter = denser, and whether lookup tables made it."""
    luts = "VOILUTSequence" in data or "ModalityLUTSequence" in data
    value = apply_voi_lut(apply_modality_lut(pixels, data), data, prefer_lut=True).astype(np.float64)
    if "VOILUTSequence" in data:
        low, high = 0, 2 ** data.VOILUTSequence[0].LUTDescriptor[2] - 1
    elif "ModalityLUTSequence" in data:
        low, high = 0, 2 ** data.ModalityLUTSequence[0].LUTDescriptor[2] - 1
    elif "WindowCenter" in data and data.WindowCenter is not None:
        bits = data.BitsStored
        low, high = (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) if data.PixelRepresentation else (0, 2**bits - 1)
    elif data.PixelRepresentation:
        return None, luts
    else:
        low, high = 0, 2**data.BitsStored - 1
    if data.PhotometricInterpretation == "MONOCHROME1":
        value = low + high - value
    return ((value - low) / (high - low) if not luts else value), luts


references = []
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.dcm")):
    entry = {"file": path.name}
    try:
        data, syntax, reader = decoded(str(path))
        pixels = data.pixel_array
        if int(data.get("NumberOfFrames", 1) or 1) > 1:
            pixels = pixels[0]
        entry |= {"reader": reader, "lossy": syntax in LOSSY, "rows": pixels.shape[0], "columns": pixels.shape[1]}
        if pixels.ndim == 2:
            pixels = masked(data, pixels)
            entry |= {"sha256": digest(pixels), "min": int(pixels.min()), "max": int(pixels.max()), "bands": bands(pixels)}
            picture, luts = shown(data, pixels)
            if luts:
                entry["shownSha256"] = digest(picture)
            elif picture is not None:
                entry["shownBands"] = [
                    round(float(band.mean()), 6) for band in np.array_split(picture, 16, axis=0)
                ]
        else:
            red, green, blue = (pixels[..., i].astype(np.int64) for i in range(3))
            gray = (299 * red + 587 * green + 114 * blue + 500) // 1000
            entry |= {"sha256": digest(gray), "min": int(gray.min()), "max": int(gray.max()), "bands": bands(gray)}
    except Exception as error:  # each reader fails in its own way; that it fails is the reference
        entry["error"] = type(error).__name__
    references.append(entry)

json.dump(references, sys.stdout, indent=1)
print()
