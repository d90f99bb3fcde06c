"""The sieve of Eratosthenes on a list of flags."""
def sieve(n):
    flags = [True] * n
    flags[0] = flags[1] = False
    i = 2
    while i * i < n:
        if flags[i]:
            j = i * i
            while j < n:
                flags[j] = False
                j += i
        i += 1
    return sum(flags)

print(sieve(7_000_000))
