print("start of failing")
raise ValueError("module failed")
