done = false
print(done)
