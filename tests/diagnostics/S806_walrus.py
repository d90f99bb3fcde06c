print(x := 5)
x := 5
