try:
    from a import other
except ImportError as error:
    print(type(error).__name__, "partially initialized" in str(error), "circular import" in str(error))
import a
try:
    a.other
except AttributeError as error:
    print("partially initialized" in str(error))
thing = 2
print("b done")
