data = '你好'.encode('gbk')
print(data.decode('utf-8'))
