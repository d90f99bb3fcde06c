# Jumps over more instructions than fit a byte.
body = "\n".join(f"        x += {i}" for i in range(300))
exec(f"""
def f(n):
    x = 0
    while n:
        n -= 1
{body}
        if x > 100000: break
    else:
        return "else", x
    return x
""")
print(f(1), f(2), f(3))
exec("def g(k):\n" + "".join(f"    if k == {i}: return {i * 2}\n" for i in range(500)) + "    return None")
print(g(0), g(499), g(500))
exec("def h(): return [" + ", ".join(str(i) for i in range(600)) + "]")
print(sum(h()), len(h()))
