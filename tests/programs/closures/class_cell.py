class Base:
    def who(self):
        return "base"

class Child(Base):
    def who(self):
        return "child of " + super().who()
    def me(self):
        return __class__.__name__
    make = lambda self: __class__

print(Child().who(), Child().me(), Child().make() is Child)
