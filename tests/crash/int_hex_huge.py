# allows: OK
n = 1 << 4_000_000
assert len(hex(n)) == 1_000_003
assert n >> 3_999_999 == 2
