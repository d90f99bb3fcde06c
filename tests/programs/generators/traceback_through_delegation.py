def leaf():
    yield 1
    raise ValueError("deep")

def middle():
    yield from leaf()

def root():
    yield from middle()

for value in root():
    print(value)
