def greet(name):
    print(name)


greet('Tom', name='Ann')
