print("birds init")
