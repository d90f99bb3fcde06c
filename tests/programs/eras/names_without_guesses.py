# python: 3.9
# Python guessed at mistyped names from 3.10 on.
import threading
import traceback


def message(action):
    try:
        action()
    except Exception as error:
        print("".join(traceback.format_exception_only(type(error), error)), end="")


message(lambda: threading.current_thread().isAlive())
message(lambda: pirnt())
message(lambda: [].apend(1))
message(lambda: True)
