"""Runs the command spinsemble and gives its results as NumPy and pandas objects. No physics is in here."""

from .calls import check, fokker_planck, onsager, rates, run, sweep, transport
from .command import CommandError, CommandNotFound, ExperimentError
from .result import Result

__all__ = [
    "CommandError",
    "CommandNotFound",
    "ExperimentError",
    "Result",
    "check",
    "fokker_planck",
    "onsager",
    "rates",
    "run",
    "sweep",
    "transport",
]
__version__ = "0.1.0"
