f = open("notes.txt", "w")
f.close()
f.write("x")
