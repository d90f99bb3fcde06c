"""Pickles of all protocols: bytes, round trips, reducers, persistent ids, errors."""
import collections
import copyreg
import enum
import io
import pickle
from fractions import Fraction


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __eq__(self, other):
        return type(other) is type(self) and vars(self) == vars(other)


class Slots:
    __slots__ = ("a", "b")


class State(Point):
    def __getstate__(self):
        return (self.x,)

    def __setstate__(self, state):
        self.x, self.y = state[0], "restored"


class Args(str):
    def __getnewargs__(self):
        return (str(self) + "!",)


class Kw:
    def __new__(cls, *, k):
        self = super().__new__(cls)
        self.k = k
        return self

    def __getnewargs_ex__(self):
        return (), {"k": self.k}


class Items(list):
    pass


class Color(enum.Enum):
    RED = 1


class Reduced:
    def __reduce__(self):
        return Reduced, (), {"s": 1}, iter(()), iter(())


Named = collections.namedtuple("Named", "a b")
values = [
    None, True, False, 0, 1, 255, 256, 65535, 65536, -1, 2**31, -2**31, 2**63, -2**100, 10**300, 1.5, float("inf"), "", "abc", "é\n\\", "\ud800", b"", b"abc\xff",
    bytearray(b"xy"), (), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4), [], [1], [1, [2, "a"]], {}, {"a": 1}, {"a": {"b": (1, 2)}}, set(), {1}, frozenset({1}), 3 + 4j,
    range(3), slice(1, 2), Point(1, [2]), State(1, 2), Items([1, 2]), Color.RED, Named(1, 2), Fraction(1, 3), collections.OrderedDict(a=1), collections.deque([1], 3),
    collections.Counter("aab"), len, print, Point, int, type(None), ..., NotImplemented, ValueError("x"), Kw(k=3), Args("s"), collections.defaultdict(list, {1: [2]}),
]
for value in values:
    row = []
    for protocol in range(6):
        data = pickle.dumps(value, protocol)
        back = pickle.loads(data)
        same = back == value and type(back) is type(value)
        row.append(same or vars(back) if hasattr(back, "__dict__") and not isinstance(value, type) else same)
        if protocol in (0, 2, 4) and not isinstance(value, (Point, Kw, enum.Enum)):
            row.append(data)
    print(repr(value) if not hasattr(value, "__dict__") else type(value).__name__, row)

s = Slots()
s.a = 5
print(pickle.loads(pickle.dumps(s)).a, hasattr(pickle.loads(pickle.dumps(s, 2)), "b"))
loop = [1]
loop.append(loop)
back = pickle.loads(pickle.dumps(loop))
print(back[1] is back)
t = ([],)
t[0].append(t)
for protocol in range(6):
    back = pickle.loads(pickle.dumps(t, protocol))
    print(back[0][0] is back, end=" ")
p = Point(1, 2)
p.me = p
print(pickle.loads(pickle.dumps(p)).me.me.x, len(pickle.dumps(list(range(5000)))), len(pickle.dumps("x" * 100000)), len(pickle.dumps(["y" * 300] * 3)))
a, b = pickle.loads(pickle.dumps([p, p]))
print(a is b)


class Persistent(pickle.Pickler):
    def persistent_id(self, obj):
        return ("tag", obj.x) if isinstance(obj, Point) else None


class Loading(pickle.Unpickler):
    def persistent_load(self, pid):
        return f"loaded {pid}"

    def find_class(self, module, name):
        print("find", module, name)
        return super().find_class(module, name)


out = io.BytesIO()
Persistent(out).dump([Point(7, 8), Fraction(1, 2)])
print(out.getvalue()[:20], Loading(io.BytesIO(out.getvalue())).load())


class Override(pickle.Pickler):
    def reducer_override(self, obj):
        if isinstance(obj, Point):
            return Point, (obj.x, "overridden")
        return NotImplemented


out = io.BytesIO()
Override(out).dump(Point(1, 2))
print(vars(pickle.loads(out.getvalue())))
copyreg.pickle(Point, lambda point: (Point, (point.x, "registered")))
print(vars(pickle.loads(pickle.dumps(Point(1, 2)))))
out = io.BytesIO()
pickler = pickle.Pickler(out, 2)
pickler.dump([1])
pickler.clear_memo()
pickler.dump("two")
out.seek(0)
print(pickle.load(out), pickle.load(out))
for make in [
    lambda: pickle.dumps(lambda: 0), lambda: pickle.loads(b""), lambda: pickle.loads(b"x"), lambda: pickle.loads(b"K"), lambda: pickle.loads(b"\x80\x09."), lambda: pickle.loads(b"."),
    lambda: pickle.loads("s"), lambda: pickle.dumps(1, 9), lambda: pickle.loads(b"h\x05."), lambda: pickle.Pickler(1), lambda: pickle.dumps(x for x in ()),
    lambda: pickle.loads(b"\x80\x04\x95\x10\x00\x00\x00\x00\x00\x00\x00N."), lambda: pickle.loads(b"]a."), lambda: pickle.loads(b"Qa"),
]:
    try:
        print(make())
    except Exception as error:
        print(type(error).__name__, str(error).split(" at 0x")[0])
