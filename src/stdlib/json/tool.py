"""`python -m json.tool`: reads JSON and writes it so that people can read it.

Source: Library Reference "json", Command-line interface.
"""

import argparse
import json
import sys


def _arguments():
    parser = argparse.ArgumentParser(
        prog="python -m json.tool",
        description="A simple command line interface for json module to validate and pretty-print JSON objects.",
    )
    parser.add_argument("infile", nargs="?", help="a JSON file to be validated or pretty-printed", default="-")
    parser.add_argument("outfile", nargs="?", help="write the output of infile to outfile", default=None)
    parser.add_argument(
        "--sort-keys", action="store_true", default=False, help="sort the output of dictionaries alphabetically by key"
    )
    parser.add_argument(
        "--no-ensure-ascii", dest="ensure_ascii", action="store_false", help="disable escaping of non-ASCII characters"
    )
    parser.add_argument(
        "--json-lines",
        action="store_true",
        default=False,
        help="parse input using the JSON Lines format. Use with --no-indent or --compact to produce valid JSON Lines output.",
    )
    group = parser.add_mutually_exclusive_group()
    group.add_argument(
        "--indent",
        default=4,
        type=int,
        help="separate items with newlines and use this number of spaces for indentation",
    )
    group.add_argument(
        "--tab",
        action="store_const",
        dest="indent",
        const="\t",
        help="separate items with newlines and use tabs for indentation",
    )
    group.add_argument(
        "--no-indent",
        action="store_const",
        dest="indent",
        const=None,
        help="separate items with spaces rather than newlines",
    )
    group.add_argument(
        "--compact", action="store_true", help="suppress all whitespace separation (most compact)"
    )
    return parser.parse_args()


def _write(objects, out, options, compact):
    if compact:
        options.update(indent=None, separators=(",", ":"))
    for obj in objects:
        json.dump(obj, out, **options)
        out.write("\n")


def main():
    """Do what the command line asks for."""
    args = _arguments()
    options = {"sort_keys": args.sort_keys, "indent": args.indent, "ensure_ascii": args.ensure_ascii}
    try:
        infile = sys.stdin if args.infile == "-" else open(args.infile, encoding="utf-8")
        try:
            if args.json_lines:
                objects = [json.loads(line) for line in infile]
            else:
                objects = [json.load(infile)]
        finally:
            if infile is not sys.stdin:
                infile.close()
        # Only now, as it may be the file that was read.
        if args.outfile is None:
            _write(objects, sys.stdout, options, args.compact)
        else:
            with open(args.outfile, "w", encoding="utf-8") as out:
                _write(objects, out, options, args.compact)
    except ValueError as error:
        raise SystemExit(error)


if __name__ == "__main__":
    try:
        main()
    except BrokenPipeError as error:
        raise SystemExit(error.errno)
