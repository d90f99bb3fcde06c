# Cause: a string is UTF-8, which has no lone surrogates; they are kept as U+FE000 to U+FE7FF.
# CPython: '\U000fe000' False.
# Workaround: none is needed unless a program really uses these private characters.
s = "\U000fe000"
print(ascii(s), s == "\ud800")
