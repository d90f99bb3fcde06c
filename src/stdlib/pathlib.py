"""Paths of files as objects.

Source: the Library Reference, `pathlib`. Paths are those of POSIX; the classes for the paths of Windows are not here.
"""

import fnmatch
import functools
import os
import posixpath
import re
from _collections_abc import Sequence
from errno import EBADF, ELOOP, ENOENT, ENOTDIR
from stat import S_ISBLK, S_ISCHR, S_ISDIR, S_ISFIFO, S_ISLNK, S_ISREG, S_ISSOCK

__all__ = ['UnsupportedOperation', 'PurePath', 'PurePosixPath', 'Path', 'PosixPath']

# What says that a path leads nowhere, and is no error of the question whether it exists.
_NOWHERE = frozenset((ENOENT, ENOTDIR, EBADF, ELOOP))


class UnsupportedOperation(NotImplementedError):
    """What this system cannot do."""


class _Parents(Sequence):
    """The folders above a path, nearest first."""

    def __init__(self, path):
        self._path = path
        self._count = len(path._tail)

    def __len__(self):
        return self._count

    def __getitem__(self, index):
        if isinstance(index, slice):
            return tuple(self[i] for i in range(*index.indices(len(self))))
        if index >= len(self) or index < -len(self):
            raise IndexError(index)
        if index < 0:
            index += len(self)
        path = self._path
        return path._made(path.root, path._tail[:-index - 1])

    def __repr__(self):
        return f'<{type(self._path).__name__}.parents>'


