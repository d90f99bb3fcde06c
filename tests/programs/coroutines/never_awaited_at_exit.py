async def forgotten():
    pass

kept = forgotten()
print("the end")
