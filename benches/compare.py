#!/usr/bin/env python3
"""Compare Coil with a CPython, program by program.

    python3 benches/compare.py --coil target/release/coil --python python3
    python3 benches/compare.py --coil target/release/coil --python python3 gen_ coro_

Every program of benches/programs prints a checksum, which both must agree on.
The two take turns (A B A B ...), because a machine's speed drifts; compared is
the median of the CPU time, user and system, of the child process.  A ratio of
2.0 means that Coil needs half of CPython's time; `<` marks what is slower than
CPython.  The geometric means are per group: what this project is about, and
the rest.

After the programs: memory of a suspended generator (the slope between 1e5 and
1e6 of them, so that the interpreter itself does not count), start-up, and the
time to compile a file of 20,000 lines.
"""
import argparse
import math
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading

PROGRAMS = pathlib.Path(__file__).resolve().parent / "programs"
GROUPS = {"generators and coroutines": ("gen_", "coro_"), "asyncio": ("asyncio_",), "threads": ("thread_",),
          "everything else": ("",)}

GENERATORS = """\
def suspended(a):
    b = a
    yield b
kept = [None] * {count}
for i in range({count}):
    kept[i] = g = suspended(i)
    next(g)
print(len(kept))
"""

FUNCTION = """\
def function_{n}(a, b={n}, *args, key=None):
    total = a + b * {n}
    for i, x in enumerate(args):
        if x % 2 == 0 and i != {n}:
            total += x if key is None else key(x)
        elif x > {n}:
            total -= [y for y in range(x)][-1]
    try:
        yield f"{{total}} of {n}"
    except ValueError as error:
        return {{"error": str(error), "n": {n}}}
"""


def once(interpreter, arguments, timeout=120):
    """CPU seconds and peak memory in KiB of one run, and what it printed; or None, None and what went wrong."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        child = subprocess.Popen([interpreter, *arguments], stdin=subprocess.DEVNULL, stdout=out, stderr=err)
        alarm = threading.Timer(timeout, child.kill)
        alarm.start()
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        alarm.cancel()
        out.seek(0)
        err.seek(0)
        if child.returncode:
            said = err.read().strip().splitlines()
            return None, None, said[-1] if said else f"ended with {child.returncode}"
        return usage.ru_utime + usage.ru_stime, usage.ru_maxrss, out.read()


def in_turn(interpreters, arguments, rounds):
    """Median CPU seconds of each interpreter, or a text that says what went wrong."""
    times = [[] for _ in interpreters]
    outputs = [None for _ in interpreters]
    for _ in range(rounds):
        for i, interpreter in enumerate(interpreters):
            seconds, _, outputs[i] = once(interpreter, arguments)
            if seconds is None:
                return f"{os.path.basename(interpreter)}: {outputs[i]}"
            times[i].append(seconds)
    if len(set(outputs)) > 1:
        return f"different results: {outputs}"
    return [statistics.median(t) for t in times]


def report(name, times):
    """Print one line; give the ratio."""
    if isinstance(times, str):
        print(f"{name:28} {times}", flush=True)
        return None
    coil, python = times
    ratio = python / max(coil, 1e-6)
    print(f"{name:28} {coil:8.3f} {python:8.3f} {ratio:8.2f} {'<' if ratio < 1 else ''}", flush=True)
    return ratio


def mean(ratios):
    return math.exp(sum(map(math.log, ratios)) / len(ratios))


def compare_programs(interpreters, chosen, rounds):
    print(f"{'program':28} {'coil s':>8} {'python s':>8} {'ratio':>8}")
    failed = []
    programs = [p for p in sorted(PROGRAMS.glob("*.py")) if not chosen or any(c in p.name for c in chosen)]
    taken = set()
    for group, prefixes in GROUPS.items():
        ratios = []
        for program in programs:
            if program in taken or not program.name.startswith(prefixes):
                continue
            taken.add(program)
            ratio = report(program.stem, in_turn(interpreters, [str(program)], rounds))
            ratios.append(ratio) if ratio else failed.append(program.stem)
        if ratios:
            slower = sum(r < 1 for r in ratios)
            print(f"{'geometric mean':28} {'':8} {'':8} {mean(ratios):8.2f}   {group}: {len(ratios)} programs, "
                  f"{slower} slower than CPython\n")
    return failed


def memory_per_generator(interpreter, folder):
    """Bytes of one suspended generator with two local variables."""
    peaks = []
    for count in 100_000, 1_000_000:
        path = folder / f"generators_{count}.py"
        path.write_text(GENERATORS.format(count=count))
        _, peak, _ = once(interpreter, [str(path)])
        if peak is None:
            return None
        peaks.append(peak)
    return (peaks[1] - peaks[0]) * 1024 / 900_000 - 8  # 8: its slot in the list


def big_file(folder):
    """A file of 20,000 lines; running it defines functions and calls none."""
    path = folder / "twenty_thousand_lines.py"
    lines = FUNCTION.count("\n")
    path.write_text("".join(FUNCTION.format(n=n) for n in range(20_000 // lines)) + "print('compiled')\n")
    return path


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--coil", default="target/release/coil", help="the Coil to measure (a release build)")
    parser.add_argument("--python", default="python3", help="the CPython to compare with")
    parser.add_argument("--rounds", type=int, default=5, help="turns per program (default 5)")
    parser.add_argument("only", nargs="*", help="only programs whose name contains one of these")
    args = parser.parse_args()
    interpreters = [shutil.which(args.coil), shutil.which(args.python)]
    for asked, found in zip((args.coil, args.python), interpreters):
        if not found:
            parser.error(f"cannot run {asked}")
    interpreters = [os.path.abspath(i) for i in interpreters]
    version = subprocess.run([interpreters[1], "-V"], capture_output=True, text=True).stdout.strip()
    print(f"against {version}; median of {args.rounds} runs\n")

    failed = compare_programs(interpreters, args.only, args.rounds)
    if not args.only:
        with tempfile.TemporaryDirectory() as scratch:
            folder = pathlib.Path(scratch)
            report("start-up (-c pass)", in_turn(interpreters, ["-c", "pass"], args.rounds * 4))
            report("compile 20,000 lines", in_turn(interpreters, [str(big_file(folder))], args.rounds))
            sizes = [memory_per_generator(i, folder) for i in interpreters]
            shown = ["failed" if s is None else f"{s:.0f}" for s in sizes]
            ratio = f"{sizes[1] / sizes[0]:8.2f}" if all(sizes) else ""
            print(f"{'bytes per generator':28} {shown[0]:>8} {shown[1]:>8} {ratio}")
    if failed:
        print("\nfailed:", " ".join(failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
