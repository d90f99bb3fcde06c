def one():
x = 1

if x:
        y = 2
    z = 3
print(x)
deeper = 4
deeper = 5
for i in range(3):
# nothing
print(i)
def last():
