def show(x):
    print("eval", x)
    return x
print(f"{show('a')}{show('b')!r}{show(5):{show(3)}}{show(1.5):{show('>')}{show(8)}.{show(2)}}")
