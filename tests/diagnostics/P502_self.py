class Dog:
    def __init__(self, name):
        name = name
    def hi(self):
        print(self.name)
Dog("a").hi()
