def main(): print("tool.main called")
if __name__ == "__main__":
    print("never")
