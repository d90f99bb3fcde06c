def hello():
    print('hi')
    yield
hello()
print(hello())
