"""What `help()` shows: the text about an object, made from its docstring, its signature and its members.

Source: the Library Reference, `pydoc`; the text is the one that CPython 3.13 writes without a pager. There is no web
server here, no HTML and no `pydoc` command beyond `python -m pydoc NAME...`. The words about keywords are Coil's own.
"""

import builtins
import importlib
import inspect
import keyword
import re
import reprlib
import sys
import textwrap

__all__ = ['help']

# Attributes that help() leaves out: the interpreter's own, or shown elsewhere on the page.
_UNSHOWN = frozenset(
    '__author__ __builtins__ __cached__ __credits__ __date__ __doc__ __docformat__ __file__ __firstlineno__ '
    '__loader__ __module__ __name__ __package__ __path__ __qualname__ __slots__ __spec__ __static_attributes__ '
    '__version__'.split()
)

_KEYWORDS = {
    'False': 'The truth value "no"; it is the integer 0.',
    'None': 'The one object that stands for "nothing here"; what a function without return returns.',
    'True': 'The truth value "yes"; it is the integer 1.',
    'and': 'a and b: a if a is false, else b. b is looked at only when it is needed.',
    'as': 'Gives a name to what import, with, except or a pattern of case brought.',
    'assert': 'assert condition, message: raises AssertionError when the condition is false.',
    'async': 'async def makes a coroutine function; async for and async with wait in each step (only inside one).',
    'await': 'await x: suspends the coroutine until x is done, and gives its result. Only inside async def.',
    'break': 'Leaves the loop at once, without its else.',
    'case': 'One pattern of a match statement, with the block that runs when the pattern fits.',
    'class': 'class Name(Base): the block becomes the attributes of a new class.',
    'continue': 'Goes on with the next round of the loop.',
    'def': 'def name(parameters): makes a function. With a yield in its block, it is a generator function.',
    'del': 'del x: takes away a name, an attribute, an item.',
    'elif': 'Another condition of an if statement, asked when those before it were false.',
    'else': 'What runs when no condition was true; after a loop: when no break ended it; after try: when nothing was raised.',
    'except': 'except SomeError as e: what runs when the try block raised SomeError; except*: for members of a group.',
    'finally': 'What runs at the end of try in any case; in a generator also when it is closed.',
    'for': 'for x in iterable: asks for an iterator, and runs the block once for each value until StopIteration.',
    'from': 'from module import name; raise error from cause; yield from iterable.',
    'global': 'global name: assignments to the name in this function mean the variable of the module.',
    'if': 'if condition: runs its block when the condition is true. As an expression: a if condition else b.',
    'import': 'import module: runs the module once, and binds its name.',
    'in': 'x in container: whether it is there; also the second half of for.',
    'is': 'a is b: whether both are the same object.',
    'lambda': 'lambda parameters: expression, a function without a name.',
    'match': 'match value: compares it with the patterns of its case blocks, first to last.',
    'nonlocal': 'nonlocal name: assignments to the name mean the variable of the function around this one.',
    'not': 'not x: True when x is false.',
    'or': 'a or b: a if a is true, else b. b is looked at only when it is needed.',
    'pass': 'Does nothing, where a statement is needed.',
    'raise': 'raise error: stops here and looks for an except that fits. Alone, it raises the current one again.',
    'return': 'return value: ends the function; in a generator, the value travels in StopIteration.value.',
    'try': 'Runs a block whose exceptions the except clauses below may catch.',
    'type': 'type Name = ...: names a type, whose value is made when it is first asked for.',
    'while': 'while condition: runs its block again and again as long as the condition is true.',
    'with': 'with manager as x: enters the manager, runs the block, and leaves it in any case.',
    'yield': 'yield value: hands the value to the caller and suspends here; send(x) makes the yield give x. '
             'yield from it: hands everything through to it, until it ends, and gives its return value.',
}


