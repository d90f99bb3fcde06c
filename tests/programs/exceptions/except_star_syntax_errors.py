for source in [
    "try: pass\nexcept* ValueError: pass\nexcept KeyError: pass\n",
    "try: pass\nexcept*: pass\n",
    "def f():\n try: pass\n except* ValueError: return\n",
    "for i in x:\n try: pass\n except* ValueError: break\n",
    "for i in x:\n try: pass\n except* ValueError: continue\n",
    "try: pass\n",
    "try: pass\nexcept: pass\nexcept ValueError: pass\n",
    "try: pass\nexcept A, B: pass\n",
    "try: pass\nexcept A as b.c: pass\n",
    "try: pass\nelse: pass\n",
]:
    try:
        compile(source, "<t>", "exec")
        print("fine")
    except SyntaxError as error:
        print(error.lineno, error.msg)
