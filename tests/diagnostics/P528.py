items = iter([1])
next(items)
next(items)