class ErrorDuringImport(Exception):
    """The module that help was asked for exists, and its import failed."""

    def __init__(self, filename, exc_info):
        self.filename = filename
        self.exc, self.value, self.tb = exc_info

    def __str__(self):
        return f'problem in {self.filename} - {self.exc.__name__}: {self.value}'


def _crammed(text, room):
    """At most `room` characters of a text: its two ends."""
    if len(text) <= room:
        return text
    before = (room - 3) // 2
    return f'{text[:before]}...{text[len(text) - (room - 3 - before):]}'


def _without_address(text):
    return re.sub(r' at 0x[0-9a-f]{6,16}(>+)$', r'\1', text, flags=re.IGNORECASE)


class _Repr(reprlib.Repr):
    def __init__(self):
        super().__init__()
        self.maxlist = self.maxtuple = 20
        self.maxdict = 10
        self.maxstring = self.maxother = 100

    def repr1(self, x, level):
        if hasattr(type(x), '__name__') and hasattr(self, 'repr_' + '_'.join(type(x).__name__.split())):
            return super().repr1(x, level)
        return _crammed(_without_address(repr(x)), self.maxother)

    def repr_str(self, x, level):
        return repr(_crammed(x, self.maxstring))

    def repr_instance(self, x, level):
        try:
            return _crammed(_without_address(repr(x)), self.maxstring)
        except Exception:
            return f'<{x.__class__.__name__} instance>'


_short_repr = _Repr().repr


def getdoc(object):
    """The docstring of an object, or the comment above its source; without blanks at the end.

    Functions and properties inherit it from what they replace; classes do not, and a value has not that of its class.
    """
    doc = _own_doc(object)
    if doc is None and not inspect.isclass(object) and not inspect.ismodule(object) and _is_member(object):
        doc = inspect.getdoc(object)
    doc = inspect.cleandoc(doc) if doc else inspect.getcomments(object)
    return doc.rstrip() if doc else ''


def _own_doc(object):
    try:
        doc = object.__doc__
        if isinstance(doc, str) and not (object is not type and doc == type(object).__doc__):
            return doc
    except Exception:
        pass
    return None


def _is_member(object):
    return inspect.isroutine(object) or inspect.isdatadescriptor(object)


def splitdoc(doc):
    """The first line of a docstring and the rest, if an empty line parts them."""
    lines = doc.strip().split('\n')
    if len(lines) == 1:
        return lines[0], ''
    if len(lines) >= 2 and not lines[1].rstrip():
        return lines[0], '\n'.join(lines[2:])
    return '', '\n'.join(lines)


def visiblename(name, all=None, obj=None):
    """Whether help() shows an attribute of this name."""
    if name in _UNSHOWN:
        return False
    if name.startswith('__') and name.endswith('__'):
        return True
    # The fields of a named tuple and its methods begin with one underscore, and are public.
    if name.startswith('_') and hasattr(obj, '_fields'):
        return True
    return name in all if all is not None else not name.startswith('_')


def classname(object, modname):
    """The name of a class, with its module unless that is `modname`."""
    name = object.__name__
    return name if object.__module__ == modname else f'{object.__module__}.{name}'


def describe(thing):
    """What kind of thing it is, in a few words."""
    if inspect.ismodule(thing):
        if thing.__name__ in sys.builtin_module_names:
            return 'built-in module ' + thing.__name__
        return ('package ' if hasattr(thing, '__path__') else 'module ') + thing.__name__
    if inspect.isbuiltin(thing):
        return 'built-in function ' + thing.__name__
    if inspect.isgetsetdescriptor(thing) or inspect.ismemberdescriptor(thing):
        kind = 'getset' if inspect.isgetsetdescriptor(thing) else 'member'
        owner = thing.__objclass__
        return f'{kind} descriptor {owner.__module__}.{owner.__name__}.{thing.__name__}'
    for kind in ('class', 'function', 'method'):
        if getattr(inspect, 'is' + kind)(thing):
            return f'{kind} {thing.__name__}'
    return type(thing).__name__


