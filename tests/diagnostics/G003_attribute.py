class Reader:
    def __init__(self):
        self.it = (n for n in range(2))
    def read(self):
        return next(self.it)
r = Reader()
while True:
    print(r.read())
