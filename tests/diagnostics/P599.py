class OutOfStock(Exception):
    pass


raise OutOfStock('tomatoes')
