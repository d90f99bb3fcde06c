data = b'你好'
