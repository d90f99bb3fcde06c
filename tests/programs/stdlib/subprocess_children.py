"""Child processes: results, pipes, errors."""
import os
import subprocess

print(subprocess.run(["echo", "hello"], capture_output=True, text=True))
print(subprocess.run("echo out; echo err >&2; exit 3", shell=True, capture_output=True))
print(subprocess.check_output(["cat"], input=b"x" * 100_000) == b"x" * 100_000)
print(subprocess.run("echo both >&2", shell=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT).stdout)
try:
    subprocess.run(["sleep", "5"], timeout=0.05)
except subprocess.TimeoutExpired as error:
    print(type(error).__name__, error.cmd)
try:
    subprocess.run(["there-is-no-such-program"])
except FileNotFoundError as error:
    print(error)
try:
    subprocess.run(["true"], cwd="no-such-folder")
except FileNotFoundError as error:
    print(error)
for command in ("exit 7", "kill -TERM $$"):
    try:
        subprocess.run(command, shell=True, check=True)
    except subprocess.CalledProcessError as error:
        print(error, error.returncode)
print(subprocess.run("echo $A-$B", shell=True, env={"A": "1", "B": "2"}, capture_output=True).stdout)
with subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as process:
    process.stdin.write("line\n")
    print(repr(process.stdout.readline()), process.poll())
    process.stdin.close()
    print(process.wait(), process)
process = subprocess.Popen(["sleep", "5"])
process.terminate()
print(process.wait(), subprocess.getstatusoutput("echo status; exit 1"))
read, write = os.pipe()
subprocess.run(f"echo passed >&{write}", shell=True, pass_fds=[write])
print(os.read(read, 100))
print(os.popen("echo popen").read(), os.system("exit 2"))
