# allows: ValueError
int("9" * 100_000)
