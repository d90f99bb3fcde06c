data = b'x' * (2 ** 62)
