try:
    import no_such_module
except ModuleNotFoundError as error:
    print(error, error.name, isinstance(error, ImportError))
try:
    from math import nothing
except ImportError as error:
    print(str(error).split(" (")[0], error.name)
import no_such.deeper
