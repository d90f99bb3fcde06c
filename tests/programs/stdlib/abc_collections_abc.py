from collections.abc import Iterable, Iterator, Sized, Container, Collection, Sequence, MutableSequence, Mapping, MutableMapping, Set, Hashable, Callable, Generator, Reversible
for value in [], (), "", {}, set(), frozenset(), range(1), iter([]), (x for x in ()), len, 5, b"", {}.keys(), None:
    print(type(value).__name__, [c.__name__ for c in (Iterable, Iterator, Sized, Container, Collection, Sequence, MutableSequence, Mapping, MutableMapping, Set, Hashable, Callable, Generator, Reversible) if isinstance(value, c)])
class MySeq(Sequence):
    def __init__(self, *a): self.a = a
    def __len__(self): return len(self.a)
    def __getitem__(self, i): return self.a[i]
s = MySeq(1, 2, 3, 2)
print(list(s), 2 in s, s.index(3), s.count(2), list(reversed(s)))
class MyMap(MutableMapping):
    def __init__(self): self.d = {}
    def __getitem__(self, k): return self.d[k]
    def __setitem__(self, k, v): self.d[k] = v
    def __delitem__(self, k): del self.d[k]
    def __iter__(self): return iter(self.d)
    def __len__(self): return len(self.d)
m = MyMap(); m.update(a=1, b=2); m.setdefault("c", 3)
print(dict(m), m.pop("a"), "b" in m, list(m.items()), m.get("zz"), m == {"b": 2, "c": 3}, list(m.keys()), list(m.values()))
try:
    Sequence()
except TypeError as error:
    print(error)
