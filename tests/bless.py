#!/usr/bin/env python3
"""Make the golden outputs of the test programs with CPython 3.13, the oracle.

    bless.py                 write every missing or changed .out
    bless.py generators/     only programs whose path contains this text
    bless.py --check         write nothing; exit 1 when a golden is missing, stale or unstable
    bless.py --run COIL generators/
                             run them with this interpreter instead and show how it differs

It also writes the blocks of output in the book.

A program is `tests/programs/<area>/<name>.py`, or a folder `<area>/<name>/`
with a `main.py` (the other files in it are what the program imports), or
`samples/<name>.py`.  Its golden is the file beside it that ends in `.out`:

    what it wrote to stdout
    --- stderr              only when it wrote something there
    ...                     paths cut to the file name, addresses to 0x...
    --- exit N              only when N is not 0

A program runs in an empty directory of its own, with hash seed 0, and its
stdin is `<name>.in` or empty.  Each runs twice: different outputs are an
error, because a golden that depends on chance is worth nothing.

A program whose first line is `# python: 3.8` runs under CPython 3.8, and under
Coil with `--python 3.8`; one that begins with `# oracle: 3.8` has its golden
from CPython 3.8, and Coil runs it as it runs every program. One that begins with
`# needs: aiohttp` uses a package of which Coil has its own; its golden is left
alone where the oracle cannot import the package.

The oracle is $COIL_ORACLE, or the first CPython 3.13 on PATH or in pyenv.
Its standard library is Python, ours is partly Rust: keep its frames out of
goldens by not letting exceptions that pass through it escape.
"""
import argparse
import concurrent.futures
import difflib
import functools
import glob
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

TESTS = pathlib.Path(__file__).resolve().parent
ROOT = TESTS.parent
VERSION = "3.13"


@functools.cache
def find_oracle(version=VERSION):
    """The path of a CPython of a version, by default the one we target."""
    asked = os.environ.get("COIL_ORACLE") if version == VERSION else None
    pyenv = os.environ.get("PYENV_ROOT", os.path.expanduser("~/.pyenv"))
    candidates = [asked] if asked else [
        shutil.which(f"python{version}"),
        shutil.which("python3"),
        *sorted(glob.glob(f"{pyenv}/versions/{version}.*/bin/python3"), reverse=True),
    ]
    ask = "import sys; print(sys.implementation.name, '%d.%d' % sys.version_info[:2])"
    for path in filter(None, candidates):
        try:
            answer = subprocess.run([path, "-c", ask], capture_output=True, text=True)
        except OSError:
            continue
        if answer.stdout.split() == ["cpython", version]:
            return path
    sys.exit(f"bless.py: no CPython {version} found; set COIL_ORACLE to one")


def programs():
    """Every program with a golden, as paths below the root."""
    found = []
    for area in sorted((TESTS / "programs").iterdir()):
        if area.is_dir():
            found += sorted(area.glob("*.py")) + sorted(area.glob("*/main.py"))
    return found + sorted((ROOT / "samples").glob("*.py"))


def cut_folders(text):
    """Cut the folders, which differ from machine to machine, from where tracebacks show files."""
    text = re.sub(r'File "[^"\n]*/([^"/\n]+)"', r'File "\1"', text)
    text = re.sub(r"(?m)^/[^\s\"]*/([^\"/\s]+\.py):(\d+): (\w*Warning:)", r"\1:\2: \3", text)
    return re.sub(r"(cannot import name '\w+' from '[\w.]+') \([^)\n]*\)", r"\1 (...)", text)


def header(program, key):
    """What the first line asks for: `# python: 3.8`."""
    with program.open(encoding="utf-8") as file:
        name, colon, value = file.readline().lstrip("# ").partition(": ")
    return value.strip() if colon and name == key else None


def bless_one(program):
    """What the oracle says, twice."""
    oracle = find_oracle(header(program, "python") or header(program, "oracle") or VERSION)
    needs = header(program, "needs")
    if needs and subprocess.run([oracle, "-c", f"import {needs}"], capture_output=True).returncode:
        golden = program.with_suffix(".out").read_text("utf-8")
        return program, golden, golden
    return program, run(oracle, program), run(oracle, program)


