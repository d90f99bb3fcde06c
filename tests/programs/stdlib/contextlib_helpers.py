from contextlib import suppress, closing, nullcontext, redirect_stderr, redirect_stdout, ContextDecorator, chdir, aclosing
import io, sys
with suppress(KeyError, IndexError):
    print("before")
    {}["x"]
    print("never")
with suppress():
    print("nothing suppressed")
try:
    with suppress(KeyError): 1 / 0
except ZeroDivisionError as error:
    print(error)
class Thing:
    def close(self): print("closed")
with closing(Thing()) as t: print("using")
with nullcontext(5) as n: print(n)
buf = io.StringIO()
with redirect_stdout(buf), redirect_stderr(buf):
    print("out"); print("err", file=sys.stderr)
print(repr(buf.getvalue()))
class Deco(ContextDecorator):
    def __enter__(self): print("enter"); return self
    def __exit__(self, *exc): print("exit", exc[0] and exc[0].__name__); return True
@Deco()
def f(): 1 / 0
print(f())
def gen():
    try: yield 1
    finally: print("generator closed")
with closing(gen()) as g: print(next(g))
