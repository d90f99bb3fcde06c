import random

random.seed(99)
for name, args in [
    ("uniform", (1, 2)),
    ("triangular", (0, 10, 3)),
    ("gauss", (0, 1)),
    ("gauss", (0, 1)),
    ("normalvariate", (5, 2)),
    ("lognormvariate", (0, 1)),
    ("expovariate", (3,)),
    ("gammavariate", (2.5, 1)),
    ("gammavariate", (0.5, 1)),
    ("gammavariate", (1, 2)),
    ("betavariate", (2, 3)),
    ("paretovariate", (3,)),
    ("weibullvariate", (1, 2)),
    ("vonmisesvariate", (1, 4)),
    ("binomialvariate", (10, 0.3)),
    ("binomialvariate", (1000, 0.6)),
]:
    print(name, args, round(getattr(random, name)(*args), 9))
