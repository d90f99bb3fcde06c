sources = [
    "def f():\n    nonlocal x\n",
    "nonlocal x\n",
    "x = 1\ndef f():\n    nonlocal x\n",
    "def f():\n    x = 1\n    global x\n",
    "def f(x):\n    global x\n",
    "def f(x):\n    nonlocal x\n",
    "def f():\n    print(x)\n    global x\n",
    "def f():\n    x = 1\n    def g():\n        nonlocal x\n        global x\n",
    "class C:\n    nonlocal y\n",
    "def f():\n    x = 1\n    def g():\n        x = 2\n        nonlocal x\n",
]
for source in sources:
    try:
        compile(source, "<test>", "exec")
        print("fine")
    except SyntaxError as error:
        print(error.lineno, error.msg)
