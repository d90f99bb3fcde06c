for spec in "", ".2f", "e", "g", ">20", "^15.1f", "+.1f", ",", ".3":
    print(repr(spec), format(1 + 2j, spec), format(-1.5 - 0.25j, spec), format(1234.5j, spec))
