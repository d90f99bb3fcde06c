# allows: OK
import itertools
pieces = ["(", ")", "[", "]", "{", "}", ":", ",", "=", "*", "**", "lambda", "yield", "await", "if", "else", "for", "in", "x", "1", "'", '"', "f'", "\\", "\n", "\n ", "def", "class", ":=", "@", "."]
import random
random.seed(1)
for _ in range(3_000):
    source = " ".join(random.choices(pieces, k=random.randint(1, 12)))
    try:
        compile(source, "<garbage>", "exec")
    except (SyntaxError, RecursionError, MemoryError, ValueError):
        pass
print("fine")
