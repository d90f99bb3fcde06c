import traceback, sys
def f(): g()
def g(): raise LookupError("printed")
try:
    f()
except LookupError:
    traceback.print_exc(file=sys.stdout)
def h(): traceback.print_stack(file=sys.stdout)
h()
try:
    [1][5]
except IndexError as error:
    traceback.print_exception(error, file=sys.stdout)
    te = traceback.TracebackException.from_exception(error)
    print("".join(te.format()), end="")
    print(list(te.format_exception_only()))