def locate(path):
    """The object of a dotted name: the longest part that can be imported, then attributes; None when there is none."""
    parts = [part for part in path.split('.') if part]
    found, rest = None, parts
    for count in range(1, len(parts) + 1):
        module = _imported('.'.join(parts[:count]))
        if module is None:
            break
        found, rest = module, parts[count:]
    if found is None:
        found = builtins
    for part in rest:
        try:
            found = getattr(found, part)
        except AttributeError:
            return None
    return found


def _imported(name):
    try:
        return importlib.import_module(name)
    except ImportError as error:
        if error.name is not None and (name == error.name or name.startswith(error.name + '.')):
            return None
        raise ErrorDuringImport(name, (type(error), error, error.__traceback__)) from error
    except Exception as error:
        raise ErrorDuringImport(name, (type(error), error, error.__traceback__)) from error


def resolve(thing):
    """The object and its name, for an object or a dotted name. Raises ImportError when there is none."""
    if not isinstance(thing, str):
        name = getattr(thing, '__name__', None)
        return thing, name if isinstance(name, str) else None
    found = locate(thing)
    if found is None:
        raise ImportError(
            f'No Python documentation found for {thing!r}.\n'
            'Use help() to get the interactive help utility.\n'
            'Use help(str) for help on the str class.'
        )
    return found, thing


def _indented(text, prefix='    '):
    return '\n'.join((prefix + line).rstrip() for line in text.split('\n'))


def _section(title, contents):
    return f'{title}\n{_indented(contents).rstrip()}\n\n'


def _signature(object):
    try:
        return str(inspect.signature(object))
    except (ValueError, TypeError):
        return None


def _origin(function, modname):
    """The dotted name of what a function was defined in, without the module if that is `modname`."""
    outer = getattr(function, '__qualname__', '').rpartition('.')[0]
    module = getattr(function, '__module__', None)
    if module and module != modname:
        return f'{module}.{outer}' if outer else module
    return outer


