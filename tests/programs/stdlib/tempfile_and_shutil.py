"""Temporary files and directories; copying, moving and removing trees; modes of files."""
import os
import shutil
import stat
import tempfile

with tempfile.TemporaryDirectory() as folder:
    with tempfile.NamedTemporaryFile("w+", dir=folder, suffix=".txt") as file:
        file.write("hello")
        file.flush()
        print(open(file.name).read(), file.name.endswith(".txt"))
    print(os.listdir(folder))
    os.makedirs(os.path.join(folder, "a", "b"))
    for name in ("a/one.txt", "a/b/two.py"):
        with open(os.path.join(folder, name), "w") as file:
            file.write(name)
    shutil.copytree(os.path.join(folder, "a"), os.path.join(folder, "c"), ignore=shutil.ignore_patterns("*.py"))
    print(sorted(os.listdir(os.path.join(folder, "c"))), os.listdir(os.path.join(folder, "c", "b")))
    shutil.move(os.path.join(folder, "a", "b"), os.path.join(folder, "c", "b", "moved"))
    print(os.listdir(os.path.join(folder, "c", "b", "moved")))
    copied = shutil.copy(os.path.join(folder, "a", "one.txt"), os.path.join(folder, "copy"))
    os.chmod(copied, 0o640)
    print(open(copied).read(), stat.filemode(os.stat(copied).st_mode))
    os.symlink("copy", os.path.join(folder, "link"))
    print(os.readlink(os.path.join(folder, "link")), os.path.islink(os.path.join(folder, "link")))
    try:
        shutil.copyfile(copied, copied)
    except shutil.SameFileError as error:
        print("are the same file" in str(error))
    shutil.rmtree(os.path.join(folder, "c"))
    print(sorted(os.listdir(folder)))
    try:
        shutil.rmtree(os.path.join(folder, "missing"))
    except FileNotFoundError as error:
        print(error.strerror)
print(os.path.exists(folder))
with tempfile.TemporaryFile() as file:
    file.write(b"abc")
    file.seek(1)
    print(file.read())
with tempfile.SpooledTemporaryFile(max_size=4) as file:
    file.write(b"abc")
    print(file._rolled)
    file.write(b"def")
    file.seek(0)
    print(file._rolled, file.read())
descriptor, path = tempfile.mkstemp(prefix="p")
print(os.write(descriptor, b"12"), os.path.basename(path)[0], stat.filemode(os.fstat(descriptor).st_mode))
os.close(descriptor)
os.unlink(path)
