def index():
    print("index")
    return 0
items = [10]
items[index()] += 5
print(items)
class C:
    @property
    def p(self): print("get"); return 1
    @p.setter
    def p(self, v): print("set", v)
def obj():
    print("obj")
    return C()
obj().p += 10
