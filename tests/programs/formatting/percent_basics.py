print("%s %r %a %d %i %u %c %c %%" % ("str", "rep", "é", 42, 43, 44, "x", 65))
print("%5d|%-5d|%05d|%+d|% d|%x|%X|%o|%#x|%#o|%#X" % (42, 42, 42, 42, 42, 255, 255, 8, 255, 8, 255))
print("%f %.2f %e %.3E %g %G %10.3f|%-10.1f|%+.1f|%010.2f" % (1.5, 2.345, 12345.678, 0.00012, 1e-7, 1e20, 3.14159, 2.5, 1.0, -1.5))
print("%10s|%-10s|%.2s|%10.3s|%s %s" % ("right", "left", "cut", "longer", [1], (1, 2)))
print("%(name)s is %(age)03d %(age)x" % {"name": "Bo", "age": 7}, "%s" % {"a": 1}, "%s" % [1, 2], "%s" % (5,))
print("%*d|%-*d|%.*f" % (6, 42, 6, 42, 2, 3.14159), "%s%%" % 50, "no args" % ())
print("%d %d %d" % (3.99, -3.99, True), "%s" % None, "%r" % "quote'", "%.3r" % "abcdef", "%c%c" % ("é", 8364))
for expression in """
"%d" % 10 ** 3
"%d" % 2 ** 70
"%x" % -255
"%e" % 0
"%g" % 100000
"%g" % 1000000
"%.0f" % 2.5
"%#.3g" % 1.0
"%i" % 1e10
""".strip().splitlines():
    print(expression, "->", eval(expression))
