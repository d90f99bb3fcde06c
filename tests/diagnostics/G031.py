# options: --max-steps 200000
# plain: none
def main():
    a = iter([1, 2])
    while True:
        yield from a
for x in main():
    print(x)
