def read(lines):
    for line in lines:
        print("read", repr(line))
        yield line

def strip(lines):
    for line in lines:
        yield line.strip()

def keep(lines, word):
    for line in lines:
        if word in line:
            yield line

text = ["one coil\n", "two\n", "three coils\n"]
for line in keep(strip(read(text)), "coil"):
    print("=>", line)
