def f():
    return 1
print(f())
x = 2
  
