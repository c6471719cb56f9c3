#!/usr/bin/env python3
"""One synthetic 12-bit picture of 96 x 80 pixels in every compressed transfer syntax: syntax-*.dcm and syntaxes.json.

    python3 make_syntaxes.py          (needs python3-pydicom, dcmtk and libgdcm-tools; writes beside itself)

jpeg2000 is gdcmconv's: its codestream says 16 bits where the data set says 12. frames-* hold three frames.
"""
import json
import pathlib
import subprocess

import numpy as np
import pydicom
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian

HERE = pathlib.Path(__file__).parent
ROWS, COLUMNS = 80, 96


def picture(bits, frame=0):
    y, x = np.mgrid[0:ROWS, 0:COLUMNS]
    wave = np.sin((x + 5 * frame) / 9.0) + np.cos(y / 7.0) + 0.3 * np.sin(x * y / 50.0)
    low, high = wave.min(), wave.max()
    return np.round((wave - low) / (high - low) * (2**bits - 1)).astype(np.uint16)


def write(path, bits, frames=1):
    meta = FileMetaDataset()
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.1"
    meta.MediaStorageSOPInstanceUID = "2.25.7"
    data = FileDataset(str(path), {}, file_meta=meta, preamble=b"\0" * 128)
    data.is_little_endian, data.is_implicit_VR = True, False
    data.SOPClassUID, data.SOPInstanceUID = meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID
    data.StudyInstanceUID, data.SeriesInstanceUID = "2.25.5", "2.25.6"
    data.PatientID, data.PatientName = "phantom", "Phantom"
    data.Modality, data.BodyPartExamined, data.ViewPosition = "CR", "CHEST", "AP"
    data.SamplesPerPixel, data.PhotometricInterpretation = 1, "MONOCHROME2"
    data.Rows, data.Columns = ROWS, COLUMNS
    data.BitsAllocated, data.BitsStored, data.HighBit, data.PixelRepresentation = (8 if bits == 8 else 16), bits, bits - 1, 0
    if frames > 1:
        data.NumberOfFrames = frames
    pixels = np.stack([picture(bits, i) for i in range(frames)])
    data.PixelData = (pixels.astype(np.uint8) if bits == 8 else pixels.astype("<u2")).tobytes()
    data.save_as(path, write_like_original=False)


def run(*command):
    subprocess.run([str(c) for c in command], check=True, capture_output=True)


raw12, raw8, frames = HERE / "raw12.tmp", HERE / "raw8.tmp", HERE / "frames.tmp"
write(raw12, 12)
write(raw8, 8)
write(frames, 12, frames=3)
run("dcmcrle", raw12, HERE / "syntax-rle.dcm")
run("dcmcjpeg", "+e1", raw12, HERE / "syntax-jpeg-lossless.dcm")
run("dcmcjpeg", "+ee", "+q", 100, raw12, HERE / "syntax-jpeg-extended.dcm")
run("dcmcjpeg", "+eb", "+q", 100, raw8, HERE / "syntax-jpeg-baseline.dcm")
run("dcmcjpls", "+el", raw12, HERE / "syntax-jpegls.dcm")
run("dcmcjpls", "+en", "+md", 2, raw12, HERE / "syntax-jpegls-near.dcm")
run("gdcmconv", "--j2k", raw12, HERE / "syntax-jpeg2000.dcm")
run("dcmcrle", frames, HERE / "frames-rle.dcm")
run("dcmcjpeg", "+e1", frames, HERE / "frames-jpeg-lossless.dcm")
run("dcmcjpls", "+el", frames, HERE / "frames-jpegls.dcm")
for temporary in (raw12, raw8, frames):
    temporary.unlink()
json.dump(
    {"rows": ROWS, "columns": COLUMNS, "bits12": picture(12).ravel().tolist(), "bits8": picture(8).ravel().tolist()},
    open(HERE / "syntaxes.json", "w"),
)