class TextDoc:
    """Writes the page about an object as text."""

    def document(self, object, name=None):
        """The page about any object."""
        if inspect.ismodule(object):
            return self.module(object)
        if inspect.isclass(object):
            return self.cls(object, name)
        if inspect.isroutine(object):
            return self.routine(object, name)
        if inspect.isdatadescriptor(object):
            return self.descriptor(object, name)
        return self.other(object, name)

    def routine(self, object, name=None, module=None, owner=None, home=None):
        """The page about a function or a method; as a part of the class `owner`, which has it from the class `home`."""
        real = getattr(object, '__name__', None) or name
        name = name or real
        note, skips_doc = '', False
        this = getattr(object, '__self__', None)
        is_bound = inspect.ismethod(object) or (
            inspect.isbuiltin(object) or inspect.ismethodwrapper(object)
        ) and this is not None and not inspect.ismodule(this)
        if is_bound:
            if inspect.isclass(this):
                if this is not owner:
                    note = ' class method of ' + classname(this, module)
                elif inspect.ismethod(object):
                    note = self._from(object.__func__, home, module)
            else:
                note = f' method of {classname(this.__class__, module)} instance'
        elif inspect.ismethoddescriptor(object) or inspect.ismethodwrapper(object):
            home_of_it = getattr(object, '__objclass__', None)
            if home is None and home_of_it is not None:
                note = f' unbound {classname(home_of_it, module)} method'
            elif home_of_it is not None and home_of_it is not home:
                note = ' from ' + classname(home_of_it, module)
        elif home is not None and inspect.isfunction(object) and real != '<lambda>':
            note = self._from(object, home, module)
        if name == real:
            title = real
        else:
            skips_doc = owner is not None and inspect.getattr_static(owner, real, []) is object
            title = f'{name} = {real}'
            if note.startswith(' from '):
                note = ''
        arguments = _signature(object) if inspect.isroutine(object) else None
        if arguments is None:
            arguments = '(...)'
        elif real == '<lambda>':
            title, arguments = name + ' lambda ', arguments[1:-1]
        asynchronous = inspect.iscoroutinefunction(object) or inspect.isasyncgenfunction(object)
        line = ('async ' if asynchronous else '') + title + arguments + note
        doc = '' if skips_doc else getdoc(object)
        return line + '\n' + (_indented(doc).rstrip() + '\n' if doc else '')

    def _from(self, function, home, module):
        """A word about a function that was not defined in the class that has it."""
        if home is None:
            return ''
        origin = _origin(function, module)
        if not origin or origin.endswith('<locals>') or origin == _origin_of_class(home, module):
            return ''
        return ' from ' + origin

    def descriptor(self, object, name=None):
        """The page about a property or another data descriptor."""
        doc = getdoc(object)
        return (name + '\n' if name else '') + (_indented(doc) + '\n' if doc else '')

    def other(self, object, name=None, width=None, doc=None):
        """One line about a value, and its doc."""
        text = _short_repr(object)
        if width is not None:
            room = width - len((name + ' = ' if name else '') + text)
            if room < 0:
                text = text[:room] + '...'
        line = (name + ' = ' if name else '') + text
        if not doc:
            doc = getdoc(object)
        return line + ('\n' + _indented(str(doc)) + '\n' if doc else '')

    def cls(self, object, name=None):
        """The page about a class."""
        real, module = object.__name__, object.__module__
        name = name or real
        title = f'class {real}' if name == real else f'{name} = class {real}'
        if object.__bases__:
            title += '(' + ', '.join(classname(base, module) for base in object.__bases__) + ')'
        lines = []
        arguments = _signature(object)
        if arguments and arguments != '()':
            lines += [real + arguments, '']
        doc = getdoc(object)
        if doc:
            lines += [doc, '']
        mro = inspect.getmro(object)
        if len(mro) > 2:
            lines += ['Method resolution order:', *('    ' + classname(base, module) for base in mro), '']
        lines += self._builtin_subclasses(object)
        lines += self._members(object, list(mro), module)
        contents = '\n'.join(lines)
        return title + '\n' + (_indented(contents.rstrip(), ' |  ') + '\n' if contents else '')

    def _builtin_subclasses(self, object):
        names = sorted(
            (sub.__name__ for sub in type.__subclasses__(object)
             if not sub.__name__.startswith('_') and sub.__module__ == 'builtins'),
        )
        if not names:
            return []
        most = 4
        lines = ['Built-in subclasses:', *('    ' + name for name in names[:most])]
        if len(names) > most:
            more = len(names) - most
            lines.append(f'    ... and {more} other subclass' + ('es' if more != 1 else ''))
        return lines + ['']

    def _members(self, object, mro, module):
        attributes = []
        for name, kind, home, value in inspect.classify_class_attrs(object):
            if inspect.isdatadescriptor(value):
                readonly = isinstance(value, property) and value.fset is None
                kind = 'readonly property' if readonly else 'data descriptor'
            if visiblename(name, obj=object):
                attributes.append((name, kind, home, value))
        lines, rule = [], False
        while attributes:
            this = mro.pop(0) if mro else attributes[0][2]
            mine = [attribute for attribute in attributes if attribute[2] is this]
            attributes = [attribute for attribute in attributes if attribute[2] is not this]
            if object is not builtins.object and this is builtins.object:
                continue
            tag = 'defined here' if this is object else 'inherited from ' + classname(this, module)
            fields = list(getattr(object, '_fields', ())) if isinstance(getattr(object, '_fields', ()), tuple) else []
            mine.sort(key=lambda item: (fields.index(item[0]) if item[0] in fields else -1, item[0]))
            for heading, kind in (
                ('Methods', 'method'), ('Class methods', 'class method'), ('Static methods', 'static method'),
                ('Readonly properties', 'readonly property'), ('Data descriptors', 'data descriptor'),
                ('Data and other attributes', 'data'),
            ):
                shown = [item for item in mine if item[1] == kind]
                if not shown:
                    continue
                if rule:
                    lines += ['-' * 70]
                rule = True
                lines += [f'{heading} {tag}:', '']
                for name, kind, home, value in shown:
                    lines.append(self._member(object, module, name, kind, home, value))
        return lines

    def _member(self, object, module, name, kind, home, value):
        if kind in ('data descriptor', 'readonly property'):
            return self.descriptor(value, name)
        if kind == 'data':
            doc = getdoc(value) if callable(value) or inspect.isdatadescriptor(value) else None
            try:
                shown = getattr(object, name)
            except AttributeError:
                shown = home.__dict__[name]
            return self._data(shown, name, doc)
        try:
            shown = getattr(object, name)
        except Exception:
            return self.descriptor(value, name)
        return self.routine(shown, name, module, object, home)

    def _data(self, value, name, doc):
        if doc is None:
            text = _short_repr(value)
            room = 70 - len(f'{name} = {text}')
            return f'{name} = ' + (text if room >= 0 else text[:room] + '...') + '\n'
        return self.other(value, name, 70, doc) + '\n'

    def module(self, object):
        """The page about a module."""
        name = object.__name__
        synopsis, description = splitdoc(getdoc(object))
        result = _section('NAME', name + (synopsis and ' - ' + synopsis))
        if description:
            result += _section('DESCRIPTION', description)
        all = getattr(object, '__all__', None)
        classes, functions, data = [], [], []
        for key, value in inspect.getmembers(object):
            if not visiblename(key, all, object):
                continue
            if inspect.isclass(value):
                if all is not None or (inspect.getmodule(value) or object) is object:
                    classes.append((key, value))
            elif inspect.isroutine(value):
                if all is not None or inspect.isbuiltin(value) or inspect.getmodule(value) is object:
                    functions.append((key, value))
            elif not inspect.ismodule(value):
                data.append((key, value))
        if classes:
            tree = inspect.getclasstree([value for _, value in classes], True)
            contents = [self._tree(tree, name).rstrip('\n') + '\n']
            contents += [self.cls(value, key) for key, value in classes]
            result += _section('CLASSES', '\n'.join(contents))
        if functions:
            result += _section('FUNCTIONS', '\n'.join(self.routine(value, key, name) for key, value in functions))
        if data:
            result += _section('DATA', '\n'.join(self.other(value, key, 70) for key, value in data))
        for title, attribute in (
            ('VERSION', '__version__'), ('DATE', '__date__'), ('AUTHOR', '__author__'), ('CREDITS', '__credits__'),
        ):
            if hasattr(object, attribute):
                result += _section(title, str(getattr(object, attribute)))
        try:
            file = inspect.getabsfile(object)
        except TypeError:
            file = '(built-in)'
        return result + _section('FILE', file)

    def _tree(self, tree, module, parent=None, prefix=''):
        result = ''
        for entry in tree:
            if isinstance(entry, tuple):
                cls, bases = entry
                result += prefix + classname(cls, module)
                if bases and bases != (parent,):
                    result += '(' + ', '.join(classname(base, module) for base in bases) + ')'
                result += '\n'
                last = cls
            else:
                result += self._tree(entry, module, last, prefix + '    ')
        return result


