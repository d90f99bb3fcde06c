from abc import ABC, ABCMeta, abstractmethod
class Base(metaclass=ABCMeta):
    @abstractmethod
    def f(self): return "base f"
    @classmethod
    @abstractmethod
    def c(cls): ...
    @staticmethod
    @abstractmethod
    def s(): ...
class Full(Base):
    def f(self): return "full " + super().f()
    @classmethod
    def c(cls): return "c"
    @staticmethod
    def s(): return "s"
print(Full().f(), Full.c(), Full.s(), sorted(Base.__abstractmethods__), Full.__abstractmethods__)
class Partial(Base):
    def f(self): pass
for cls in Base, Partial:
    try:
        cls()
    except TypeError as error:
        print(error)
class V(ABC): pass
V.register(int)
@V.register
class R: pass
print(isinstance(5, V), issubclass(R, V), isinstance("s", V), issubclass(bool, V), V in R.__mro__)
class Hook(ABC):
    @classmethod
    def __subclasshook__(cls, c): return True if hasattr(c, "quack") else NotImplemented
class Duck:
    def quack(self): pass
print(isinstance(Duck(), Hook), issubclass(int, Hook))
