sources = [
    "def f():\n    await x\n",
    "await x\n",
    "async def f():\n    yield from x\n",
    "async def f():\n    yield 1\n    return 2\n",
    "def f():\n    async with x: pass\n",
    "def f():\n    async for y in x: pass\n",
    "def f():\n    [y async for y in x]\n",
    "async with x: pass\n",
    "async def f(a=await b): pass\n",
    "await = 5\n",
    "def async(): pass\n",
    "async def f():\n    def g():\n        await x\n",
    "lambda: await x\n",
]
for source in sources:
    try:
        compile(source, "<test>", "exec")
        print("fine")
    except SyntaxError as error:
        print(error.msg)
