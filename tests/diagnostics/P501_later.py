show()


def show():
    print('hello')
