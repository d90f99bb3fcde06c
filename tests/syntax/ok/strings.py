# Literals, prefixes, escapes and what stands side by side.
'a' "b" '''c
d'''
u'a' 'b'
'a' u'b'
r'\n' '\n' R"\'"
b'a' b'\xff' rb'\d' Rb'''e
f'''
'\x41\u4f60\U0001f600\N{LATIN SMALL LETTER A}\101\0\ud800\
continued'
'\a\b\f\v\'\"\\'
'"' "'" '"\''
('a'
 'b'
 'c')
