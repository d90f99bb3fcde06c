# options: --lang en --color never
def total(prices, rates):
    return sum(price * rates[currency] for currency, price in prices) / len(prices)
print(total([], {}))
