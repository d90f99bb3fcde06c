# What help() writes about functions, classes, values and names of the program's own.
import collections
import pydoc


def greet(name, times: int = 1, *rest, loud=False, **options) -> str:
    """Greets somebody.

    As often as wanted.
    """


# Hands out numbers.
def numbers():
    yield 1


async def fetch(url):
    "Fetches."


class Animal:
    """What all animals have.

    And more.
    """

    legs = 4
    sound = 'x' * 200

    def __init__(self, name):
        self.name = name

    def speak(self, volume=None):
        "Says something."

    @property
    def age(self):
        "How old it is."
        return 1

    @property
    def mood(self):
        return 1

    @mood.setter
    def mood(self, value): pass

    @staticmethod
    def parse(text): "Reads one."

    @classmethod
    def create(cls, name): "Makes one."

    async def sleep(self):
        "Sleeps."

    double = lambda self, k: 2 * k
    talk = speak
    _hidden = 1


class Dog(Animal):
    def speak(self): pass

    def fetch(self, stick):
        "Brings it back."

    __hash__ = None


class Slotted:
    "With slots."
    __slots__ = ('u', 'v')

    def generate(self): yield 1


Point = collections.namedtuple('Point', 'x y')

for thing in (greet, numbers, fetch, Animal, Dog, Animal.speak, Animal('a').speak, Animal.create, Animal.age, Slotted,
              lambda x: 1, len, str.upper, 'nothing.there', 'collections.no_such_thing'):
    help(thing)

page = pydoc.render_doc(Animal('a'), 'Help on %s:')
print(page.splitlines()[0], len(page.splitlines()))
page = pydoc.plain(pydoc.render_doc(Point))
print('\n'.join(page.splitlines()[:30]))
try:
    pydoc.render_doc('nothing_at_all')
except ImportError as error:
    print(type(error), error)
print(pydoc.splitdoc('one\n\nrest'), pydoc.splitdoc('one'), repr(pydoc.getdoc(numbers)))
print(pydoc.locate('collections.OrderedDict'), pydoc.locate('no.such'))