def _origin_of_class(cls, modname):
    name = getattr(cls, '__qualname__', cls.__name__)
    return name if cls.__module__ == modname else f'{cls.__module__}.{name}'


text = plaintext = TextDoc()


def plain(text):
    """A page without the marks of bold type; these pages have none."""
    return text


def render_doc(thing, title='Python Library Documentation: %s', forceload=0, renderer=None):
    """The page about an object or a dotted name, with a line above it. Raises ImportError when there is no such name."""
    object, name = resolve(thing)
    words = describe(object)
    module = inspect.getmodule(object)
    if name and '.' in name:
        words += ' in ' + name[:name.rfind('.')]
    elif module and module is not object:
        words += ' in module ' + module.__name__
    if not (inspect.ismodule(object) or inspect.isclass(object) or inspect.isroutine(object)
            or inspect.isdatadescriptor(object) or getdoc(object) and not hasattr(type(object), '__mro__')):
        # A value: the page is about its class.
        words += ' object'
        object = type(object)
    return title % words + '\n\n' + (renderer or text).document(object, name)


def doc(thing, title='Python Library Documentation: %s', forceload=0, output=None, is_cli=False):
    """Writes the page about an object or a dotted name."""
    try:
        page = render_doc(thing, title)
    except ImportError as error:
        if is_cli:
            raise
        page = str(error) + '\n'
    except ErrorDuringImport as error:
        if is_cli:
            raise
        page = str(error)
    print(page, file=output or sys.stdout)


