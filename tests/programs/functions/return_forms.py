def nothing(): pass
def bare(): return
def several(): return 1, 2
def starred(): return *[1, 2], 3
def nested(): return [(1, 2), {"a": (3,)}]
print(nothing(), bare(), several(), starred(), nested())
