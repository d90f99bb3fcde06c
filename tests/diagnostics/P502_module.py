import math
print(math.squareroot(9))
