class ShopError(Exception):
    pass


try:
    {}['price']
except KeyError as error:
    raise ShopError('no price') from error
