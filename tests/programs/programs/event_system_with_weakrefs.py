import weakref
class Signal:
    def __init__(self): self.listeners = []
    def connect(self, method): self.listeners.append(weakref.WeakMethod(method))
    def emit(self, *args):
        self.listeners = [ref for ref in self.listeners if ref() is not None]
        for ref in self.listeners: ref()(*args)
        return len(self.listeners)
class Listener:
    def __init__(self, name): self.name = name
    def hear(self, text): print(self.name, "hears", text)
signal = Signal()
a, b = Listener("a"), Listener("b")
signal.connect(a.hear); signal.connect(b.hear)
print(signal.emit("hello"))
del a
print(signal.emit("again"))
