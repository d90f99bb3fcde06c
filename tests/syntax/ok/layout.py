# Blank lines, comments, joined lines, tabs and form feeds.

if a:
	b  # comment
	
	c
# comment at the margin
	d
x = (1,  # one

     2)
y = 1 + \
    2
if a: b; c;

  # a comment, indented

if 你好:
    ﬁ = '你好'; ª = x
