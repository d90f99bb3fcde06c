# Module array: numbers of one size in a row.
import array as module
import collections.abc
import copy
import io
import pickle
import struct
import warnings
from array import array

a = array("i", [1, 2, 3])
print(a, repr(a), len(a), a.typecode, a.itemsize, a[0], a[-1], a[1:], list(a), type(a), type(a[:1]))
a.append(4)
a.extend([5, 6])
a += array("i", [7])
a.insert(0, 0)
a.insert(-1, 99)
print(a, a.pop(), a.pop(0), a.index(99), a.count(2), 99 in a, "x" in a)
a.remove(99)
a.reverse()
print(a, a + array("i", [8]), a * 2, 2 * array("i", [1]))
del a[0]
del a[::2]
print(a)
a[0] = 10
a[1:] = array("i", [20, 30, 40])
a[::2] = array("i", [5, 6])
print(a, a == array("i", a), a == array("d", a), a == list(a), a < array("i", [99]), a != a)
a *= 2
print(a, a.tolist(), sorted(a), sum(a), max(a), [*reversed(a)])
a.clear()
print(a, bool(a))

for code in module.typecodes:
    if code in "uw":
        continue
    b = array(code, [0, 1, 100])
    print(b, b.itemsize, b.tobytes() == struct.pack(f"3{code}", 0, 1, 100))
b = array("h", b"\x01\x00\x02\x00")
b.frombytes(b"\x03\x00")
print(b)
b.byteswap()
print(b)
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    text = array("u", "héy")
print([str(w.message) for w in caught], text, text[1], text.tounicode())
word = array("w", "ab")
word.fromunicode("c")
print(word, word.tolist())

file = io.BytesIO()
array("d", [1.5, 2.5]).tofile(file)
file.seek(0)
c = array("d")
try:
    c.fromfile(file, 3)
except EOFError as e:
    print("EOFError:", e, c)

# What the bytes are for.
d = array("I", [1, 2])
view = memoryview(d)
print(view.format, view.itemsize, view.nbytes, view.tolist(), view.obj is d, bytes(d), bytearray(d))
view[0] = 77
struct.pack_into("I", d, 4, 88)
print(d, struct.unpack("2I", d), d.tobytes().hex())
for change in (lambda: d.append(1), d.pop, d.clear):
    try:
        change()
    except BufferError as e:
        print("BufferError:", e)
view.release()
d.append(3)
print(d, io.BytesIO(bytes(16)).readinto(d), d)
print(isinstance(d, collections.abc.MutableSequence), [isinstance(x, collections.abc.Buffer) for x in (d, b"", bytearray(), memoryview(b""), [])])
print(copy.copy(d) == d, copy.copy(d) is d, copy.deepcopy(d), pickle.loads(pickle.dumps(array("i", [3]))), array[int])


class Named(array):
    def __new__(cls, code, items=(), name=None):
        made = super().__new__(cls, code, items)
        made.name = name
        return made


named = Named("b", [1, 2], name="n")
print(named, named.name, named[:1], type(named[:1]).__name__)

BAD = """array() | array('x') | array(1) | array('ab') | array('i','abc') | array('i',5) | array('i',[1],2) | array('i')[0]
array('i',[1])['a'] | array('i',[1]).pop(3) | array('i').pop() | array('i').remove(1) | array('i').index(1) | array('i')+[1]
array('i').extend(array('b')) | array('i').extend(5) | array('i').fromlist((1,)) | array('i').frombytes(b'abc')
array('i').frombytes('abc') | array('i').tounicode() | array('i',[1,2]).__setitem__(slice(0,1),[1])
array('i',[1,2,3]).__setitem__(slice(None,None,2),array('i',[1])) | array('i',[1]).__setitem__(0,'x')
array('i',[1]).__setitem__(5,1) | array('i',[1]).__delitem__(5) | array('i').append('x') | array('i').append(1.5)
array('i',[1])<[1] | array('i',x=1) | array('i')*'x' | hash(array('i')) | array('f',['x']) | array('d',[None])
array('w').append('ab') | array('w').append(1)""".replace("\n", " | ").split(" | ")
for expression in BAD:
    try:
        print(expression, "->", eval(expression))
    except Exception as e:
        print(f"{expression}: {type(e).__name__}: {e}")
for code in "bBhHiIlLqQ":
    size = 8 * array(code).itemsize - code.islower()
    for number in (-1 - 2**size * code.islower(), 2**size, 2**70, -(2**70)):
        try:
            print(code, number, array(code, [number]))
        except OverflowError as e:
            print(code, number, e)
