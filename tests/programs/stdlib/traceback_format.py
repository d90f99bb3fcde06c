import traceback
def fail(): raise ValueError("inside")
def outer():
    try:
        fail()
    except ValueError as error:
        raise KeyError("outside") from error
try:
    outer()
except KeyError as error:
    print(traceback.format_exc(), end="")
    print(traceback.format_exception_only(error), traceback.format_exception(error)[-1:])
    for frame in traceback.extract_tb(error.__traceback__):
        print(frame.name, frame.lineno, frame.line)
    print("".join(traceback.format_tb(error.__traceback__)), end="")
    print(len(traceback.format_exception(error, chain=False)), "".join(traceback.format_exception(error, limit=1)).count("File"))
print(repr(traceback.format_exc()))
print(traceback.format_exception_only(ValueError("x")), traceback.format_exception_only(ValueError, ValueError()))
