from typing import Any, Optional, Union, List, Generic, TypeVar, NamedTuple, Protocol, runtime_checkable, get_type_hints, cast, TYPE_CHECKING, Callable, Iterator, Generator
T = TypeVar("T")
class Box(Generic[T]):
    def __init__(self, x: T): self.x = x
class P(NamedTuple):
    x: int
    y: int = 5
@runtime_checkable
class HasLen(Protocol):
    def __len__(self): ...
def f(a: int, b: "Optional[str]" = None) -> List[int]: return [a]
def g() -> Iterator[int]: yield 1
print(Box[int](5).x, P(1), P(1)._asdict(), isinstance([], HasLen), isinstance(5, HasLen), cast(int, "s"), TYPE_CHECKING, f(1), list(g()))
print(Optional[int], Union[int, str], List[int], Any, T, Callable[[int], str], get_type_hints(f)["a"])
