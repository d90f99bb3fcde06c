class Colour:
    RED, GREEN = "r", "g"
import math
def f(x):
    match x:
        case Colour.RED: return "red"
        case Colour.GREEN: return "green"
        case math.pi: return "pi"
        case [Colour.RED, *_]: return "starts red"
print(f("r"), f("g"), f(math.pi), f(["r", 1]), f("x"))
class Eq:
    def __eq__(self, o): print("compared with", o); return o == "g"
print(f(Eq()))
