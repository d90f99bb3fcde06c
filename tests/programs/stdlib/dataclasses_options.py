from dataclasses import (
    FrozenInstanceError,
    InitVar,
    KW_ONLY,
    asdict,
    astuple,
    dataclass,
    field,
    fields,
    make_dataclass,
    replace,
)
from typing import ClassVar


@dataclass(order=True, frozen=True)
class Version:
    major: int
    minor: int = 0
    tags: tuple = field(default=(), compare=False, repr=False)


print(Version(1, 2) < Version(1, 3), Version(1) == Version(1, 0, ("x",)), hash(Version(1)) == hash(Version(1)))
try:
    Version(1).major = 2
except FrozenInstanceError as error:
    print(error)


@dataclass
class Account:
    owner: str
    _: KW_ONLY
    start: InitVar[int] = 0
    log: list = field(default_factory=list)
    count: ClassVar[int] = 0
    balance: int = field(init=False)

    def __post_init__(self, start):
        self.balance = start * 2


a = Account("ann", start=4)
print(a, [f.name for f in fields(a)], asdict(a), astuple(a))
print(replace(Version(1), minor=7), Account.__match_args__, Account.__doc__)


@dataclass(slots=True)
class Slim:
    x: int
    y: int = 2


print(Slim(1), Slim.__slots__, hasattr(Slim(1), "__dict__"))
print(make_dataclass("Made", ["a", ("b", int, field(default=3))])(1))

for make in (
    lambda: type("Bad", (), {"__annotations__": {"x": list}, "x": []}),
    lambda: type("Late", (), {"__annotations__": {"x": int, "y": int}, "x": 1}),
):
    try:
        dataclass(make())
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
for call in (lambda: Slim(), lambda: Slim(1, 2, 3), lambda: Account("a", 1)):
    try:
        call()
    except TypeError as error:
        print(error)
