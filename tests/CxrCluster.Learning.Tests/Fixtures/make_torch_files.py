#!/usr/bin/python3
"""Writes torch_zip.bin and torch_legacy.bin with torch.save, and torch_files.json with what is in them.

Needs Debian's python3-torch (1.13). All types, shared storages, strides that are not contiguous, a scalar, an empty
tensor, a parameter, attributes on the dictionary; the old format lies in {"epoch": ..., "state_dict": ...}.
"""
import collections
import json
import pathlib

import torch

HERE = pathlib.Path(__file__).parent
shared = torch.arange(12, dtype=torch.float32).reshape(3, 4) / 4
state = collections.OrderedDict(
    whole=shared,
    row=shared[1],
    column=shared[:, 2],
    transposed=shared.t(),
    steps=shared[::2, 1::2],
    scalar=torch.tensor(7.5),
    none=torch.zeros(0, 3),
    parameter=torch.nn.Parameter(torch.tensor([1.0, -2.0])),
    double=torch.tensor([1e300, -0.125], dtype=torch.float64),
    half=torch.tensor([1.5, -96.0], dtype=torch.float16),
    brain=torch.tensor([1.5, -96.0], dtype=torch.bfloat16),
    long=torch.tensor([2**53, -3]),
    int=torch.tensor([2**31 - 1, -3], dtype=torch.int32),
    short=torch.tensor([2**15 - 1, -3], dtype=torch.int16),
    char=torch.tensor([127, -3], dtype=torch.int8),
    byte=torch.tensor([255, 3], dtype=torch.uint8),
    bool=torch.tensor([True, False]),
)
state._metadata = {"": {"version": 1}}
torch.save(state, HERE / "torch_zip.bin")
torch.save(
    {"epoch": 90, "best": 0.75, "optimizer": {"state": {0: {"step": 1}}, "groups": [(0.9, 0.999)]}, "state_dict": state},
    HERE / "torch_legacy.bin",
    _use_new_zipfile_serialization=False,
)
expected = {
    name: {"type": str(t.dtype).split(".")[1], "shape": list(t.shape), "values": t.detach().double().flatten().tolist()}
    for name, t in state.items()
}
(HERE / "torch_files.json").write_text(json.dumps(expected, indent=1) + "\n")
