"""Words as the shell cuts them, options as getopt reads them, paths that match patterns."""
import getopt
import glob
import os
import shlex

for text in ["a b c", "a 'b c' d", 'x "y \\" z"', "a\\ b", "it''s", "a#b", "a # b", "''", '"a"b', "a;b|c", "-x=1 --y", "'a", "a\\", '"a\\b"', "", "  ", "é ü", "a\nb"]:
    for keywords in ({}, {"posix": False}, {"comments": True}):
        try:
            print(repr(text), keywords, shlex.split(text, **keywords))
        except ValueError as error:
            print(repr(text), keywords, error)
    for punctuation in (False, True):
        try:
            print(list(shlex.shlex(text, posix=True, punctuation_chars=punctuation)))
        except ValueError as error:
            print(error)
lexer = shlex.shlex("a && b; c 'd e' # f\ng=1 ~/x/*.c", punctuation_chars=True)
print(list(lexer), lexer.lineno, lexer.error_leader("f"))
lexer = shlex.shlex("one two")
lexer.push_token("zero")
print(lexer.get_token(), lexer.get_token(), lexer.get_token(), repr(lexer.get_token()))
print([shlex.quote(s) for s in ("", "a", "a b", "it's", "$x", "é")], shlex.join(["a", "b c", "d'e"]))

for args, short, long in [
    ("-a -b val x y", "ab:", []), ("-abval x", "ab:", []), ("--foo=1 --bar x", "", ["foo=", "bar"]), ("--fo 1", "", ["foo="]), ("x -a", "a", []), ("-a -- -b", "ab", []), ("-c", "ab", []),
    ("-b", "ab:", []), ("--nope", "", ["foo"]), ("--f", "", ["foo", "fab"]), ("--foo=1", "", ["foo"]), ("--foo", "", ["foo="]), ("- -a", "a", []),
]:
    for function in (getopt.getopt, getopt.gnu_getopt):
        try:
            print(args, function(args.split(), short, long))
        except getopt.GetoptError as error:
            print(args, error, repr(error.opt))

for path in ["a.py", "b.txt", ".hidden", "sub/c.py", "sub/deep/d.py", "sub/.h/e.py", "[x].py"]:
    os.makedirs(os.path.dirname("tree/" + path), exist_ok=True)
    open("tree/" + path, "w").close()
for pattern in ["tree/*", "tree/*.py", "tree/**", "tree/**/*.py", "tree/s*/*", "tree/[[]x[]]*", "tree/a.py", "tree/none", "tree/*/", "tree/.*", "tree/**/"]:
    print(pattern, sorted(glob.glob(pattern)), sorted(glob.glob(pattern, recursive=True)), sorted(glob.glob(pattern, recursive=True, include_hidden=True)))
print(sorted(glob.glob("*.py", root_dir="tree")), glob.escape("a[b]*?"), glob.has_magic("a*"))
for pattern in ["*.py", "a/**/b?", "**", "[a]/x", "**/*"]:
    print(glob.translate(pattern), glob.translate(pattern, recursive=True), glob.translate(pattern, recursive=True, include_hidden=True))
