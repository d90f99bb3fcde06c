import os
os.mkdir("folder")
for action in lambda: open("missing.txt"), lambda: open("folder"), lambda: open("no/such/dir", "w"), lambda: open(""):
    try:
        action()
    except OSError as error:
        print(type(error).__name__, error, error.errno)
f = open("f.txt", "w")
try:
    f.read()
except Exception as error:
    print(type(error).__name__, error, isinstance(error, (OSError, ValueError)))
f.close(); f.close()
for action in lambda: f.write("x"), lambda: f.read(), lambda: next(f), lambda: f.__enter__(), lambda: f.seek(0):
    try:
        action()
    except ValueError as error:
        print(error)
for bad in 5.5, None, [], "a\0b":
    try:
        open(bad)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
with open("f.txt", "w") as f:
    try:
        f.write(5)
    except TypeError as error:
        print(error)
with open("f.txt") as f:
    try:
        f.write("x")
    except Exception as error:
        print(error)
