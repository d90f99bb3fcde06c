# Paths that are only looked at, and paths of files in the folder of the program.
import os
import pickle
from pathlib import Path, PurePath, PurePosixPath


def show(call):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)


p = PurePosixPath('/usr/./lib//python3.13/site.tar.gz')
print(p, repr(p), p.parts, p.name, p.stem, p.suffix, p.suffixes, p.root, p.anchor, p.drive, p.parent)
print(list(p.parents), p.parents[0], p.parents[-1], len(p.parents), p.parents[1:3])
show(lambda: p.parents[9])
for text in ('', '.', '/', '//a', '///a', 'a/..', '..', '.hidden', 'a.', 'a.b.', 'x.tar.gz', '~', 'a/b/'):
    q = PurePath(text)
    print(repr(text), q, q.parts, q.name, q.suffix, q.suffixes, q.stem, q.parent, q.is_absolute())
print(PurePath('a', 'b', PurePath('c')), PurePath('a', '/b', 'c'), PurePath('a') / 'b' / 'c', 'x' / PurePath('y'))
show(lambda: PurePath('a') / 3)
show(lambda: PurePath(3))
show(lambda: PurePath(b'a'))
print(p.with_name('other'), p.with_suffix('.xz'), p.with_suffix(''), p.with_stem('base'), p.joinpath('..', 'x'))
show(lambda: PurePath('/').with_name('a'))
show(lambda: PurePath('a').with_name('b/c'))
show(lambda: PurePath('a').with_suffix('b'))
print(p.relative_to('/usr'), p.is_relative_to('/usr'), p.is_relative_to('/us'))
show(lambda: p.relative_to('/home'))
print(PurePath('/a/b').relative_to('/a/c', walk_up=True))
show(lambda: PurePath('a').relative_to('/a', walk_up=True))
print(PurePath('a') == PurePath('a/'), PurePath('a') < PurePath('b'), hash(PurePath('a/b')) == hash(PurePath('a//b')))
print(sorted([PurePath('b'), PurePath('a/c'), PurePath('a')]), PurePath('a') == 'a', {PurePath('x'): 1}[PurePath('./x')])
show(lambda: PurePath('a') < 'b')
print(p.as_posix(), p.as_uri(), os.fspath(p), bytes(p), isinstance(p, os.PathLike))
show(lambda: PurePath('a').as_uri())
print(Path.from_uri('file:///a%20b/c'), pickle.loads(pickle.dumps(p)) == p)
for pattern in ('*.py', 'b/*.py', '/a/b/*.py', 'a/*', '**/*.py', '*.PY', '/*.py'):
    q = PurePosixPath('/a/b/c.py')
    print(pattern, q.match(pattern), q.full_match(pattern))
print(PurePath('A.PY').match('*.py', case_sensitive=False), PurePath('a/b/c/d').full_match('a/**/d'))

here = Path('work')
print(here.exists(), here.is_dir())
(here / 'deep' / 'er').mkdir(parents=True)
show(lambda: here.mkdir())
here.mkdir(exist_ok=True)
show(lambda: (here / 'x' / 'y').mkdir())
file = here / 'notes.txt'
print(file.write_text('one\ntwo\n'), file.read_text(), file.stat().st_size, file.is_file(), file.exists())
print(file.write_bytes(b'\x00\x01'), file.read_bytes())
with file.open('a') as opened:
    print('more', file=opened)
print(file.read_bytes())
show(lambda: file.write_text(b'x'))
for name in ('b.py', 'a.py', 'deep/c.py', 'deep/er/d.py', '.hidden.py'):
    (here / name).touch()
show(lambda: (here / 'a.py').touch(exist_ok=False))
print(sorted(here.iterdir()))
print(sorted(map(str, here.glob('*.py'))), sorted(map(str, here.glob('**/*.py'))))
print(sorted(map(str, here.rglob('*.py'))) == sorted(map(str, here.glob('**/*.py'))))
print(sorted(map(str, here.rglob('*'))), sorted(map(str, here.glob('*/'))), sorted(map(str, here.glob('**'))))
print(sorted(map(str, here.glob('deep/*.py'))), sorted(map(str, here.glob('de*/er/*'))), list(here.glob('none/*')))
show(lambda: list(here.glob('/a')))
show(lambda: list(here.glob('')))
print([(str(path), sorted(folders), sorted(files)) for path, folders, files in here.walk()])
print([str(path) for path, _, _ in here.walk(top_down=False)])
link = here / 'link'
link.symlink_to('notes.txt')
print(link.is_symlink(), link.readlink(), link.samefile(file), link.resolve() == file.resolve())
moved = file.rename(here / 'moved.txt')
print(moved, file.exists(), link.exists(), link.exists(follow_symlinks=False))
print((here / 'a.py').replace(here / 'b.py'))
moved.unlink()
moved.unlink(missing_ok=True)
show(lambda: moved.unlink())
show(lambda: moved.read_text())
show(lambda: (here / 'deep').rmdir())
print(Path('a').absolute() == Path.cwd() / 'a', Path('x/../y').resolve() == Path.cwd() / 'y', Path('x/../y'))
print(repr(Path('.')), type(Path()).__name__, Path(__file__).name, [line for line in open(here / 'b.py')])
os.environ['HOME'] = '/home/somebody'
print(Path.home(), Path('~/x').expanduser(), Path('a/~').expanduser())
