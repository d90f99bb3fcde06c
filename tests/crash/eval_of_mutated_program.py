# allows: OK
import random
source = '''
def f(a, *b, c=1, **d):
    """Doc."""
    for x in (y for y in a if y > 1):
        try:
            yield x, f"{c!r:>{x}}"
        except (ValueError, TypeError) as e:
            raise KeyError from e
        finally:
            with a as q, b: pass
    match a:
        case [1, *_] | {"k": v}: return lambda z: z ** 2 if z else not z
    async def g(): await a; [i async for i in a]
class C(object, metaclass=type):
    x: int = 5 if True else 0x1f
'''
random.seed(2)
for _ in range(2_000):
    text = list(source)
    for _ in range(random.randint(1, 4)):
        i = random.randrange(len(text))
        choice = random.random()
        if choice < 0.4: del text[i]
        elif choice < 0.7: text[i] = random.choice("()[]{}:,=*'\"\\\n\t fxλ0.")
        else: text.insert(i, random.choice("()[]{}:,=*'\"\\\n\t fxλ0."))
    try:
        compile("".join(text), "<mutated>", "exec")
    except (SyntaxError, RecursionError, MemoryError, ValueError):
        pass
print("fine")
