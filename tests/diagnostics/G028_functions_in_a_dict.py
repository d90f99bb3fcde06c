handlers = {}
for name in ('a', 'b'):
    def handler(x):
        return name + x
    handlers[name] = handler
print(handlers['a']('1'), handlers['b']('2'))
