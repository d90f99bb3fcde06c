def run(program, limit=100_000):
    stack, jumps = [], {}
    for i, c in enumerate(program):
        if c == "[": stack.append(i)
        elif c == "]":
            jumps[i] = stack.pop()
            jumps[jumps[i]] = i
    cells, pointer, pc, out = [0] * 100, 0, 0, []
    while pc < len(program) and limit:
        limit -= 1
        match program[pc]:
            case ">": pointer += 1
            case "<": pointer -= 1
            case "+": cells[pointer] = (cells[pointer] + 1) % 256
            case "-": cells[pointer] = (cells[pointer] - 1) % 256
            case ".": out.append(chr(cells[pointer]))
            case "[" if not cells[pointer]: pc = jumps[pc]
            case "]" if cells[pointer]: pc = jumps[pc]
        pc += 1
    return "".join(out)
print(run("++++++++[>++++[>++>+++>+++>+<<<<-]>+>+>->>+[<]<-]>>.>---.+++++++..+++.>>.<-.<.+++.------.--------.>>+."))
