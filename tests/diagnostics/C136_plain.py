def opened(name):
    print('open', name)
    yield name
    print('close', name)
with opened('a') as name:
    print(name)
