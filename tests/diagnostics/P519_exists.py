import os
os.mkdir('.')
