print("running other")
counter = [1]
