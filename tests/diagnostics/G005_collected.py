def g():
    while True:
        try:
            yield 1
        except GeneratorExit:
            print('no')
        except ValueError:
            pass
def main():
    x = g()
    next(x)
    del x
main()
