with open("log.txt", "w") as f:
    for i in range(6):
        f.write(f"{'ERROR' if i % 3 == 0 else 'info'} line {i}\n")
def lines(name):
    with open(name) as f:
        try:
            for line in f:
                yield line.strip()
        finally:
            print("leaving generator, closed:", f.closed)
errors = (line for line in lines("log.txt") if line.startswith("ERROR"))
print(next(errors))
print(list(errors))
g = lines("log.txt")
print(next(g))
g.close()
