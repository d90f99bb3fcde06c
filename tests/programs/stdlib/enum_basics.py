from enum import Enum, IntEnum, auto, Flag, unique
class Colour(Enum):
    RED = 1
    GREEN = auto()
    CRIMSON = 1
print(Colour.RED, repr(Colour.RED), Colour(2), Colour["RED"], Colour.RED.name, Colour.RED.value, list(Colour), Colour.CRIMSON is Colour.RED, len(Colour), Colour.RED == 1, Colour.RED in Colour)
class N(IntEnum):
    A = 1
    B = 2
print(N.A + 1, N.B > N.A, repr(N.B), sorted([N.B, N.A]), f"{N.A}")
class P(Flag):
    R = auto()
    W = auto()
print(P.R | P.W, P.R in (P.R | P.W), (P.R | P.W).value, ~P.R)
for action in lambda: Colour(9), lambda: Colour["NOPE"], lambda: Colour.NOPE, lambda: setattr(Colour, "RED", 5):
    try:
        action()
    except (ValueError, KeyError, AttributeError) as error:
        print(type(error).__name__, error)
