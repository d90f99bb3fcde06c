import string

t = string.Template("$who owes ${what}s: $$5, $who")
print(t.substitute(who="Tim", what="apple"), t.get_identifiers(), t.is_valid())
print(string.Template("$a $b").safe_substitute(a=1))
for text in ("$a", "cost: $ 5", "line\n  $!"):
    try:
        string.Template(text).substitute()
    except (KeyError, ValueError) as error:
        print(type(error).__name__, error)


class Percent(string.Template):
    delimiter = "%"


print(Percent("%x and %{y} and $z and %%").substitute(x=1, y=2))


class Upper(string.Formatter):
    def convert_field(self, value, conversion):
        return value.upper() if conversion == "u" else super().convert_field(value, conversion)

    def get_value(self, key, args, kwargs):
        return super().get_value(key, args, kwargs) if isinstance(key, int) else kwargs.get(key, "?")


print(Upper().format("{0!u} {name!r:>8} {missing} {1[k].real:.{2}f}", "abc", {"k": 2.5}, 3, name="n"))
print(list(string.Formatter().parse("a{{b}} {x.y[0]!s:{w}} c")))
for text in ("{", "}", "{0", "{} {0}", "{0!x}"):
    try:
        string.Formatter().format(text, 1)
    except (ValueError, IndexError) as error:
        print(type(error).__name__, error)
print(string.capwords("hello  big world"), string.ascii_lowercase[:3], len(string.printable))
