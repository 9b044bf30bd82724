"""One function for each command."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any, Mapping, Sequence

import numpy as np
import pandas as pd

from .command import Source, call, settings
from .result import Result, with_arrays


def numbered(flags: Mapping[str, Any]) -> list[str]:
    """Command-line flags of the given options, with their values."""
    return [word for name, value in flags.items() if value is not None for word in (f"--{name}", str(value))]


def folder_of(name: str, source: Source, flags: Sequence[str], out: str | None) -> tuple[Path, dict[str, Any], Any]:
    """Runs a command that writes a folder, and reads result.json and, if present, the arrays."""
    with tempfile.TemporaryDirectory(prefix="spinsemble-") as temporary:
        folder = Path(out if out is not None else Path(temporary, "result"))
        call(name, source, [*flags, "--out", str(folder)])
        data = json.loads(Path(folder, "result.json").read_text(encoding="utf-8"))
        packed = Path(folder, "arrays.npz")
        arrays: dict[str, np.ndarray] = {}
        if packed.exists():
            with np.load(packed) as opened:
                arrays = {path: opened[path] for path in opened.files}
    return folder, data, arrays


def run(
    experiment: Source,
    *,
    set: Mapping[str, Any] | None = None,
    seed: int | None = None,
    ensemble: int | None = None,
    backend: str | None = None,
    threads: int | None = None,
    out: str | None = None,
) -> Result:
    """Ensemble, exact side, verdict. `set`: values by path; `out`: folder in which the result is kept."""
    flags = numbered({"seed": seed, "ensemble": ensemble, "backend": backend, "threads": threads})
    _, data, arrays = folder_of("run", experiment, [*settings(set), *flags], out)
    return Result(data, arrays)


def fokker_planck(experiment: Source, *, set: Mapping[str, Any] | None = None, out: str | None = None) -> Result:
    """The exact side alone."""
    _, data, arrays = folder_of("fokker-planck", experiment, settings(set), out)
    return Result(data, arrays)


def check(experiment: Source, *, set: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The completed experiment. Raises ExperimentError with every problem."""
    return json.loads(call("check", experiment, settings(set)))


def rates(experiment: Source, vary: Mapping[str, Sequence[float]], *, set: Mapping[str, Any] | None = None) -> pd.DataFrame:
    """Exact rates, barriers, attempt and dwell times; one row for each combination of the values."""
    flags = [word for path, values in vary.items() for word in ("--vary", f"{path}={','.join(map(repr, map(float, values)))}")]
    data = json.loads(call("rates", experiment, [*flags, *settings(set), "--json"]))
    rows = [
        {
            **row["settings"],
            **{
                f"{name}.{figure}": (row[name] or {}).get(figure)
                for name in ("slowest", "up", "down")
                for figure in ("rate", "errorEstimate", "barrier", "attemptTime")
            },
            **{name: row[name] for name in ("dwellUp", "dwellDown", "dwellError", "notSwitched", "notSwitchedError")},
        }
        for row in data["rows"]
    ]
    frame = pd.DataFrame(rows).set_index(list(vary)).astype(float)
    frame.attrs.update({"time unit": data["timeUnit"], "laws": data["laws"]})
    return frame


def sweep(
    source: Source,
    *,
    exact: bool = False,
    backend: str | None = None,
    threads: int | None = None,
    out: str | None = None,
) -> pd.DataFrame:
    """An experiment over values of its parameters; one row per point, indexed by the varied parameters."""
    flags = [*numbered({"backend": backend, "threads": threads}), *(["--exact"] if exact else [])]
    _, data, _ = folder_of("sweep", source, flags, out)
    frame = pd.DataFrame(data["columns"]).set_index(data["paths"])
    frame.attrs.update({key: data[key] for key in ("units", "certificate", "reasons")})
    return frame


def transport(stack: Source) -> dict[str, Any]:
    """Spin accumulation, resistances and torque of a layer stack; lists of numbers as arrays."""
    return with_arrays(json.loads(call("transport", stack, ["--json"])))


def onsager(system: Source) -> dict[str, Any]:
    """Reciprocity, second law and dissipated power of a system of named fluxes and forces."""
    return with_arrays(json.loads(call("onsager", system, ["--json"])))