class PurePath:
    """A path that is only looked at: nothing of it need exist."""

    parser = posixpath

    def __new__(cls, *args, **kwargs):
        if cls is PurePath:
            cls = PurePosixPath
        return object.__new__(cls)

    def __init__(self, *args):
        texts = []
        for arg in args:
            if isinstance(arg, PurePath):
                texts.append(str(arg))
                continue
            try:
                text = os.fspath(arg)
            except TypeError:
                text = arg
            if not isinstance(text, str):
                raise TypeError(
                    'argument should be a str or an os.PathLike object where __fspath__ returns a str, '
                    f'not {type(text).__name__!r}'
                )
            texts.append(text)
        text = posixpath.join(*texts) if texts else ''
        self.root = '' if not text.startswith('/') else '//' if text.startswith('//') and text[2:3] != '/' else '/'
        self._tail = [part for part in text.split('/') if part and part != '.']

    def with_segments(self, *pathsegments):
        """A path of the same type; the place to override for subclasses with more attributes."""
        return type(self)(*pathsegments)

    def _made(self, root, tail):
        return self.with_segments(root + '/'.join(tail))

    @property
    def _text(self):
        return self.root + '/'.join(self._tail) or '.'

    # What it consists of

    drive = ''

    @property
    def anchor(self):
        """The drive and the root."""
        return self.root

    @property
    def parts(self):
        """The components, the root being one."""
        return ((self.root,) if self.root else ()) + tuple(self._tail)

    @property
    def name(self):
        """The last component, if any."""
        return self._tail[-1] if self._tail else ''

    @property
    def suffix(self):
        """The ending of the last component, with its dot."""
        name = self.name.lstrip('.')
        dot = name.rfind('.')
        return name[dot:] if dot > 0 and dot < len(name) - 1 else ''

    @property
    def suffixes(self):
        """All endings of the last component."""
        name = self.name
        if name.endswith('.'):
            return []
        return ['.' + suffix for suffix in name.lstrip('.').split('.')[1:]]

    @property
    def stem(self):
        """The last component without its ending."""
        name, suffix = self.name, self.suffix
        return name[:len(name) - len(suffix)] if suffix else name

    @property
    def parent(self):
        """The path without its last component."""
        return self._made(self.root, self._tail[:-1]) if self._tail else self

    @property
    def parents(self):
        """All paths above this one."""
        return _Parents(self)

    def is_absolute(self):
        """Whether it begins at the root."""
        return bool(self.root)

    def is_reserved(self):
        """Whether the name means something else to the system, which on POSIX none does."""
        return False

    # Other paths made of it

    def joinpath(self, *pathsegments):
        """This path with others behind it; an absolute one begins anew."""
        return self.with_segments(self, *pathsegments)

    def __truediv__(self, key):
        try:
            return self.with_segments(self, key)
        except TypeError:
            return NotImplemented

    def __rtruediv__(self, key):
        try:
            return self.with_segments(key, self)
        except TypeError:
            return NotImplemented

    def with_name(self, name):
        """The path with another last component."""
        if not name or '/' in name or name == '.':
            raise ValueError(f'Invalid name {name!r}')
        if not self._tail:
            raise ValueError(f'{self!r} has an empty name')
        return self._made(self.root, self._tail[:-1] + [name])

    def with_stem(self, stem):
        """The path with another last component, but the same ending."""
        suffix = self.suffix
        if suffix and not stem:
            raise ValueError(f'{self!r} has a non-empty suffix')
        return self.with_name(stem + suffix)

    def with_suffix(self, suffix):
        """The path with another ending; with an empty one, without."""
        if suffix and (not suffix.startswith('.') or suffix == '.' or '/' in suffix):
            raise ValueError(f'Invalid suffix {suffix!r}')
        stem = self.stem
        if not stem:
            raise ValueError(f'{self!r} has an empty name')
        return self.with_name(stem + suffix)

    def relative_to(self, other, *_deprecated, walk_up=False):
        """How to get here from another path; with walk_up, also through `..`."""
        if not hasattr(other, 'with_segments'):
            other = self.with_segments(other)
        up = 0
        for up, path in enumerate((other, *other.parents)):
            if path == self or path in self.parents:
                break
            if not walk_up:
                raise ValueError(f'{str(self)!r} is not in the subpath of {str(other)!r}')
            if path.name == '..':
                raise ValueError(f"'..' segment in {str(other)!r} cannot be walked")
        else:
            raise ValueError(f'{str(self)!r} and {str(other)!r} have different anchors')
        return self._made('', ['..'] * up + self._tail[len(path._tail):])

    def is_relative_to(self, other, *_deprecated):
        """Whether the other path is this one or above it."""
        if not hasattr(other, 'with_segments'):
            other = self.with_segments(other)
        return other == self or other in self.parents

    # As text

    def __str__(self):
        return self._text

    def __fspath__(self):
        return self._text

    def __bytes__(self):
        return os.fsencode(self._text)

    def as_posix(self):
        """The path as a text with slashes."""
        return self._text

    def as_uri(self):
        """The path as an address that begins with `file:`."""
        if not self.is_absolute():
            raise ValueError("relative path can't be expressed as a file URI")
        from urllib.parse import quote_from_bytes
        return 'file://' + quote_from_bytes(bytes(self))

    def __repr__(self):
        return f'{type(self).__name__}({self.as_posix()!r})'

    def __reduce__(self):
        return type(self), self.parts

    # Comparing

    def __eq__(self, other):
        if not isinstance(other, PurePath):
            return NotImplemented
        return self._text == other._text and self.parser is other.parser

    def __hash__(self):
        return hash(self._text)

    def _compares(self, other):
        return isinstance(other, PurePath) and self.parser is other.parser

    def __lt__(self, other):
        return self._key < other._key if self._compares(other) else NotImplemented

    def __le__(self, other):
        return self._key <= other._key if self._compares(other) else NotImplemented

    def __gt__(self, other):
        return self._key > other._key if self._compares(other) else NotImplemented

    def __ge__(self, other):
        return self._key >= other._key if self._compares(other) else NotImplemented

    @property
    def _key(self):
        return self._text.split('/')

    # Patterns

    def full_match(self, pattern, *, case_sensitive=None):
        """Whether the whole path is like the pattern, where `**` stands for any number of components."""
        pattern = pattern if isinstance(pattern, PurePath) else self.with_segments(pattern)
        parts = pattern.parts
        return _matches(self.parts, parts, case_sensitive is not False)

    def match(self, path_pattern, *, case_sensitive=None):
        """Whether the end of the path, or with an absolute pattern the whole, is like the pattern."""
        pattern = path_pattern if isinstance(path_pattern, PurePath) else self.with_segments(path_pattern)
        wanted, parts = pattern.parts, self.parts
        if not wanted:
            raise ValueError('empty pattern')
        if len(parts) < len(wanted) or pattern.root and len(parts) != len(wanted):
            return False
        return all(
            _component(part, case_sensitive is not False)(name) is not None
            for name, part in zip(reversed(parts), reversed(wanted))
        )


