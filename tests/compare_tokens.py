"""Compare Coil's tokens with CPython's over many files.

    python3.13 tests/compare_tokens.py path/to/tokens-example folder-or-file...

Prints the first difference of each file that has one. Files that CPython cannot tokenize are skipped, and so are files
that are not UTF-8.
"""

import os
import subprocess
import sys
import tokenize

PLACELESS = {"NEWLINE", "INDENT", "DEDENT", "ENDMARKER"}
SKIPPED = {"ENCODING", "COMMENT", "NL"}


def files(arguments):
    for argument in arguments:
        if os.path.isfile(argument):
            yield argument
        for folder, _, names in os.walk(argument):
            for name in sorted(names):
                if name.endswith(".py"):
                    yield os.path.join(folder, name)


def expected(path):
    with open(path, "rb") as file:
        for token in tokenize.tokenize(file.readline):
            kind = tokenize.tok_name[token.type]
            if kind in SKIPPED or kind == "FSTRING_MIDDLE" and not token.string:
                continue
            if kind in PLACELESS:
                yield kind
            else:
                yield "%s %d %d %d %d" % (kind, *token.start, *token.end)


def main():
    program, *arguments = sys.argv[1:]
    compared = different = skipped = 0
    paths = list(files(arguments))
    for chunk in (paths[i:i + 100] for i in range(0, len(paths), 100)):
        output = subprocess.run([program, *chunk], capture_output=True, text=True, check=True).stdout
        for part in output.split("== ")[1:]:
            path, *found = part.rstrip("\n").split("\n")
            try:
                wanted = list(expected(path))
            except (SyntaxError, tokenize.TokenError, UnicodeDecodeError):
                skipped += 1
                continue
            if found and found[0].startswith("unreadable"):
                skipped += 1
                continue
            compared += 1
            if found != wanted:
                different += 1
                at = next((i for i, pair in enumerate(zip(found, wanted)) if pair[0] != pair[1]), -1)
                print(f"{path}: token {at}: found {found[at]!r}, expected {wanted[at]!r} ({len(found)}/{len(wanted)})")
    print(f"{compared} compared, {different} different, {skipped} skipped")
    return different > 0


if __name__ == "__main__":
    sys.exit(main())
