def f():
    名前 = {"é": 1}; return 名前["è"] + len("日本")
f()
