def outer():
    class Inner:
        def method(self):
            def deep(): pass
            return deep
    return Inner

I = outer()
print(I.__qualname__, I.method.__qualname__, I().method().__qualname__, (lambda: 0).__qualname__)
print([(lambda: 0).__qualname__ for _ in [0]], I.__module__)
