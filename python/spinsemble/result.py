"""Results as NumPy and pandas objects."""

from __future__ import annotations

from typing import Any, Mapping

import numpy as np
import pandas as pd


def with_arrays(value: Any) -> Any:
    """The same data with lists of numbers, of any depth, as arrays; missing numbers are NaN."""
    if isinstance(value, dict):
        return {key: with_arrays(inside) for key, inside in value.items()}
    if not isinstance(value, list):
        return value
    array = numbers(value)
    return [with_arrays(inside) for inside in value] if array is None else array


def numbers(values: list[Any]) -> np.ndarray | None:
    """An array for a nested list of numbers of uniform depth and length; None for any other list."""
    flat = values
    shape = []
    while flat and all(isinstance(inside, list) for inside in flat):
        lengths = {len(inside) for inside in flat}
        if len(lengths) != 1:
            return None
        shape.append(lengths.pop())
        flat = [one for inside in flat for one in inside]
    if not flat or not all(one is None or type(one) in (int, float) for one in flat):
        return None
    if all(one is None for one in flat):
        return None
    array = np.array([np.nan if one is None else one for one in flat])
    return array.reshape(len(values), *shape)


class Result:
    """Result of a run or of the exact side alone.

    data: result.json as it is; arrays: every numeric array under its path, for example "moments/m".
    """

    def __init__(self, data: Mapping[str, Any], arrays: Mapping[str, np.ndarray]) -> None:
        self.data = data
        self.arrays = arrays

    @property
    def experiment(self) -> Mapping[str, Any]:
        """The completed experiment."""
        return self.data["experiment"]

    @property
    def time_unit(self) -> str:
        return self.data["provenance"]["timeUnit"]

    @property
    def passed(self) -> bool | None:
        """The verdict; None if nothing was compared."""
        certificate = self.data.get("certificate")
        return None if certificate is None else certificate["passed"]

    def observable(self, name: str) -> Mapping[str, Any]:
        """Statistics of an observable, with lists of numbers as arrays. Raises KeyError with the existing names."""
        for one in self.data["observables"]:
            if one["name"] == name:
                return with_arrays(one)
        raise KeyError(f"{name}; there are {', '.join(one['name'] for one in self.data['observables']) or 'none'}")

    def checks(self) -> pd.DataFrame:
        """The checks of the certificate: value, limit, relation, passed; one row per check."""
        certificate = self.data.get("certificate") or {"checks": []}
        columns = ["name", "value", "limit", "relation", "passed"]
        return pd.DataFrame(certificate["checks"], columns=columns).set_index("name")

    def moments(self) -> pd.DataFrame:
        """Mean magnetization over time, its standard errors, and the exact means."""
        frame = pd.DataFrame(index=pd.Index([], name="time", dtype=float))
        if "moments/times" in self.arrays:
            frame = frame.reindex(self.arrays["moments/times"])
            for column, axis in enumerate("xyz"):
                frame[f"m{axis}"] = self.arrays["moments/m"][:, column]
                frame[f"m{axis} error"] = self.arrays["moments/mStandardError"][:, column]
        if "fokkerPlanck/evolution/time" in self.arrays:
            times = self.arrays["fokkerPlanck/evolution/time"]
            exact = self.arrays["fokkerPlanck/evolution/m"]
            columns = {f"m{axis} exact": exact[:, column] for column, axis in enumerate("xyz")}
            frame = frame.join(pd.DataFrame(columns, index=pd.Index(times, name="time")), how="outer")
        frame.index.name = "time"
        frame.attrs["time unit"] = self.time_unit
        return frame

    def __repr__(self) -> str:
        verdict = {True: "certificate passed", False: "certificate FAILED", None: "nothing compared"}[self.passed]
        return f"<spinsemble.Result {self.experiment['name']!r}: {verdict}>"
