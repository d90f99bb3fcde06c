# allows: OK
import math
for x in float("inf"), float("nan"), -0.0, 5e-324, 1.7976931348623157e308:
    for f in repr, str, hash, float, abs, bool, "{:.3f}".format, "{:e}".format, "{:g}".format, float.hex:
        f(x)
    for y in 0.0, -0.0, float("inf"), float("nan"), 1e308, 5e-324, 3:
        for op in "+-*/%", ("//",), ("**",):
            for o in op:
                try:
                    eval(f"x {o} y")
                except (ZeroDivisionError, OverflowError):
                    pass
try:
    int(float("inf"))
except OverflowError:
    print("fine")
