"""WeakSet: a set that does not keep its elements alive.

The set holds weak references, which are equal and hash as what they refer to. When an
element dies its reference's callback takes it out. Iterating goes over a copy of the set of
references, so that elements may die meanwhile, and each is alive while it is looked at.

Source: Library Reference "weakref".
"""

from _weakref import ref

__all__ = ["WeakSet"]

GenericAlias = type(list[int])


class WeakSet:
    """A set of weak references to its elements, seen as a set of the elements."""

    def __init__(self, data=None):
        self.data = set()
        selfref = ref(self)

        def remove(dead):
            owner = selfref()
            if owner is not None:
                owner.data.discard(dead)

        self._remove = remove
        if data is not None:
            self.update(data)

    def __iter__(self):
        for reference in list(self.data):
            item = reference()
            if item is not None:
                yield item

    def __len__(self):
        return sum(reference() is not None for reference in list(self.data))

    def __contains__(self, item):
        try:
            reference = ref(item)
        except TypeError:
            return False
        return reference in self.data

    def __reduce__(self):
        return self.__class__, (list(self),), self.__getstate__()

    def add(self, item):
        """Make `item` an element; no effect if it is one."""
        self.data.add(ref(item, self._remove))

    def clear(self):
        """Take out all elements."""
        self.data.clear()

    def copy(self):
        """A new WeakSet with the same elements."""
        return self.__class__(self)

    def pop(self):
        """Take out some element and give it; KeyError if there is none."""
        while True:
            try:
                reference = self.data.pop()
            except KeyError:
                raise KeyError("pop from empty WeakSet") from None
            item = reference()
            if item is not None:
                return item

    def remove(self, item):
        """Take `item` out, or raise KeyError if it is not there."""
        self.data.remove(ref(item))

    def discard(self, item):
        """Take `item` out if it is there."""
        self.data.discard(ref(item))

    def update(self, other):
        """Add all of `other`."""
        for element in other:
            self.add(element)

    def __ior__(self, other):
        self.update(other)
        return self

    def difference(self, other):
        """A new WeakSet of what is not in `other`."""
        made = self.copy()
        made.difference_update(other)
        return made

    __sub__ = difference

    def difference_update(self, other):
        """Take out all of `other`."""
        self.__isub__(other)

    def __isub__(self, other):
        if self is other:
            self.data.clear()
        else:
            self.data.difference_update([ref(item) for item in other])
        return self

    def intersection(self, other):
        """A new WeakSet of what is also in `other`."""
        return self.__class__([item for item in other if item in self])

    __and__ = intersection

    def intersection_update(self, other):
        """Keep only what is also in `other`."""
        self.__iand__(other)

    def __iand__(self, other):
        self.data.intersection_update([ref(item) for item in other])
        return self

    def issubset(self, other):
        """Whether all elements are in `other`."""
        return self.data.issubset([ref(item) for item in other])

    __le__ = issubset

    def __lt__(self, other):
        return self.data < set(map(ref, other))

    def issuperset(self, other):
        """Whether all of `other` are elements."""
        return self.data.issuperset([ref(item) for item in other])

    __ge__ = issuperset

    def __gt__(self, other):
        return self.data > set(map(ref, other))

    def __eq__(self, other):
        if not isinstance(other, self.__class__):
            return NotImplemented
        return self.data == set(map(ref, other))

    def symmetric_difference(self, other):
        """A new WeakSet of what is in just one of the two."""
        made = self.copy()
        made.symmetric_difference_update(other)
        return made

    __xor__ = symmetric_difference

    def symmetric_difference_update(self, other):
        """Take out what is also in `other`, add what is only there."""
        self.__ixor__(other)

    def __ixor__(self, other):
        if self is other:
            self.data.clear()
        else:
            self.data.symmetric_difference_update(
                [ref(item, self._remove) for item in other]
            )
        return self

    def union(self, other):
        """A new WeakSet of what is in either."""
        return self.__class__([element for part in (self, other) for element in part])

    __or__ = union

    def isdisjoint(self, other):
        """Whether no element is in `other`."""
        return len(self.intersection(other)) == 0

    def __repr__(self):
        return repr(self.data)

    __class_getitem__ = classmethod(GenericAlias)
