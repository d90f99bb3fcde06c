class C: pass
c, five, nothing = C(), 5, None
cases = ["1 + 'a'", "'a' + 1", "[] + ()", "c + 1", "1 - c", "-c", "~1.5", "+'a'", "c @ c", "1 < 'a'", "c >= c", "2 ** 'a'", "divmod(c, 1)", "pow(1, c)", "pow(2, 3, 'a')", "'a' * 'b'", "[1] * 1.5", "{} | []", "{1} | [2]", "None + 1", "'a' % ()", "5 % 'a'", "b'a' + 'a'", "(1,) + [2]", "abs('x')", "c in 5", "1 in c", "c[0]", "five[0]", "nothing[1]", "not_a", "1 if c < 2 else 3", "{} < {}", "1j < 2j", "print >> 5", "len << 1"]
for case in cases:
    try:
        print(case, "->", eval(case))
    except (TypeError, NameError) as error:
        print(case, "->", error)
