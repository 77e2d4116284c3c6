"""Takes the weights back out of the files that the product reads: `python -m training.restore MODEL WEIGHTS`.

MODEL is a folder as training/export.py writes it; WEIGHTS receives weights.pt, to go on from (`--start`).
Int8 rounds each weight once; what is learned afterwards makes up for it.
"""

import argparse
from itertools import accumulate
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from digests.extract.heads import PIECEWISE
from training.network import LAYERS


def graph_weights(path: Path) -> dict[str, np.ndarray]:
    """The parameters by their names in training/network.py that are in encoder.onnx."""
    graph = onnx.load(str(path)).graph
    values = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    nodes = {node.name: node for node in graph.node}

    def whole(name: str) -> np.ndarray:
        """A quantised table or matrix in full."""
        if name in values:
            return values[name]
        zero = values[f"{name}_zero_point"].astype(np.float32)
        return (values[f"{name}_quantized"].astype(np.float32) - zero) * values[f"{name}_scale"]

    def matrix(layer: int, part: str) -> np.ndarray:
        name = f"/layers.{layer}/{part}/MatMul"
        node = nodes.get(f"{name}_quant") or nodes[name]
        found = whole(node.input[1].removesuffix("_quantized"))
        by = values.get(f"{name}_evened_by")
        return (found if by is None else found * by[:, None]).T

    found = {f"encoder.{name}.weight": whole(f"encoder.{name}.weight") for name in _TABLES}
    found |= {
        name: value
        for name, value in values.items()
        if name.startswith("encoder.") and name.endswith((".weight", ".bias"))
    }
    for k in range(LAYERS):
        at = f"encoder.layers.{k}."
        found[f"{at}qkv.weight"] = whole(f"Attention_{k}_qkv_weight").T
        found[f"{at}qkv.bias"] = values[f"Attention_{k}_qkv_bias"]
        found |= {f"{at}{part}.weight": matrix(k, part) for part in ("out", "up", "down")}
    edges = list(accumulate(PIECEWISE.values()))[:-1]
    weights, biases = whole(nodes["/heads/MatMul"].input[1]).T, values["heads.bias"]
    for name, weight, bias in zip(PIECEWISE, np.split(weights, edges), np.split(biases, edges), strict=True):
        found |= {f"{name}.weight": weight, f"{name}.bias": bias}
    return found


_TABLES = ("words", "places", "cases", "layouts")


def restored(model: Path) -> dict[str, Tensor]:
    """All weights of the model in a folder."""
    with np.load(model / "heads.npz") as file:
        heads = {name: file[name] for name in file.files}
    return {
        name: torch.from_numpy(value.copy()).half()
        for name, value in (graph_weights(model / "encoder.onnx") | heads).items()
    }


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("weights", type=Path)
    options = parser.parse_args()
    torch.save(restored(options.model), options.weights)


if __name__ == "__main__":
    main()
