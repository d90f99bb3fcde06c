import library
def run():
    library.work(0)
run()
