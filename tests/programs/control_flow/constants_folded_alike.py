print(2 + 3 * 4, "a" * 3, (1, 2) + (3,), -(-5), not True, 1 if True else 2, "x" "y", 2 ** 10, 1 << 3, 7 // 2, ~0)
for source in "1 / 0", "'a' + 1", "1 << -1", "-'x'", "(1,)[5]", "'abc'[10]", "[1][1]", "0 ** -1":
    def attempt():
        return eval(source)
    try:
        attempt()
    except Exception as error:
        print(source, type(error).__name__, error)
if 0: undefined
while 0: undefined
print("dead code is not run", 0 and undefined, 1 or undefined)
