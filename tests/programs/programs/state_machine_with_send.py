def traffic_light():
    state, log = "red", []
    table = {("red", "go"): "green", ("green", "slow"): "yellow", ("yellow", "stop"): "red"}
    while True:
        event = yield state
        if event == "history":
            event = yield tuple(log)
        if (state, event) in table:
            log.append((state, event))
            state = table[state, event]
light = traffic_light()
print(next(light), [light.send(e) for e in ("go", "stop", "slow", "history", "stop", "go")])
