def queens(n, row=0, columns=frozenset(), up=frozenset(), down=frozenset()):
    if row == n:
        yield ()
        return
    for column in range(n):
        if column in columns or row + column in up or row - column in down:
            continue
        for rest in queens(n, row + 1, columns | {column}, up | {row + column}, down | {row - column}):
            yield (column, *rest)
solutions = list(queens(6))
print(len(solutions), solutions[0])
for column in solutions[0]:
    print(" ".join("Q" if c == column else "." for c in range(6)))
print(sum(1 for _ in queens(7)))
