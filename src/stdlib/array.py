"""Arrays: sequences whose items are numbers of one size, kept as bytes.

The bytes stand in a bytearray, and a memoryview of the array gets and sets items in them; so an array cannot be resized
while anybody else looks at it through a memoryview.

Source: Library Reference "array".
"""

from _array import exporter as _exporter
from _coil_types import name_fully as _name_fully
from collections.abc import MutableSequence as _MutableSequence
from operator import index as _index
import sys as _sys

__all__ = ["array", "ArrayType", "typecodes"]

typecodes = "bBuwhHiIlLqQfd"
_TEXT = "uw"

# What the conversion to each size of C's int calls a number that does not fit.
_INTS = {
    "b": (-(2**7), 2**7, "signed char is {} than {}imum"),
    "B": (0, 2**8, "unsigned byte integer is {} than {}imum"),
    "h": (-(2**15), 2**15, "signed short integer is {} than {}imum"),
    "H": (0, 2**16, "unsigned short is {} than {}imum"),
    "i": (-(2**31), 2**31, "signed integer is {} than {}imum"),
    "I": (0, 2**32, "unsigned int is {} than {}imum"),
    "l": (-(2**63), 2**63, "Python int too large to convert to C long"),
    "L": (0, 2**64, "Python int too large to convert to C unsigned long"),
    "q": (-(2**63), 2**63, "int too big to convert"),
    "Q": (0, 2**64, "int too big to convert"),
}
# Through which size of C's int the small ones go first.
_THROUGH = {"b": "h", "H": "i"}


def _checked_int(code, number):
    """The number, if the array can hold it."""
    number = _index(number)
    least, limit, message = _INTS[code]
    if least <= number < limit:
        return number
    if number < 0 and code in "ILQ":
        kind = "int to unsigned" if code == "Q" else "value to unsigned int"
        raise OverflowError(f"can't convert negative {kind}")
    if code == "I" and number >= 2**64:
        message = _INTS["L"][2]
    elif code in "bBhHi" and not -(2**63) <= number < 2**63:
        message = _INTS["l"][2]
    elif code in _THROUGH:
        _checked_int(_THROUGH[code], number)
    raise OverflowError(message.format("less", "min") if number < least else message.format("greater", "max"))


