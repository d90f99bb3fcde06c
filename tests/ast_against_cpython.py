#!/usr/bin/env python3
"""Compares Coil's syntax trees with CPython's, file by file.

    tests/ast_against_cpython.py --coil target/release/coil [FILE_OR_FOLDER ...]

Every `.py` file beneath the folders (by default, the standard library of the CPython 3.13 that is found, its tests
included) is parsed by both, by Coil as `coil ast FILE`. The trees must be equal as text, positions included, and both
must refuse the same files. CPython 3.13 is the interpreter that runs this script, or `python3.13` on the path, or
$COIL_CPYTHON; without one the script says so and succeeds.

    python3.13 tests/ast_against_cpython.py --bless

rewrites the answers of the fixtures in `tests/syntax`.
"""

import argparse
import ast
import os
import re
import shlex
import shutil
import subprocess
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor

WORKER = "--worker"


def find_cpython():
    candidates = [os.environ.get("COIL_CPYTHON"), sys.executable, shutil.which("python3.13")]
    for candidate in filter(None, candidates):
        question = "import sys; print(sys.implementation.name, *sys.version_info[:2])"
        answer = subprocess.run([candidate, "-c", question], capture_output=True, text=True)
        if answer.stdout.split() == ["cpython", "3", "13"]:
            return candidate
    return None


def tree_of(path):
    """CPython's answer for one file: the form that `--coil` gives, too."""
    with open(path, "rb") as file:
        return answer_of(file.read())


def compiler_answer_of(source):
    """What is wrong with a source whose grammar is right."""
    return answer_of(source, lambda source: compile(source, "<test>", "exec") and "compiles")


def answer_of(source, process=lambda source: ast.dump(ast.parse(source), include_attributes=True)):
    try:
        return process(source)
    except SyntaxError as error:
        place = error.lineno, error.offset, error.end_lineno, error.end_offset
        return f"{type(error).__name__}: {error.msg} ({', '.join(map(str, place))})"
    except Exception as error:
        return f"{type(error).__name__}: {error} (no place)"


def worker():
    """Answers paths with trees, as the other side does."""
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(100_000)
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    for line in sys.stdin:
        print(tree_of(line.rstrip("\n")), flush=True)


def is_refusal(answer):
    return re.match(r"\w+Error: ", answer) is not None


class Answers:
    """A CPython that is given paths and gives trees."""

    def __init__(self, command):
        self.command = command
        self.start()

    def start(self):
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def ask(self, path):
        try:
            self.process.stdin.write(os.fsencode(path) + b"\n")
            self.process.stdin.flush()
            answer = self.process.stdout.readline()
        except BrokenPipeError:
            answer = b""
        if not answer:
            code = self.process.wait()
            self.start()
            return f"crashed, exit code {code}"
        return answer.decode("utf-8", "replace").rstrip("\n")

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def coil_answer(coil, path):
    """What `coil ast` says of a file, in the form that `answer_of` has, without the place of an error."""
    done = subprocess.run([*coil, "ast", path], capture_output=True)
    if done.returncode == 0:
        return done.stdout.decode("utf-8", "replace").rstrip("\n")
    error = done.stderr.decode("utf-8", "replace").strip()
    refusal = re.search(r"(?m)^coil: .*?: (\w+Error: .*)$", error)
    if done.returncode == 1 and refusal:
        return refusal[1]
    return f"crashed, exit code {done.returncode}: {error[-200:]}"


def compare(paths, coil, cpython):
    """Sorts the files by outcome."""
    cpython = Answers(cpython)
    outcomes = []
    for path in paths:
        ours, theirs = coil_answer(coil, path), cpython.ask(path)
        if is_refusal(theirs):
            theirs = theirs.rpartition(" (")[0]
        if ours == theirs:
            outcome = "refused alike" if is_refusal(theirs) else "equal"
        elif is_refusal(ours) and is_refusal(theirs):
            outcome = "refused, worded differently"
        elif is_refusal(ours):
            outcome = "refused by Coil only"
        elif is_refusal(theirs):
            outcome = "refused by CPython only"
        else:
            outcome = "different trees"
        outcomes.append((outcome, path, ours, theirs))
    cpython.close()
    return outcomes


def python_files(roots):
    for root in roots:
        if os.path.isfile(root):
            yield root
        for folder, folders, files in os.walk(root):
            folders.sort()
            yield from (os.path.join(folder, name) for name in sorted(files) if name.endswith(".py"))


def bless(folder):
    """Rewrites the answers of the fixtures in `tests/syntax`."""
    warnings.simplefilter("ignore")
    for path in python_files([os.path.join(folder, "ok")]):
        with open(path.removesuffix(".py") + ".txt", "w", encoding="utf-8") as answers:
            print(tree_of(path), file=answers)
    for errors, answer in [("err", answer_of), ("compile", compiler_answer_of)]:
        errors = os.path.join(folder, errors)
        for name in sorted(os.listdir(errors)):
            with open(os.path.join(errors, name), encoding="utf-8") as cases:
                sources = [line.rstrip("\n") for line in cases if not line.startswith("    ")]
            with open(os.path.join(errors, name), "w", encoding="utf-8") as cases:
                for source in sources:
                    text = source.replace("\\n", "\n").replace("\\t", "\t") + "\n"
                    cases.write(f"{source}\n    {answer(text.encode())}\n")


def first_difference(ours, theirs):
    at = next((i for i, (a, b) in enumerate(zip(ours, theirs)) if a != b), min(len(ours), len(theirs)))
    start = max(0, at - 60)
    return f"      Coil    ...{ours[start:at + 100]}\n      CPython ...{theirs[start:at + 100]}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--coil", required=True, help="the command to compare, e.g. target/release/coil")
    parser.add_argument("--show", type=int, default=20, help="how many disagreements to print")
    parser.add_argument("--strict", action="store_true", help="the wording of refusals must be equal, too")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("roots", nargs="*")
    options = parser.parse_args()
    cpython = find_cpython()
    if cpython is None:
        print("skipped: no CPython 3.13 found")
        return 0
    if not options.roots:
        where = subprocess.run([cpython, "-c", "import os; print(os.path.dirname(os.__file__))"],
                               capture_output=True, text=True)
        options.roots = [where.stdout.strip()]
    paths = list(python_files(options.roots))
    jobs = max(1, options.jobs)
    coil_command = shlex.split(options.coil)
    cpython_command = [cpython, os.path.abspath(__file__), WORKER]
    outcomes = []
    with ThreadPoolExecutor(jobs) as pool:
        parts = [paths[start::jobs] for start in range(jobs)]
        for part in pool.map(lambda part: compare(part, coil_command, cpython_command), parts):
            outcomes += part
    counts = {}
    for outcome, *_ in outcomes:
        counts[outcome] = counts.get(outcome, 0) + 1
    print(f"{len(paths)} files: " + ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items())))
    agreed = {"equal", "refused alike"}
    if not options.strict:
        agreed.add("refused, worded differently")
    disagreements = sorted(item for item in outcomes if item[0] not in agreed)
    for outcome, path, ours, theirs in disagreements[:options.show]:
        print(f"  {outcome}: {path}")
        print(first_difference(ours, theirs))
    return 1 if disagreements else 0


if __name__ == "__main__":
    if sys.argv[1:] == [WORKER]:
        worker()
    elif sys.argv[1:] == ["--bless"]:
        bless(os.path.join(os.path.dirname(os.path.abspath(__file__)), "syntax"))
    else:
        sys.exit(main())
