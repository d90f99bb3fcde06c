# `python -m json.tool`
import os
import subprocess
import sys
import tempfile


def tool(text, *options):
    done = subprocess.run(
        [sys.executable, "-m", "json.tool", *options], input=text, capture_output=True, text=True, encoding="utf-8"
    )
    print(f"--- {options}: {done.returncode}")
    print(done.stdout, end="")
    print(done.stderr, end="")


TEXT = '{"name": "caf\\u00e9", "list": [1, 2.5, null, true], "empty": {}}'
tool(TEXT)
tool(TEXT, "--sort-keys", "--indent", "2")
tool(TEXT, "--no-indent", "--no-ensure-ascii")
tool(TEXT, "--compact")
tool(TEXT, "--tab")
tool('{"a": 1}\n[2]\n"x"\n', "--json-lines", "--no-indent")
tool('{"a": }')
tool("")
tool(TEXT, "--tab", "--compact")

with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    with open("in.json", "w") as file:
        file.write(TEXT)
    tool("", "in.json", "out.json")
    with open("out.json") as file:
        print(file.read(), end="")
    tool("", "in.json", "in.json")
    with open("in.json") as file:
        print(len(file.read()))
    os.chdir("/")