def run(interpreter, program):
    """What the program's golden holds when this interpreter runs it."""
    stdin = program.with_suffix(".in")
    env = {"PATH": os.environ.get("PATH", ""), "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1",
           "PYTHONIOENCODING": "utf-8", "PYTHON_COLORS": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"}
    if version := header(program, "python"):
        env["COIL_PYTHON"] = version
    with tempfile.TemporaryDirectory() as scratch:
        done = subprocess.run([interpreter, str(program)], cwd=scratch, env=env, timeout=60,
                              input=stdin.read_bytes() if stdin.exists() else b"", capture_output=True)
    text = cut_folders(done.stdout.decode("utf-8", "backslashreplace"))
    stderr = cut_folders(done.stderr.decode("utf-8", "backslashreplace"))
    stderr = re.sub(r"\b0x[0-9a-f]{6,}", "0x...", stderr)
    if (stderr or done.returncode) and text and not text.endswith("\n"):
        text += "\n"
    if stderr:
        text += "--- stderr\n" + stderr
    if done.returncode:
        text += f"--- exit {done.returncode}\n"
    return text


def book_goldens(oracle):
    """The chapters of the book, each block of text after a block of Python replaced by what that prints."""
    def printed(match):
        with tempfile.TemporaryDirectory() as scratch:
            program = pathlib.Path(scratch, "block.py")
            program.write_text(match[2], "utf-8")
            text = run(oracle, program)
        if "--- stderr" in text:
            sys.exit(f"bless.py: a block of the book fails:\n{match[2]}{text}")
        return f"{match[1]}{match[2]}{match[3]}{text}{match[5]}"

    for chapter in sorted((ROOT / "book" / "src").rglob("*.md")):
        text = chapter.read_text("utf-8")
        yield chapter, re.sub(r"(?m)^(```python\n)((?:(?!```).*\n)*)(```\n\n```text\n)((?:(?!```).*\n)*)(```)$", printed, text)


def headings(program):
    """The lines `# key: value` that a program of tests/diagnostics begins with."""
    found = {}
    for line in program.read_text("utf-8").splitlines():
        if not line.startswith("# "):
            break
        key, colon, value = line[2:].partition(": ")
        if colon:
            found[key] = value.strip()
    return found


def cut_library(text, folder):
    """Leave out the entries of tracebacks that lie outside of a folder, and where in the library something is."""
    text = re.sub(r"/\S*/lib/python3\.\d+/\S+?\.py:\d+", "<library>", text)
    kept, cut = [], False
    for line in text.splitlines(keepends=True):
        # Tracebacks of groups have a margin.
        bare = re.sub(r"^ *\| ", "", line)
        if bare.startswith('  File "'):
            cut = folder not in bare and not bare.startswith('  File "<string>')
        elif bare.startswith("<library>: "):
            kept.append(line)
            cut = True
            continue
        elif not bare.startswith("    ") and not (cut and kept[-1].startswith("<library>: ") and bare.startswith("  ")):
            cut = False
        if not cut:
            kept.append(line)
    return "".join(kept)


def diagnostics(filters):
    """The programs of tests/diagnostics with what CPython writes to standard error."""
    for program in sorted((TESTS / "diagnostics").glob("*.py")):
        wanted = headings(program)
        is_chosen = not filters or any(f in str(program.relative_to(ROOT)) for f in filters)
        if wanted.get("plain") == "none" or not is_chosen:
            continue
        oracle = find_oracle(wanted.get("python", VERSION))
        env = {"PATH": os.environ.get("PATH", ""), "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1",
               "PYTHONIOENCODING": "utf-8", "PYTHON_COLORS": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"}
        with tempfile.TemporaryDirectory() as scratch:
            name = wanted.get("name", program.name)
            pathlib.Path(scratch, name).write_bytes(program.read_bytes())
            path = os.path.join(scratch, name)
            done = subprocess.run([oracle, path], cwd=scratch, env=env, timeout=60, input=b"", capture_output=True)
            text = cut_library(done.stderr.decode("utf-8", "backslashreplace"), scratch).replace(scratch + "/", "")
        yield program.with_suffix(".plain.txt"), re.sub(r"\b0x[0-9a-f]{6,}", "0x...", text)


def compare(interpreter, chosen):
    """Run another interpreter over the programs; show what differs from the goldens."""
    def outcome(program):
        try:
            return program, run(interpreter, program)
        except subprocess.TimeoutExpired:
            return program, "did not end\n"

    failed = 0
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for program, text in pool.map(outcome, chosen):
            golden = program.with_suffix(".out").read_text("utf-8")
            if text != golden:
                failed += 1
                print(f"==== {program.relative_to(ROOT)}")
                diff = difflib.unified_diff(golden.splitlines(), text.splitlines(), "wanted", "got", "", "", 1, "")
                print("\n".join(list(diff)[2:22]))
    print(f"{len(chosen)} programs, {failed} differ")
    return 1 if failed else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("filter", nargs="*", help="only programs whose path contains one of these texts")
    parser.add_argument("--check", action="store_true", help="compare only")
    parser.add_argument("--run", metavar="COIL", help="compare what this interpreter does with the goldens")
    args = parser.parse_args()
    chosen = [p for p in programs()
              if not args.filter or any(f in str(p.relative_to(ROOT)) for f in args.filter)]
    if args.run:
        return compare(os.path.abspath(args.run), chosen)
    oracle = find_oracle()

    bad = changed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        outputs = pool.map(bless_one, chosen)
        for program, text, again in outputs:
            name, golden = program.relative_to(ROOT), program.with_suffix(".out")
            if text != again:
                print(f"unstable {name}: two runs differ")
                bad += 1
            elif str(ROOT) in text or os.path.dirname(os.path.dirname(oracle)) in text:
                print(f"path     {name}: its output names a folder of this machine")
                bad += 1
            elif not text.strip():
                print(f"silent   {name}: prints nothing")
                bad += 1
            elif not golden.exists() or golden.read_text("utf-8") != text:
                print(f"{'stale   ' if args.check else 'blessed '} {name}")
                changed += 1
                if not args.check:
                    golden.write_text(text, "utf-8")
    for golden, text in diagnostics(args.filter):
        if not golden.exists() or golden.read_text("utf-8") != text:
            print(f"{'stale   ' if args.check else 'blessed '} {golden.relative_to(ROOT)}")
            changed += 1
            if not args.check:
                golden.write_text(text, "utf-8")
    if not args.filter:
        for golden, text in book_goldens(oracle):
            if not golden.exists() or golden.read_text("utf-8") != text:
                print(f"{'stale   ' if args.check else 'blessed '} {golden.relative_to(ROOT)}")
                changed += 1
                if not args.check:
                    golden.write_text(text, "utf-8")
        wanted = {p.with_suffix(".out") for p in programs()}
        for golden in [*(TESTS / "programs").rglob("*.out"), *(ROOT / "samples").glob("*.out")]:
            if golden not in wanted:
                print(f"orphan   {golden.relative_to(ROOT)}: no program beside it")
                bad += 1
    print(f"{len(chosen)} programs, {changed} {'stale' if args.check else 'blessed'}, {bad} bad")
    return 1 if bad or (args.check and changed) else 0


if __name__ == "__main__":
    sys.exit(main())
