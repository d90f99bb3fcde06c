def tokens(text):
    i = 0
    while i < len(text):
        c = text[i]
        if c.isspace():
            i += 1
        elif c.isdigit():
            start = i
            while i < len(text) and (text[i].isdigit() or text[i] == "."):
                i += 1
            yield float(text[start:i])
        elif c in "+-*/()^":
            yield c
            i += 1
        else:
            raise SyntaxError(f"unexpected {c!r} at {i}")
    yield None

class Parser:
    levels = [{"+": lambda a, b: a + b, "-": lambda a, b: a - b}, {"*": lambda a, b: a * b, "/": lambda a, b: a / b}]
    def __init__(self, text):
        self.tokens = tokens(text)
        self.advance()
    def advance(self):
        self.current = next(self.tokens)
    def expression(self, level=0):
        if level == len(self.levels):
            return self.power()
        value = self.expression(level + 1)
        while self.current in self.levels[level]:
            operation = self.levels[level][self.current]
            self.advance()
            value = operation(value, self.expression(level + 1))
        return value
    def power(self):
        base = self.atom()
        if self.current == "^":
            self.advance()
            return base ** self.power()
        return base
    def atom(self):
        token = self.current
        if token is not None:
            self.advance()
        if token == "(":
            value = self.expression()
            if self.current != ")":
                raise SyntaxError("')' expected")
            self.advance()
            return value
        if token == "-":
            return -self.atom()
        if isinstance(token, float):
            return token
        raise SyntaxError(f"number expected, got {token!r}")

for text in "1 + 2 * 3", "(1 + 2) * 3", "2 ^ 3 ^ 2", "-(4 - 6) / 4", "1 +", "(1", "2 $ 3", "1 / 0":
    try:
        print(text, "=", Parser(text).expression())
    except (SyntaxError, ZeroDivisionError) as error:
        print(text, "->", error)
