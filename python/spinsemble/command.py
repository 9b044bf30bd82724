"""The command: how to find it, how to call it, and the meaning of its exit codes."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Iterator, Mapping, Sequence, Union

Source = Union[str, "os.PathLike[str]", Mapping[str, Any]]

FAILED_CERTIFICATE = 3


class CommandNotFound(FileNotFoundError):
    """There is no command spinsemble."""


class CommandError(RuntimeError):
    """The command failed."""


class ExperimentError(ValueError):
    """The command refuses its input; the text names every problem."""


def program() -> list[str]:
    """The words that start the command."""
    given = os.environ.get("SPINSEMBLE")
    if given:
        return shlex.split(given)
    found = shutil.which("spinsemble")
    if found is None:
        raise CommandNotFound(
            "the command spinsemble is not on the path, and SPINSEMBLE does not name it (npm install -g spinsemble)"
        )
    return [found]


def plain(value: Any) -> Any:
    """Converts values that JSON lacks: numbers and arrays of NumPy, and paths."""
    if hasattr(value, "tolist"):
        return value.tolist()
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    raise TypeError(f"{value!r} cannot stand in an experiment")


def written(value: Any) -> str:
    return json.dumps(value, default=plain, allow_nan=False)


@contextmanager
def file_of(source: Source) -> Iterator[str]:
    """The path of a file with the given content."""
    if not isinstance(source, Mapping):
        yield os.fspath(source)
        return
    with tempfile.TemporaryDirectory(prefix="spinsemble-") as folder:
        path = Path(folder, "experiment.json")
        path.write_text(written(source), encoding="utf-8")
        yield str(path)


def settings(values: Mapping[str, Any] | None) -> list[str]:
    """Values by their paths, as the command takes them."""
    return [flag for path, value in (values or {}).items() for flag in ("--set", f"{path}={written(value)}")]


def call(name: str, source: Source, flags: Sequence[str] = ()) -> str:
    """Runs the command and returns what it prints. Raises ExperimentError and CommandError."""
    with file_of(source) as path:
        done = subprocess.run([*program(), name, path, *flags], capture_output=True, text=True, encoding="utf-8")
    if done.returncode in (0, FAILED_CERTIFICATE):
        return done.stdout
    message = done.stderr.strip() or f"spinsemble {name} ended with code {done.returncode}"
    raise (ExperimentError if done.returncode == 2 else CommandError)(message)
