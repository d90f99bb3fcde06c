def draw(width, colour="red"): pass
draw(1, color="blue")
