text = "a\x1b[31mred"
raise ValueError(text + "\n  second line\r\x07")
