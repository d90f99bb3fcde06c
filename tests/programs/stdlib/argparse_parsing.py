"""Command lines through argparse: namespaces, errors, help."""
import argparse
import contextlib
import io
import os

os.environ["COLUMNS"] = "80"


def run(parser, *lines, method="parse_args"):
    for line in lines:
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                result = getattr(parser, method)(line.split())
            except SystemExit as error:
                result = f"exit {error.code}"
            except (argparse.ArgumentError, TypeError) as error:
                result = f"{type(error).__name__}: {error}"
        print(repr(line), "->", result)
        for text in (out.getvalue(), err.getvalue()):
            if text:
                print(text, end="")


p = argparse.ArgumentParser(prog="prog", description="What it does.", epilog="The end.")
p.add_argument("file")
p.add_argument("rest", nargs="*", help="the others")
p.add_argument("-v", "--verbose", action="count", default=0, help="say more")
p.add_argument("-n", "--number", type=int, default=3, metavar="N", help="a number (default: %(default)s)")
p.add_argument("--flag", action="store_true")
p.add_argument("--no-flag", dest="flag", action="store_false")
p.add_argument("--choice", choices=["red", "green"], help="one of %(choices)s")
p.add_argument("--pair", nargs=2, metavar=("A", "B"))
p.add_argument("--maybe", nargs="?", const="const", default="default")
p.add_argument("--many", nargs="+")
p.add_argument("--list", action="append")
p.add_argument("--ext", action="extend", nargs="*")
p.add_argument("--const", action="store_const", const=42)
p.add_argument("--acc", action="append_const", const="x")
p.add_argument("--bool", action=argparse.BooleanOptionalAction, help="yes or no")
p.add_argument("--version", action="version", version="%(prog)s 1.0")
p.add_argument("--a-very-long-option-name-indeed", help="words " * 20)
run(
    p,
    "a", "", "a b c", "-v -vv a", "-n 5 a", "-n5 a", "--number=5 a", "--num 5 a", "-n x a", "--n 3 a",
    "--flag a", "--no-flag a", "--choice red a", "--choice blue a", "--pair 1 2 a", "--pair 1", "--maybe",
    "--maybe x a", "a --maybe", "a --many 1 2 3", "--many", "a --list 1 --list 2", "a --ext 1 2 --ext 3",
    "a --const --acc --acc", "a --bool", "a --no-bool", "--version", "-h", "--nope a", "-x a", "a -- -b --c",
    "-- a", "a --flag=1", "-vn3 a", "-vx a", "a --ver", "-5", "a -n -5",
)
run(p, "a --nope 1 -z", "a b -v c", method="parse_known_args")
run(p, "a -v b c --flag d", "-v a --nope b", method="parse_intermixed_args")
print(p.format_usage())
print(p)

q = argparse.ArgumentParser(prog="git")
q.add_argument("--top", action="store_true")
s = q.add_subparsers(dest="command", required=True, help="what to do", title="commands", description="many")
add = s.add_parser("add", help="adds", aliases=["a"])
add.add_argument("path", nargs="+")
add.add_argument("-f", "--force", action="store_true")
com = s.add_parser("commit", help="commits", description="Commit things.")
com.add_argument("-m", metavar="MSG", required=True)
com.set_defaults(func=len)
run(q, "", "add x y", "a x -f", "commit", "commit -m hi", "--top add x", "nope", "add", "-h", "commit -h", "add x --what")

g = argparse.ArgumentParser(prog="g")
m = g.add_mutually_exclusive_group(required=True)
m.add_argument("--one", action="store_true")
m.add_argument("--two")
grp = g.add_argument_group("special", "things that are special")
grp.add_argument("--three", help=argparse.SUPPRESS)
grp.add_argument("--four", type=float)
o = g.add_mutually_exclusive_group()
o.add_argument("-q", action="store_true")
o.add_argument("pos", nargs="?", default="d")
run(g, "--one", "--two 2", "--one --two 2", "", "--one -q", "--one -q x", "--one x", "--four 1.5 --one", "--four y --one", "-h")

class Upper(argparse.Action):
    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, (option_string, values.upper()))


def even(text):
    value = int(text)
    if value % 2:
        raise argparse.ArgumentTypeError(f"{text} is odd")
    return value


base = argparse.ArgumentParser(add_help=False)
base.add_argument("--base", default="b")
c = argparse.ArgumentParser(
    prog="c", parents=[base], formatter_class=argparse.ArgumentDefaultsHelpFormatter, exit_on_error=False,
    allow_abbrev=False, argument_default="dflt", usage="%(prog)s [things]",
)
c.add_argument("--up", action=Upper)
c.add_argument("--even", type=even, default="4", help="an even number")
c.add_argument("cmd", nargs=argparse.REMAINDER)
run(c, "", "--up x", "--even 3", "--even 2", "--ev 2", "-h", "x --up y", "--base q z -z")
r = argparse.ArgumentParser(prog="r", formatter_class=argparse.RawDescriptionHelpFormatter, description="one\n  two\n", prefix_chars="-+")
r.add_argument("+x", "++ex", type=int)
r.add_argument("-12", dest="twelve", action="store_true")
run(r, "+x 3", "-12", "++ex=4", "-h", "+x -3")
w = argparse.ArgumentParser(prog="program-with-a-long-name")
for name in ["alpha", "beta", "gamma", "delta", "epsilon"]:
    w.add_argument(f"--{name}", metavar=name.upper() * 2)
w.add_argument("one", nargs="+")
w.add_argument("two")
print(w.format_help())
for make in [
    lambda: argparse.ArgumentParser().add_argument("x", required=True),
    lambda: argparse.ArgumentParser().add_argument("-x", action="nope"),
    lambda: argparse.ArgumentParser().add_argument("-x", type="int"),
    lambda: argparse.ArgumentParser().add_argument("-x", nargs=0),
    lambda: argparse.ArgumentParser().add_argument("-h"),
    lambda: argparse.ArgumentParser().add_argument("-x", nargs=2, metavar=("a",)),
    lambda: argparse.ArgumentParser().add_argument("--", "x"),
    lambda: argparse.ArgumentParser().add_argument("-x", const=1),
]:
    try:
        make()
    except Exception as error:
        print(type(error).__name__, error)
n = argparse.Namespace(a=1, **{"b c": 2})
print(n, n == argparse.Namespace(a=1, **{"b c": 2}), "a" in n, vars(n))
print(argparse.FileType("w", encoding="utf-8"))
print(p.get_default("number"), p.get_default("nope"))
