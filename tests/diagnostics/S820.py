def greet(name='you', greeting):
    print(greeting, name)
