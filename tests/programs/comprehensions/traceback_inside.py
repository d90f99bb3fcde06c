def f(x): return 10 // x
values = [f(x) + 1 for x in
          [5, 0]]
