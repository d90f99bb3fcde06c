def write():
    f = open("d.txt", "w")
    f.write("flushed when dropped")
import warnings
warnings.simplefilter("ignore")
write()
print(open("d.txt").read())
