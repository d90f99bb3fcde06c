print("zoo init")
name = "zoo"
