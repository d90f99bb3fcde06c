"""The shortest digits of powers of two and their neighbours: below a power floats lie closer together."""
import math

for exponent in range(-1074, 1024, 3):
    power = 2.0**exponent
    print(power, math.nextafter(power, 0), math.nextafter(power, math.inf))
print(2**-24, 2.0**-1017, 2.0**-44, 5e-324)
