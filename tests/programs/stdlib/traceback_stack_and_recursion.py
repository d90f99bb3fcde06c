import traceback


def down(n):
    if n == 0:
        raise ValueError("bottom")
    down(n - 1)


try:
    down(6)
except ValueError as error:
    frames = traceback.extract_tb(error.__traceback__)
    print([(frame.name, frame.line) for frame in frames])
    text = "".join(traceback.format_tb(error.__traceback__))
    print("Previous line repeated 3 more times" in text)
    print(len(traceback.extract_tb(error.__traceback__, limit=2)))
    print([frame.name for frame in traceback.extract_tb(error.__traceback__, limit=-1)])
    print([lineno for frame, lineno in traceback.walk_tb(error.__traceback__)][:2])


def here():
    return traceback.extract_stack()


print([frame.name for frame in here()][-2:])
frame = traceback.FrameSummary("no_such_file.py", 3, "f", line="x = 1")
print(frame, list(frame), len(frame), frame == ("no_such_file.py", 3, "f", "x = 1"))
print(traceback.format_list([("a.py", 1, "g", "pass"), ("a.py", 2, "h", None)]))
