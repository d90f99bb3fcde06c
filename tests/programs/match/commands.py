def run(line):
    match line.split():
        case ["quit" | "exit"]: return "bye"
        case ["add", *numbers] if numbers: return sum(map(int, numbers))
        case ["say", word, ("loud" | "soft") as how]: return word.upper() if how == "loud" else word
        case [command, *_]: return f"unknown {command}"
        case []: return "nothing"
for line in "quit", "add 1 2 3", "add", "say hi loud", "say hi soft", "", "jump high":
    print(run(line))