@functools.lru_cache(maxsize=512)
def _component(pattern, case_sensitive):
    if pattern == '**':
        pattern = '*'
    return re.compile(fnmatch.translate(pattern), 0 if case_sensitive else re.IGNORECASE).match


def _matches(parts, wanted, case_sensitive):
    # Rows of a table instead of recursion: after each part of the pattern, which numbers of components it can have taken.
    reached = {0}
    for part in wanted:
        if part == '**':
            reached = set(range(min(reached), len(parts) + 1)) if reached else reached
        else:
            fits = _component(part, case_sensitive)
            reached = {n + 1 for n in reached if n < len(parts) and fits(parts[n])}
    return len(parts) in reached


class PurePosixPath(PurePath):
    """A path of a POSIX system that is only looked at."""


os.PathLike.register(PurePath)


class Path(PurePath):
    """A path of this system, with what can be done there."""

    def __new__(cls, *args, **kwargs):
        if cls is Path:
            cls = PosixPath
        return object.__new__(cls)

    def __init__(self, *args, **kwargs):
        if kwargs:
            import warnings
            warnings._deprecated('pathlib.PurePath(**kwargs)',
                                 'support for supplying keyword arguments to pathlib.PurePath is deprecated and '
                                 'scheduled for removal in Python {remove}', remove=(3, 14))
        super().__init__(*args)

    @classmethod
    def cwd(cls):
        """The folder in which the program runs."""
        return cls(os.getcwd())

    @classmethod
    def home(cls):
        """The folder of the user."""
        return cls('~').expanduser()

    @classmethod
    def from_uri(cls, uri):
        """The path of an address that begins with `file:`."""
        from urllib.parse import unquote_to_bytes
        if not uri.startswith('file:'):
            raise ValueError(f"URI does not start with 'file:': {uri!r}")
        path = uri[5:]
        if path[:3] == '///':
            path = path[2:]
        elif path[:12] == '//localhost/':
            path = path[11:]
        path = cls(os.fsdecode(unquote_to_bytes(path)))
        if not path.is_absolute():
            raise ValueError(f'URI is not absolute: {uri!r}')
        return path

    # What is there

    def stat(self, *, follow_symlinks=True):
        """What the system knows of the file."""
        return os.stat(self, follow_symlinks=follow_symlinks)

    def lstat(self):
        """The same for a link itself."""
        return os.lstat(self)

    def _is(self, test, follow_symlinks=True):
        try:
            found = self.stat() if follow_symlinks else self.lstat()
        except OSError as error:
            if error.errno not in _NOWHERE:
                raise
            return False
        except ValueError:
            # No such name can be.
            return False
        return test(found.st_mode)

    def exists(self, *, follow_symlinks=True):
        """Whether there is anything."""
        return self._is(lambda mode: True, follow_symlinks)

    def is_dir(self, *, follow_symlinks=True):
        """Whether it is a folder."""
        return self._is(S_ISDIR, follow_symlinks)

    def is_file(self, *, follow_symlinks=True):
        """Whether it is a plain file."""
        return self._is(S_ISREG, follow_symlinks)

    def is_symlink(self):
        """Whether it is a symbolic link."""
        return self._is(S_ISLNK, False)

    def is_junction(self):
        """Whether it is a junction, which only Windows has."""
        return False

    def is_block_device(self):
        """Whether it is a device of blocks."""
        return self._is(S_ISBLK)

    def is_char_device(self):
        """Whether it is a device of characters."""
        return self._is(S_ISCHR)

    def is_fifo(self):
        """Whether it is a named pipe."""
        return self._is(S_ISFIFO)

    def is_socket(self):
        """Whether it is a socket."""
        return self._is(S_ISSOCK)

    def is_mount(self):
        """Whether another file system begins here."""
        if not self.is_dir(follow_symlinks=False):
            return False
        here, above = self.lstat(), self.resolve().parent.lstat()
        return here.st_dev != above.st_dev or here.st_ino == above.st_ino

    def samefile(self, other_path):
        """Whether both lead to the same file."""
        there = other_path.stat() if hasattr(other_path, 'stat') else self.with_segments(other_path).stat()
        here = self.stat()
        return (here.st_dev, here.st_ino) == (there.st_dev, there.st_ino)

    def owner(self, *, follow_symlinks=True):
        """The name of the user who has the file."""
        import pwd
        return pwd.getpwuid(self.stat(follow_symlinks=follow_symlinks).st_uid).pw_name

    def group(self, *, follow_symlinks=True):
        """The name of the group that has the file."""
        import grp
        return grp.getgrgid(self.stat(follow_symlinks=follow_symlinks).st_gid).gr_name

    # Reading and writing

    def open(self, mode='r', buffering=-1, encoding=None, errors=None, newline=None):
        """The file, opened as `open` does."""
        return open(self, mode, buffering, encoding, errors, newline)

    def read_bytes(self):
        """All of the file, as bytes."""
        with self.open('rb', buffering=0) as file:
            return file.read()

    def read_text(self, encoding=None, errors=None, newline=None):
        """All of the file, as text."""
        with self.open('r', encoding=encoding, errors=errors, newline=newline) as file:
            return file.read()

    def write_bytes(self, data):
        """Makes bytes the contents of the file."""
        view = memoryview(data)
        with self.open('wb') as file:
            return file.write(view)

    def write_text(self, data, encoding=None, errors=None, newline=None):
        """Makes a text the contents of the file."""
        if not isinstance(data, str):
            raise TypeError('data must be str, not %s' % data.__class__.__name__)
        with self.open('w', encoding=encoding, errors=errors, newline=newline) as file:
            return file.write(data)

    # Folders

    def iterdir(self):
        """The paths in the folder, in no order."""
        names = os.listdir(self)
        return (self._made(self.root, self._tail + [name]) for name in names)

    def walk(self, top_down=True, on_error=None, follow_symlinks=False):
        """The folder and all below it: tuples of a path, the names of its folders and the names of its files."""
        waiting = [self]
        while waiting:
            path = waiting.pop()
            if isinstance(path, tuple):
                yield path
                continue
            folders, files = [], []
            try:
                for entry in os.scandir(path):
                    try:
                        is_folder = entry.is_dir(follow_symlinks=follow_symlinks)
                    except OSError:
                        is_folder = False
                    (folders if is_folder else files).append(entry.name)
            except OSError as error:
                if on_error is not None:
                    on_error(error)
                continue
            if top_down:
                yield path, folders, files
            else:
                waiting.append((path, folders, files))
            waiting += [path / name for name in reversed(folders)]

    def glob(self, pattern, *, case_sensitive=None, recurse_symlinks=False):
        """The paths below this one that are like the pattern, where `**` stands for any number of folders."""
        text = os.fspath(pattern)
        if not isinstance(pattern, PurePath):
            pattern = self.with_segments(pattern)
        if pattern.root:
            raise NotImplementedError('Non-relative patterns are unsupported')
        if not pattern._tail:
            raise ValueError(f'Unacceptable pattern: {pattern!r}')
        only_folders = text.endswith('/')
        parts = pattern._tail
        return self._select(parts, 0, only_folders, case_sensitive is not False, recurse_symlinks)

    def rglob(self, pattern, *, case_sensitive=None, recurse_symlinks=False):
        """The same at any depth."""
        text = os.fspath(pattern)
        if text.startswith('/'):
            raise NotImplementedError('Non-relative patterns are unsupported')
        pattern = '**/' + text
        return self.glob(pattern, case_sensitive=case_sensitive, recurse_symlinks=recurse_symlinks)

    def _select(self, parts, at, only_folders, case_sensitive, follow):
        if not self.is_dir():
            return
        seen = set() if parts.count('**') > 1 else None
        waiting = [(self, at)]
        while waiting:
            path, at = waiting.pop()
            if at == len(parts):
                if seen is not None:
                    if path in seen:
                        continue
                    seen.add(path)
                if not only_folders or path.is_dir():
                    yield path
                continue
            part = parts[at]
            if part == '..' or not any(letter in part for letter in '*?[') and case_sensitive:
                following = path / part
                if following.exists(follow_symlinks=at + 1 < len(parts)):
                    waiting.append((following, at + 1))
                continue
            try:
                entries = list(os.scandir(path))
            except OSError:
                continue
            found = []
            if part == '**':
                found.append((path, at + 1))
                for entry in entries:
                    if entry.is_dir(follow_symlinks=follow) and not (entry.is_symlink() and not follow):
                        found.append((path / entry.name, at))
                    elif at + 1 == len(parts) and not only_folders:
                        found.append((path / entry.name, at + 1))
            else:
                fits = _component(part, case_sensitive)
                for entry in entries:
                    if fits(entry.name) and (at + 1 == len(parts) or entry.is_dir()):
                        found.append((path / entry.name, at + 1))
            waiting += reversed(found)

    def mkdir(self, mode=0o777, parents=False, exist_ok=False):
        """Makes a folder; with `parents`, also those above it."""
        try:
            os.mkdir(self, mode)
        except FileNotFoundError:
            if not parents or self.parent == self:
                raise
            self.parent.mkdir(parents=True, exist_ok=True)
            self.mkdir(mode, parents=False, exist_ok=exist_ok)
        except OSError:
            # Not asked for by its number: systems differ in what they say of an existing folder.
            if not exist_ok or not self.is_dir():
                raise

    def rmdir(self):
        """Takes an empty folder away."""
        os.rmdir(self)

    # Files

    def touch(self, mode=0o666, exist_ok=True):
        """Makes an empty file, or sets the time of the one that is there."""
        if exist_ok:
            try:
                os.utime(self, None)
            except OSError:
                pass
            else:
                return
        flags = os.O_CREAT | os.O_WRONLY
        if not exist_ok:
            flags |= os.O_EXCL
        os.close(os.open(self, flags, mode))

    def unlink(self, missing_ok=False):
        """Takes a file or a link away."""
        try:
            os.unlink(self)
        except FileNotFoundError:
            if not missing_ok:
                raise

    def rename(self, target):
        """Gives the file another path, and returns that."""
        os.rename(self, target)
        return self.with_segments(target)

    def replace(self, target):
        """The same; a file that is there goes."""
        os.replace(self, target)
        return self.with_segments(target)

    def chmod(self, mode, *, follow_symlinks=True):
        """Sets who may do what."""
        os.chmod(self, mode, follow_symlinks=follow_symlinks)

    def lchmod(self, mode):
        """The same for a link itself."""
        self.chmod(mode, follow_symlinks=False)

    def symlink_to(self, target, target_is_directory=False):
        """Makes this path a symbolic link to another."""
        os.symlink(target, self, target_is_directory)

    def hardlink_to(self, target):
        """Makes this path another name of a file."""
        os.link(target, self)

    def readlink(self):
        """Where a symbolic link leads."""
        return self.with_segments(os.readlink(self))

    # The same path, put in other words

    def absolute(self):
        """The path from the root on; links and `..` stay."""
        if self.is_absolute():
            return self
        return self.with_segments(os.getcwd(), self)

    def resolve(self, strict=False):
        """The path from the root on, without links and `..`."""
        return self.with_segments(os.path.realpath(self, strict=strict))

    def expanduser(self):
        """The path with `~` and `~user` replaced by the folder of the user."""
        if self.root or not self._tail or not self._tail[0].startswith('~'):
            return self
        home = posixpath.expanduser(self._tail[0])
        if home.startswith('~'):
            raise RuntimeError('Could not determine home directory.')
        return self.with_segments(home, *self._tail[1:])


class PosixPath(Path, PurePosixPath):
    """A path of this system."""
