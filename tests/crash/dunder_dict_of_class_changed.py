# allows: OK TypeError AttributeError
class A:
    def m(self):
        del A.m
        return self.m()
A().m()
