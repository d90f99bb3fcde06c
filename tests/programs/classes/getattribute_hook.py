class Spy:
    value = 1
    def __getattribute__(self, name):
        print("looking up", name)
        return super().__getattribute__(name)
    def __getattr__(self, name):
        return "fallback"
    def method(self): return "method"
s = Spy()
print(s.value)
print(s.nothing)
print(s.method())
s.new = 5
print(s.new)
len_called = Spy.value
