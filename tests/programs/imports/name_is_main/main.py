import tool
if __name__ == "__main__":
    print("main runs as a program")
    tool.main()
