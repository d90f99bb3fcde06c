def read():
    text = 'hello'


read()
print(text)
