"""Tokens with their kinds and places: indentation, line ends, continued lines, parts of f-strings."""
import io
import tokenize

SOURCE = '''\
# comment
def f(a, *, b=0x_1f):
    if a:  # why
        return {'k': b"x" rb'y'}

    # late
    text = f"a{b!r:>{width}}c{{d}}{a=}" \\
        + """two
lines"""
    return (a,
            1.5e-3j, ...)
x: int = y if (n := 3) != 4 else ~z
'''
for token in tokenize.generate_tokens(io.StringIO(SOURCE).readline):
    print(token.start, token.end, tokenize.tok_name[token.exact_type], repr(token.string))
print(next(tokenize.tokenize(io.BytesIO(b"# coding: latin-1\nx").readline)))
for wrong in ("x = (1,\n", "  a\n b\n", "'open\n", "f'{a"):
    try:
        list(tokenize.generate_tokens(io.StringIO(wrong).readline))
    except (tokenize.TokenError, IndentationError) as error:
        print(type(error).__name__, error.args[0].split(" (")[0])
print(tokenize.untokenize(tokenize.generate_tokens(io.StringIO(SOURCE).readline)) == SOURCE)
