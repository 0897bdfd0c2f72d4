# A rule stays the function it was: Python calls it as it stands, kernels compile it.
from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

def register_jitable(function: F) -> F: ...
def __getattr__(name: str) -> Any: ...
