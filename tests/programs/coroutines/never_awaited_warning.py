async def forgotten():
    print("never printed")

forgotten()
print("after")