class Helper:
    """The object `help`: called with something it writes the page, called with nothing it asks what to explain."""

    def __init__(self, input=None, output=None):
        self._input, self._output = input, output

    def __repr__(self):
        return '<pydoc.Helper instance>'

    def __call__(self, *request):
        if request:
            self.help(*request)
        else:
            self.interact()

    def help(self, request, is_cli=False):
        """The page about an object, a dotted name, a keyword, or one of the lists `modules`, `keywords`."""
        if isinstance(request, str):
            request = request.strip()
            if request == 'keywords':
                self._list('Here is a list of the Python keywords. Enter any keyword to get more help.', keyword.kwlist)
            elif request == 'modules':
                names = {name for name in sys.stdlib_module_names if not name.startswith('_')}
                self._list('Here is a list of the modules of the library.', sorted(names))
            elif request in _KEYWORDS and (keyword.iskeyword(request) or locate(request) is None):
                self._write(f'{request}\n\n{_indented(textwrap.fill(_KEYWORDS[request], 76))}\n\n')
            elif request:
                doc(request, 'Help on %s:', output=self._output, is_cli=is_cli)
            else:
                doc(str, 'Help on %s:', output=self._output)
        elif isinstance(request, Helper):
            self()
        else:
            doc(request, 'Help on %s:', output=self._output)

    def interact(self):
        """Asks for names until one of them is `quit`."""
        self._write(
            'Enter the name of a module, class, function or keyword to read about it;\n'
            '"modules" and "keywords" list them; "q" or an empty line goes back.\n'
        )
        while True:
            try:
                request = self._ask('help> ')
            except (KeyboardInterrupt, EOFError):
                break
            request = request.strip()
            if len(request) > 2 and request[0] == request[-1] in ('"', "'"):
                request = request[1:-1]
            if not request or request.lower() in ('q', 'quit', 'exit'):
                break
            self.help('' if request == 'help' else request)

    def _ask(self, prompt):
        if self._input is None:
            return input(prompt)
        self._write(prompt)
        return self._input.readline()

    def _list(self, words, names, columns=4):
        self._write(f'\n{words}\n\n')
        height = -(-len(names) // columns)
        for row in range(height):
            cells = names[row::height]
            self._write(''.join(cell.ljust(20) for cell in cells).rstrip() + '\n')
        self._write('\n')

    def _write(self, text):
        (self._output or sys.stdout).write(text)


help = Helper()


if __name__ == '__main__':
    if not sys.argv[1:]:
        print('python -m pydoc NAME ...: shows the page about a module, class, function or keyword')
    for _argument in sys.argv[1:]:
        try:
            help.help(_argument, is_cli=True)
        except (ImportError, ErrorDuringImport) as _error:
            print(_error)
            sys.exit(1)
