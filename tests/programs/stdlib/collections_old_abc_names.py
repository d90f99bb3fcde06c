# Until 3.9 the abstract base classes could be imported from `collections`; CPython's later
# versions refuse, so this program finds out first where they are.
import collections
import collections.abc
import warnings

warnings.simplefilter("ignore")

home = collections if hasattr(collections, "Iterable") else collections.abc
print(isinstance([], home.Iterable), isinstance(iter([]), home.Iterator), issubclass(dict, home.Mapping))
print(collections.abc.Iterable.__module__, home.Callable is collections.abc.Callable)
