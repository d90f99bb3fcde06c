def caesar(s, k):
    return "".join(chr((ord(c) - 97 + k) % 26 + 97) if c.islower() else chr((ord(c) - 65 + k) % 26 + 65) if c.isupper() else c for c in s)
print(caesar("Hello, World!", 3), caesar(caesar("Round Trip", 7), -7))
for s in "A man a plan a canal Panama", "not one":
    t = [c.lower() for c in s if c.isalnum()]
    print(s, t == t[::-1])
