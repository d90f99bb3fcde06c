try:
    from . import x
except ImportError as error:
    print(error)
import pack
try:
    import pack.bad
except ImportError as error:
    print(error)
try:
    import pack.missing
except ModuleNotFoundError as error:
    print(error, error.name)
try:
    import pack.mod.deeper
except ModuleNotFoundError as error:
    print(error)
try:
    from pack import nothing
except ImportError as error:
    print(str(error).split(" (")[0])
