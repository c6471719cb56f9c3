#!/usr/bin/python3
"""A safetensors reader and writer that shares no code with ours; the standard library only.

safetensors_oracle.py write FILE   writes a file with every type (the committed safetensors_oracle.bin)
safetensors_oracle.py read FILE    prints {name: {dtype, shape, values}} and the metadata as JSON
"""
import json
import struct
import sys

SIZES = {"F64": 8, "I64": 8, "F32": 4, "I32": 4, "F16": 2, "BF16": 2, "I16": 2, "I8": 1, "U8": 1}
CODES = {"F64": "d", "I64": "q", "F32": "f", "I32": "i", "F16": "e", "I16": "h", "I8": "b", "U8": "B"}


def decode(dtype, data):
    count = len(data) // SIZES[dtype]
    if dtype == "BF16":
        halves = struct.unpack(f"<{count}H", data)
        return [struct.unpack("<f", struct.pack("<I", half << 16))[0] for half in halves]
    return list(struct.unpack(f"<{count}{CODES[dtype]}", data))


def encode(dtype, values):
    if dtype == "BF16":  # exact values only: the upper half of the float32
        return b"".join(struct.pack("<f", value)[2:] for value in values)
    return struct.pack(f"<{len(values)}{CODES[dtype]}", *values)


def read(path):
    raw = open(path, "rb").read()
    length = struct.unpack("<Q", raw[:8])[0]
    header, data = json.loads(raw[8 : 8 + length]), raw[8 + length :]
    tensors = {"__metadata__": header.pop("__metadata__", {})}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        tensors[name] = {
            "dtype": entry["dtype"],
            "shape": entry["shape"],
            "values": decode(entry["dtype"], data[begin:end]),
        }
    return tensors


def write(path):
    header, data = {"__metadata__": {"by": "oracle", "ä": "ö\n"}}, b""
    for dtype in SIZES:
        values = [0, 1, 2, 3, 100, 127] if dtype[0] in "IU" else [0.0, -1.5, 0.25, 3.0, -96.0, 1e30 if dtype == "F64" else 2.0]
        blob = encode(dtype, values)
        header[dtype.lower()] = {"dtype": dtype, "shape": [2, 3], "data_offsets": [len(data), len(data) + len(blob)]}
        data += blob
    header["scalar"] = {"dtype": "F32", "shape": [], "data_offsets": [len(data), len(data) + 4]}
    data += struct.pack("<f", 7.0)
    header["none"] = {"dtype": "F32", "shape": [0, 4], "data_offsets": [len(data), len(data)]}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    open(path, "wb").write(struct.pack("<Q", len(text)) + text + data)


if __name__ == "__main__":
    if sys.argv[1] == "write":
        write(sys.argv[2])
    else:
        json.dump(read(sys.argv[2]), sys.stdout)
