import string
print(string.Template("$who likes ${what} $$5").substitute(who="Bo", what="tea"), string.Template("$a $b").safe_substitute(a=1))
for t in "$a", "$", "${}":
    try:
        string.Template(t).substitute(b=1)
    except (KeyError, ValueError) as error:
        print(type(error).__name__, error)
for expression in """
string.ascii_lowercase
string.digits
string.hexdigits
string.punctuation
repr(string.whitespace)
string.capwords("the  quick fox")
""".strip().splitlines():
    print(expression, "->", eval(expression))
