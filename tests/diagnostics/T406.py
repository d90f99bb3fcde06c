def numbers():
    x = yeild 5
