# A rule stays the function it was: Python calls it as it stands, kernels compile it.
from collections.abc import Callable
from typing import Any, TypeVar
from typing import overload as several

F = TypeVar("F", bound=Callable[..., Any])

@several
def register_jitable(function: F) -> F: ...
@several
def register_jitable(*, forceinline: bool) -> Callable[[F], F]: ...
def __getattr__(name: str) -> Any: ...
