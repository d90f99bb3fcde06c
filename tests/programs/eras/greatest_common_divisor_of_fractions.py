# oracle: 3.8
import warnings

warnings.simplefilter("ignore")
import fractions
from fractions import gcd

print(gcd(12, 18), gcd(-4, 6), gcd(4, -6), fractions.gcd(0, 5))