@_name_fully
class array(_exporter):
    """array(typecode [, initializer]) -> array

    Return a new array whose items are restricted by typecode, and
    initialized from the optional initializer value, which must be a list,
    string or iterable over elements of the appropriate type.
    """

    __slots__ = ()

    def __new__(cls, *args, **kwargs):
        if kwargs and (cls is array or cls.__init__ is array.__init__):
            raise TypeError("array.array() takes no keyword arguments")
        if not args:
            raise TypeError("array() takes at least 1 argument (0 given)")
        if len(args) > 2:
            raise TypeError(f"array() takes at most 2 arguments ({len(args)} given)")
        code = args[0]
        initial = args[1] if len(args) == 2 else ()
        if not isinstance(code, str) or len(code) != 1:
            raise TypeError(f"array() argument 1 must be a unicode character, not {type(code).__name__}")
        is_text = code in _TEXT
        if isinstance(initial, str) and not is_text:
            raise TypeError(f"cannot use a str to initialize an array with typecode {code!r}")
        if isinstance(initial, array) and is_text is not (initial.typecode in _TEXT):
            if is_text:
                raise TypeError(f"cannot use an array to initialize an array with typecode {code!r}")
            raise TypeError(f"cannot use a unicode array to initialize an array with typecode {code!r}")
        if code not in typecodes:
            raise ValueError("bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)")
        if code == "u":
            import warnings

            message = "The 'u' type code is deprecated and will be removed in Python 3.16"
            warnings.warn(message, DeprecationWarning, stacklevel=2)
        made = super().__new__(cls, bytearray(), code)
        if isinstance(initial, (bytes, bytearray)):
            made.frombytes(initial)
        elif isinstance(initial, array) and initial.typecode == code:
            made.frombytes(initial._store)
        else:
            for item in initial:
                made.append(item)
        return made

    def __init__(self, *args, **kwargs):
        pass

    def __class_getitem__(cls, item, /):
        """See PEP 585"""
        from types import GenericAlias

        return GenericAlias(cls, item)

    def _pack(self, item):
        """The bytes of an item."""
        code = self.typecode
        if code in _TEXT:
            if not isinstance(item, str) or len(item) != 1:
                raise TypeError("array item must be unicode character")
            return ord(item).to_bytes(4, _sys.byteorder)
        if code in _INTS:
            return _checked_int(code, item).to_bytes(self.itemsize, _sys.byteorder, signed=_INTS[code][0] < 0)
        if not (isinstance(item, (float, int)) or hasattr(type(item), "__float__") or hasattr(type(item), "__index__")):
            raise TypeError(f"must be real number, not {type(item).__name__}")
        one = bytearray(self.itemsize)
        memoryview(one).cast(code)[0] = float(item)
        return one

    def _place(self, index, message):
        index = _index(index)
        if index < 0:
            index += len(self)
        if not 0 <= index < len(self):
            raise IndexError(message)
        return index * self.itemsize

    def _put(self, start, stop, data):
        """Replaces bytes by others, of any number."""
        if stop - start == len(data):
            self._store[start:stop] = data
            return
        try:
            self._store[start:stop] = data
        except BufferError:
            raise BufferError("cannot resize an array that is exporting buffers") from None

    def _same_kind(self, data):
        """A new array of the same kind with these bytes."""
        return _exporter.__new__(array, bytearray(data), self.typecode)

    def __len__(self):
        return len(self._store) // self.itemsize

    def __iter__(self):
        at = 0
        while at < len(self):
            yield self[at]
            at += 1

    def __getitem__(self, key):
        if isinstance(key, slice):
            return self._same_kind(memoryview(self)[key].tobytes())
        if not hasattr(type(key), "__index__"):
            raise TypeError("array indices must be integers")
        try:
            item = memoryview(self)[key]
        except IndexError:
            raise IndexError("array index out of range") from None
        return chr(item) if self.typecode in _TEXT else item

    def __setitem__(self, key, value):
        size = self.itemsize
        if not isinstance(key, slice):
            if not hasattr(type(key), "__index__"):
                raise TypeError("array indices must be integers")
            at = self._place(key, "array assignment index out of range")
            self._store[at : at + size] = self._pack(value)
            return
        if not isinstance(value, array):
            raise TypeError(f'can only assign array (not "{type(value).__name__}") to array slice')
        if value.typecode != self.typecode:
            raise TypeError("bad argument type for built-in operation")
        start, stop, step = key.indices(len(self))
        data = bytes(value._store)
        if step == 1:
            self._put(start * size, max(start, stop) * size, data)
            return
        places = range(start, stop, step)
        if len(places) != len(value):
            raise ValueError(
                f"attempt to assign array of size {len(value)} to extended slice of size {len(places)}"
            )
        for number, place in enumerate(places):
            self._store[place * size : (place + 1) * size] = data[number * size : (number + 1) * size]

    def __delitem__(self, key):
        size = self.itemsize
        if not isinstance(key, slice):
            if not hasattr(type(key), "__index__"):
                raise TypeError("array indices must be integers")
            at = self._place(key, "array assignment index out of range")
            self._put(at, at + size, b"")
            return
        gone = set(range(*key.indices(len(self))))
        data = bytes(self._store)
        kept = b"".join(data[at * size : (at + 1) * size] for at in range(len(self)) if at not in gone)
        self._put(0, len(data), kept)

    def __contains__(self, value):
        return any(item is value or item == value for item in self)

    def __add__(self, other):
        if not isinstance(other, array):
            raise TypeError(f'can only append array (not "{type(other).__name__}") to array')
        if other.typecode != self.typecode:
            raise TypeError("bad argument type for built-in operation")
        return self._same_kind(self._store + other._store)

    def __iadd__(self, other):
        if not isinstance(other, array):
            raise TypeError(f'can only extend array with array (not "{type(other).__name__}")')
        self.extend(other)
        return self

    def __mul__(self, count):
        if not hasattr(type(count), "__index__"):
            raise TypeError(f"can't multiply sequence by non-int of type '{type(count).__name__}'")
        return self._same_kind(self._store * _index(count))

    __rmul__ = __mul__

    def __imul__(self, count):
        self._put(0, len(self._store), (self * count)._store)
        return self

    def __eq__(self, other):
        return self.tolist() == other.tolist() if isinstance(other, array) else NotImplemented

    def __ne__(self, other):
        return self.tolist() != other.tolist() if isinstance(other, array) else NotImplemented

    def __lt__(self, other):
        return self.tolist() < other.tolist() if isinstance(other, array) else NotImplemented

    def __le__(self, other):
        return self.tolist() <= other.tolist() if isinstance(other, array) else NotImplemented

    def __gt__(self, other):
        return self.tolist() > other.tolist() if isinstance(other, array) else NotImplemented

    def __ge__(self, other):
        return self.tolist() >= other.tolist() if isinstance(other, array) else NotImplemented

    __hash__ = None

    def __repr__(self):
        name = type(self).__name__
        if not len(self):
            return f"{name}({self.typecode!r})"
        items = self.tounicode() if self.typecode in _TEXT else self.tolist()
        return f"{name}({self.typecode!r}, {items!r})"

    def __copy__(self):
        """Return a copy of the array."""
        return self._same_kind(self._store)

    def __deepcopy__(self, memo, /):
        """Return a copy of the array."""
        return self._same_kind(self._store)

    def __reduce_ex__(self, protocol, /):
        """Return state information for pickling."""
        state = getattr(self, "__dict__", None)
        items = self.tounicode() if self.typecode in _TEXT else self.tolist()
        return type(self), (self.typecode, items), state

    def append(self, v, /):
        """Append new value v to the end of the array."""
        end = len(self._store)
        self._put(end, end, self._pack(v))

    def extend(self, bb, /):
        """Append items to the end of the array."""
        if isinstance(bb, array):
            if bb.typecode != self.typecode:
                raise TypeError("can only extend with array of same kind")
            end = len(self._store)
            self._put(end, end, bytes(bb._store))
            return
        for item in bb:
            self.append(item)

    def insert(self, i, v, /):
        """Insert a new item v into the array before position i."""
        count, i = len(self), _index(i)
        at = max(i + count, 0) if i < 0 else min(i, count)
        self._put(at * self.itemsize, at * self.itemsize, self._pack(v))

    def pop(self, i=-1, /):
        """Return the i-th element and delete it from the array.

        i defaults to -1.
        """
        if not len(self):
            raise IndexError("pop from empty array")
        at = self._place(i, "pop index out of range")
        item = self[at // self.itemsize]
        self._put(at, at + self.itemsize, b"")
        return item

    def remove(self, v, /):
        """Remove the first occurrence of v in the array."""
        for at, item in enumerate(self):
            if item == v:
                del self[at]
                return
        raise ValueError("array.remove(x): x not in array")

    def clear(self, /):
        """Remove all items from the array."""
        self._put(0, len(self._store), b"")

    def index(self, v, start=0, stop=_sys.maxsize, /):
        """Return index of first occurrence of v in the array.

        Raise ValueError if the value is not present.
        """
        count = len(self)
        start = max(start + count, 0) if start < 0 else start
        stop = max(stop + count, 0) if stop < 0 else min(stop, count)
        for at in range(start, stop):
            if self[at] == v:
                return at
        raise ValueError("array.index(x): x not in array")

    def count(self, v, /):
        """Return number of occurrences of v in the array."""
        return sum(1 for item in self if item is v or item == v)

    def reverse(self, /):
        """Reverse the order of the items in the array."""
        self._store[:] = memoryview(self)[::-1].tobytes()

    def byteswap(self, /):
        """Byteswap all items of the array.

        If the items in the array are not 1, 2, 4, or 8 bytes in size, RuntimeError is
        raised.
        """
        size, data = self.itemsize, bytes(self._store)
        self._store[:] = b"".join(data[at : at + size][::-1] for at in range(0, len(data), size))

    def buffer_info(self, /):
        """Return a tuple (address, length) giving the current memory address and the length in items."""
        return id(self._store), len(self)

    def tolist(self, /):
        """Convert array to an ordinary list with the same items."""
        items = memoryview(self).tolist()
        return [chr(item) for item in items] if self.typecode in _TEXT else items

    def fromlist(self, list, /):
        """Append items to array from list."""
        if not isinstance(list, type([])):
            raise TypeError("arg must be list")
        end = len(self._store)
        self._put(end, end, b"".join([self._pack(item) for item in list]))

    def tobytes(self, /):
        """Convert the array to an array of machine values and return the bytes representation."""
        return bytes(self._store)

    def frombytes(self, buffer, /):
        """Appends items from the string, interpreting it as an array of machine values."""
        if isinstance(buffer, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        data = bytes(memoryview(buffer))
        if len(data) % self.itemsize:
            raise ValueError("bytes length not a multiple of item size")
        end = len(self._store)
        self._put(end, end, data)

    def tofile(self, f, /):
        """Write all items (as machine values) to the file object f."""
        f.write(bytes(self._store))

    def fromfile(self, f, n, /):
        """Read n objects from the file object f and append them to the end of the array."""
        if n < 0:
            raise ValueError("negative count")
        wanted = n * self.itemsize
        data = f.read(wanted)
        if not isinstance(data, bytes):
            raise TypeError("read() didn't return bytes")
        self.frombytes(data)
        if len(data) != wanted:
            raise EOFError("read() didn't return enough bytes")

    def tounicode(self, /):
        """Convert an array of unicode characters to a string."""
        if self.typecode not in _TEXT:
            raise ValueError("tounicode() may only be called on unicode type arrays ('u' or 'w')")
        return "".join(self.tolist())

    def fromunicode(self, ustr, /):
        """Extends this array with data from the unicode string ustr."""
        if not isinstance(ustr, str):
            raise TypeError(f"fromunicode() argument must be str, not {type(ustr).__name__}")
        if self.typecode not in _TEXT:
            raise ValueError("fromunicode() may only be called on unicode type arrays ('u' or 'w')")
        end = len(self._store)
        self._put(end, end, b"".join([self._pack(char) for char in ustr]))


_MutableSequence.register(array)
ArrayType = array
