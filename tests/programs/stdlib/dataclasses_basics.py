from dataclasses import dataclass, field, asdict, astuple, replace, fields, FrozenInstanceError
@dataclass(order=True)
class P:
    x: int
    y: int = 0
    tags: list = field(default_factory=list, compare=False)
p = P(1, 2)
print(p, p == P(1, 2), p < P(2), P(1).tags is P(1).tags, asdict(p), astuple(p), replace(p, x=9), [f.name for f in fields(P)], P.__match_args__)
@dataclass(frozen=True)
class F:
    a: str
    def __post_init__(self): print("post init", self.a)
f = F("v")
print(f, hash(f) == hash(F("v")), {f: 1})
for action in lambda: setattr(f, "a", 1), lambda: P(), lambda: P(1, 2, 3, 4), lambda: P("a") < 5:
    try:
        action()
    except (FrozenInstanceError, TypeError) as error:
        print(type(error).__name__, error)
