import sys
for value in None, 0, 5, "text", True, (1, 2), 1.5:
    try:
        sys.exit(value)
    except SystemExit as error:
        print(repr(error), repr(error.code), error.args)
try:
    raise SystemExit(1, 2)
except SystemExit as error:
    print(error.code)
raise SystemExit({"k": 1})
