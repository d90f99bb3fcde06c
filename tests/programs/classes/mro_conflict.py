class A: pass
class B(A): pass
try:
    class C(A, B): pass
except TypeError as error:
    print(error)
try:
    class D(A, A): pass
except TypeError as error:
    print(error)
for base in (5, None, True):
    try:
        class E(base): pass
    except TypeError as error:
        print(error)
for base in bool, type(None), range, slice, type(lambda: 0), type(...):
    try:
        class F(base): pass
    except TypeError as error:
        print(error)
try:
    class G(int, str): pass
except TypeError as error:
    print(error)
