async def hello():
    print('hello')
hello()
