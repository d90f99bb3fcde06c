# Fields, conversions, specs, debug text, nesting (PEP 701).
f''
f'a{b}c'
f'{a!r}{b!s:>10}{c!a:{d}.{e}}'
f'{{}}{{{a}}}'
f'{a = }{b=!s}{c=:3}{ d . e = !r:^{f} }'
f'{a["b"]}{f"{g}"}'
f'{a:{{b: c}}}'
f'{lambda_:%H:%M}{(lambda: 1)()}'
f'{yield_}{*a, *b}{a, b}'
rf'\d{a}\{b}' 'c\n' f'\x41'
f'''
{a  # comment
= }
{b:
}'''
'a' f'{b}' 'c' f'd' f'{e}' u'f'
f'\N{DIGIT ONE}{a:\x41}'
