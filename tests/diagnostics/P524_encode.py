'你'.encode('ascii')
