# Generators that feed each other make a pipeline. Every line runs through
# all stages before the next line is read: watch the order of the output.

log = """\
INFO started
ERROR disk is full
INFO retrying
ERROR disk is on fire"""


def lines(text):
    for line in text.split("\n"):
        print(f"read   {line}")
        yield line


def only(lines, level):
    for line in lines:
        if line.startswith(level):
            yield line


def shout(lines):
    for line in lines:
        yield line.upper() + "!"


for message in shout(only(lines(log), "ERROR")):
    print("=====>", message)
