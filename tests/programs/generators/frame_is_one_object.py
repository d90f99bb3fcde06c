"""A frame has one frame object, however it is asked for, and a finished frame stands where the exception left it."""
import sys


def numbers():
    yield sys._getframe()
    yield sys._getframe(1)


suspended = numbers()
frame = suspended.gi_frame
print(frame is suspended.gi_frame, next(suspended) is frame, next(suspended) is sys._getframe())
print(frame.f_lineno, frame.f_back)
for _ in suspended:
    pass
print(suspended.gi_frame, frame.f_lineno)


def caller():
    return called()


def called():
    own = sys._getframe()
    return own is sys._getframe(), own.f_back is sys._getframe(1), own.f_back.f_code.co_name


print(caller())


def raises():
    with open("/dev/null") as file:
        return 1 / 0


def passes_on():
    return raises()


try:
    passes_on()
except ZeroDivisionError as error:
    entry = error.__traceback__
    print(entry.tb_frame is sys._getframe())
    entry = entry.tb_next
    while entry:
        frame = entry.tb_frame
        print(frame.f_code.co_name, entry.tb_lineno, frame.f_lineno, frame is entry.tb_frame)
        entry = entry.tb_next


async def coroutine():
    return sys._getframe()


made = coroutine()
frame = made.cr_frame
try:
    made.send(None)
except StopIteration as stop:
    print(stop.value is frame, made.cr_frame)
