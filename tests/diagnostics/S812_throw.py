throw ValueError("x")
