import textwrap
text = "The quick brown fox jumps over the lazy dog, again and again."
print(textwrap.fill(text, 20)); print(textwrap.wrap(text, 30, initial_indent="* ", subsequent_indent="  "))
print(textwrap.shorten(text, 25), repr(textwrap.dedent("  a\n    b\n  c")), repr(textwrap.indent("a\n\nb", "> ")))
