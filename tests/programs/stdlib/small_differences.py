# Details of several modules.
import collections
import dataclasses
import locale
import logging
import logging.config
import math
import operator
import pickle
import string
import sys
import typing
import weakref
from dataclasses import dataclass

# OrderedDict: pop takes its default by name; an iterator notices every change.
od = collections.OrderedDict(a=1, b=2, c=3)
print(od.pop("a", default=6), od.pop("a", default=6), od.pop("x", 7), od)
try:
    od.pop("x")
except KeyError as e:
    print("KeyError:", e)


class Cache(collections.OrderedDict):
    pass


for change in (lambda d: d.popitem(), lambda d: d.update(new=1), lambda d: d.pop("b")):
    for cls in (collections.OrderedDict, Cache, dict):
        d = cls(a=1, b=2, c=3)
        try:
            for key in d:
                change(d)
        except RuntimeError as e:
            print(cls.__name__, "RuntimeError:", e)

# The functions of operator can be pickled.
print(pickle.loads(pickle.dumps(operator.add)) is operator.add, operator.add.__module__)
print(pickle.loads(pickle.dumps(operator.itemgetter(1)))("xyz"))


# The finalizer that was made last runs first, and so do callbacks.
class Thing:
    pass


thing = Thing()
for number in range(4):
    weakref.finalize(thing, print, "finalizer", number)
references = [weakref.ref(thing, lambda ref, number=number: print("callback", number)) for number in range(3)]
del thing

# Placeholders with a dollar sign in log messages.
print(string.Template.pattern.groups, string.Template.pattern.search("$name").group("named"))


class Percent(string.Template):
    delimiter = "%"


print(Percent.pattern.search("%{name}").group("braced"), Percent("%x $x").substitute(x=1))
handler = logging.StreamHandler(sys.stdout)
handler.setFormatter(logging.Formatter("$levelname: ${message} $$", style="$"))
logger = logging.getLogger("dollar")
logger.addHandler(handler)
logger.warning("paid %d", 3)
try:
    logging.Formatter("$", style="$")
except ValueError as e:
    print("ValueError:", e)
logging.config.dictConfig(
    {
        "version": 1,
        "formatters": {"short": {"format": "$message", "style": "$"}},
        "handlers": {
            "out": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "short"},
            "memory": {"class": "logging.handlers.MemoryHandler", "capacity": 9, "flushLevel": "ERROR", "target": "out"},
        },
        "root": {"handlers": ["memory"], "level": "DEBUG"},
    }
)
memory = logging.getLogger().handlers[0]
logging.info("kept")
print(memory.flushLevel, len(memory.buffer))
logging.error("out with it")
print(len(memory.buffer))

# A formatter made by a class of the program, which calls the format `fmt`.
class Brief(logging.Formatter):
    def formatException(self, info):
        return f"got {info[0].__name__}"


for factory in ({"()": Brief, "format": "%(levelname)s %(message)s"}, {"class": "__main__.Brief", "format": "%(message)s"}):
    logging.config.dictConfig(
        {
            "version": 1,
            "formatters": {"brief": factory},
            "handlers": {"out": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "brief"}},
            "root": {"handlers": ["out"]},
        }
    )
    try:
        1 / 0
    except ZeroDivisionError:
        logging.exception("failed")

# A name for ClassVar is one too, where annotations are strings.
Shared = typing.ClassVar[int]
Given = dataclasses.InitVar[int]


@dataclass
class Point:
    x: "int"
    count: "Shared" = 0
    scale: "Given" = 1

    def __post_init__(self, scale):
        self.x *= scale


print(Point(2, 3), [field.name for field in dataclasses.fields(Point)])

print(math.nextafter(-5e-324, 0.0), math.nextafter(5e-324, -1.0), math.nextafter(0.0, -0.0))
print(locale.getencoding(), locale.getpreferredencoding())
print(locale.setlocale(locale.LC_ALL, locale.setlocale(locale.LC_ALL)) == locale.setlocale(locale.LC_ALL))
