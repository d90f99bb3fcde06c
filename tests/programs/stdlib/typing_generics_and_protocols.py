import typing
from typing import Annotated, Any, Callable, ClassVar, Dict, Generic, List, Literal, NamedTuple
from typing import NewType, Optional, Protocol, Tuple, TypedDict, TypeVar, Union, get_args
from typing import get_origin, get_type_hints, overload, runtime_checkable

T = TypeVar("T")
K = TypeVar("K")
print(List[int], Dict[str, List[int]], Optional[int], Union[int, str, None], Callable[[int], str])
print(List[T][int], Dict[K, T][str, int], ClassVar[int], Literal[1, "a"], Annotated[int, "m"], Tuple[int, ...])


class Box(Generic[T]):
    def __init__(self, value: T):
        self.value = value


print(Box[int](3).value, Box[int], Box.__parameters__, Box[T][str])


@runtime_checkable
class Goes(Protocol):
    def go(self) -> int: ...


class Car:
    def go(self):
        return 1


print(isinstance(Car(), Goes), isinstance(3, Goes), issubclass(Car, Goes))


class Pair(NamedTuple):
    x: int
    y: str = "q"


class Movie(TypedDict, total=False):
    title: str


print(Pair(1), Pair._field_defaults, Movie(title="Up"), Movie.__optional_keys__, Movie.__total__)


def f(a: "int", b: Optional["Box[int]"] = None, *c: "str") -> None:
    pass


print(get_type_hints(f), get_origin(Dict[int, str]), get_args(Callable[[int], str]))
UserId = NewType("UserId", int)
print(UserId(5), UserId, typing.cast(int, "x"), Any, T, int | None == Optional[int])
for bad in (lambda: List[int, str], lambda: Box[int, str], lambda: Generic[int], lambda: isinstance(1, List[int]), lambda: List()):
    try:
        bad()
    except TypeError as error:
        print(error)
