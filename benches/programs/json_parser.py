"""A JSON parser written by hand."""
def parse(text):
    value, position = parse_value(text, 0)
    return value

def skip(text, i):
    while text[i] in " \n\t":
        i += 1
    return i

def parse_value(text, i):
    i = skip(text, i)
    c = text[i]
    if c == "{":
        result = {}
        i = skip(text, i + 1)
        while text[i] != "}":
            key, i = parse_value(text, i)
            i = skip(text, i)
            value, i = parse_value(text, i + 1)
            result[key] = value
            i = skip(text, i)
            if text[i] == ",":
                i = skip(text, i + 1)
        return result, i + 1
    if c == "[":
        items = []
        i = skip(text, i + 1)
        while text[i] != "]":
            value, i = parse_value(text, i)
            items.append(value)
            i = skip(text, i)
            if text[i] == ",":
                i = skip(text, i + 1)
        return items, i + 1
    if c == '"':
        end = i + 1
        while text[end] != '"':
            end += 1
        return text[i + 1:end], end + 1
    for word, value in ("true", True), ("false", False), ("null", None):
        if text.startswith(word, i):
            return value, i + len(word)
    end = i
    while end < len(text) and text[end] in "-0123456789.":
        end += 1
    return int(text[i:end]), end

document = "[" + ", ".join(f'{{"id": {n}, "name": "item {n}", "tags": ["a", "b", null], "ok": true}}' for n in range(4000)) + "]"
total = 0
for _ in range(25):
    total += sum(entry["id"] for entry in parse(document))
print(total)
