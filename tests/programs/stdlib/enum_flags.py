from enum import Flag, IntFlag, KEEP, auto


class Perm(Flag):
    R = auto()
    W = auto()
    X = auto()
    RW = R | W


print(list(Perm), Perm.RW, repr(Perm.R | Perm.X), Perm(0))
print(Perm.R in Perm.RW, ~Perm.R, Perm.RW & Perm.W, Perm.R ^ Perm.RW, len(Perm.RW), list(Perm.RW))
print(bool(Perm(0)), Perm(3) is Perm.RW, Perm["RW"].name, (Perm.R | Perm.X).name)
try:
    Perm(64)
except ValueError as error:
    print(error)
try:
    "R" in Perm.RW
except TypeError as error:
    print(error)


class Bits(IntFlag):
    A = 1
    B = 2


print(repr(Bits.A | 8), Bits.A + 1, str(Bits.B), f"{Bits.A}", Bits.A | Bits.B)


class Kept(Flag, boundary=KEEP):
    ONE = 1


print(repr(Kept(5)))
