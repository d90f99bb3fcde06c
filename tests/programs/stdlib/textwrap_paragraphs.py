import textwrap

text = "The well-known quick brown fox jumps over the lazy dog, again and again -- and again."
print(textwrap.fill(text, 24, initial_indent="* ", subsequent_indent="  "))
print(textwrap.wrap("a verylongwordindeed b", 8), textwrap.wrap("a verylongwordindeed b", 8, break_long_words=False))
print(textwrap.shorten(text, 30), textwrap.shorten(text, 20, placeholder="..."))
print(repr(textwrap.dedent("""\
    one
      two

    three
""")))
print(repr(textwrap.indent("a\n\nb\n", "> ")), repr(textwrap.indent("a\n\n", "> ", lambda line: True)))
