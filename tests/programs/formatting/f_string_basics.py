name, n, pi = "coil", 42, 3.14159
print(f"{name} {n} {pi}", f"{n + 1}", f"{name!r:>10}|{name!s}|{name!a}", f"{{literal}} {{{n}}}", f"{'nested ' + f'{n}'}")
print(f"{n:5}|{n:<5}|{n:^5}|{n:05}|{pi:.2f}|{name:*^10}|{n:{5 + 1}}|{pi:{8}.{3}}")
print(f"{[x for x in range(3)]} {({'a': 1})['a']} {(lambda x: x * 2)(4)} {n if n > 5 else 0}")
print(f'''multi
line {n
 + 1}''', f"a" "b" f"{n}", F"{n}" rf"\d{n}", fr"{name}\n")
print(f"{n=} {name = } {n=:>5} {name=!s} {n + 1 = } {pi=:.1f}")
for expression in """
f"{''}"
f""
f"{n!r}"
f"{None} {True} {...}"
f"{n,}"
f"{1, 2}"
f"{n:,}"
""".strip().splitlines():
    print(expression, "->", eval(expression))
