# environment: NO_COLOR=1
def total(prices, rates):
    return sum(price * rates[currency] for currency, price in prices) / len(prices)
print(total([], {}))
