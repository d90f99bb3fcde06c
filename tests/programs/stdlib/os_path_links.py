# Links on the way to a file, and the folder of a user.
import os, os.path, tempfile
d = os.path.realpath(tempfile.mkdtemp()); os.chdir(d)
os.mkdir('a'); os.mkdir('a/b'); open('a/b/f','w').close()
os.symlink('a/b','l1'); os.symlink(d+'/l1/..','l2'); os.symlink('loop2','loop1'); os.symlink('loop1','loop2'); os.symlink('nowhere/x','dead')
for p in ('l1/f','l2','l2/b/f','loop1','loop1/x','dead','dead/../a','l1/../b','.','..','','a//b/./f','nope/../a'):
    for strict in (False, True):
        try: print(p, strict, os.path.realpath(p, strict=strict).replace(d,'D'))
        except OSError as e: print(p, strict, type(e).__name__, str(e).replace(d,'D'))
print(os.path.realpath(b'l1').replace(d.encode(), b'D'))
print(os.path.expanduser('~root/x') == os.path.expanduser('~root') + '/x', os.path.expanduser('~nobodyhere/x'))
os.environ['HOME']='/h/'; print(os.path.expanduser('~'), os.path.expanduser('~/y'), os.path.expandvars('$HOME/z'))
del os.environ['HOME']; print(os.path.isabs(os.path.expanduser('~/y')))
