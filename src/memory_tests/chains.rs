//! Delegation chains: the constant-time links, and the slow paths that take them apart.

use super::prints;

#[test]
fn values_pass_through_a_long_chain() {
    prints(
        "def leaf():\n    \
             got = 'first'\n    \
             while got != 'stop': got = yield got\n    \
             return 'done'\n\
         def via(n):\n    \
             result = yield from (via(n - 1) if n else leaf())\n    \
             return result + '.'\n\
         g = via(5)\n\
         print(next(g), g.send(1), g.send(2))\n\
         try: g.send('stop')\n\
         except StopIteration as stop: print(stop.value)\n",
        "first 1 2\ndone......\n",
    );
}

#[test]
fn exceptions_enter_at_the_leaf() {
    prints(
        "def leaf():\n    \
             while True:\n        \
                 try: yield 'ready'\n        \
                 except KeyError as error: yield 'leaf caught ' + error.args[0]\n\
         def middle():\n    \
             try: yield from leaf()\n    \
             except ValueError as error:\n        \
                 yield 'middle caught ' + error.args[0]\n    \
             yield from leaf()\n\
         def root(): yield from middle()\n\
         g = root()\n\
         print(next(g)); print(g.throw(KeyError('k'))); print(next(g))\n\
         print(g.throw(ValueError('v'))); print(next(g))\n\
         try: g.throw(TypeError('t'))\n\
         except TypeError as error: print('out', error)\n\
         print(next(g, 'over'))\n",
        "ready\nleaf caught k\nready\nmiddle caught v\nready\nout t\nover\n",
    );
}

#[test]
fn closing_goes_from_the_leaf_up() {
    prints(
        "def level(n):\n    \
             try:\n        \
                 if n: yield from level(n - 1)\n        \
                 else: yield\n    \
             finally: print(n, end=' ')\n\
         g = level(4); next(g); g.close(); print()\n\
         g = level(4); next(g); del g; print()\n",
        "0 1 2 3 4 \n0 1 2 3 4 \n",
    );
}

/// The middle of a chain is resumed, closed or thrown into from outside: its links are dropped, and the parents find
/// their delegate on their stacks when they go on.
#[test]
fn the_middle_of_a_chain_is_used_from_outside() {
    prints(
        "def count(n):\n    \
             for i in range(n): yield i\n    \
             return 'count'\n\
         def pass_on(sub):\n    \
             result = yield from sub\n    \
             return 'via ' + str(result)\n\
         leaf = count(6); middle = pass_on(leaf); root = pass_on(middle)\n\
         print(next(root), next(middle), next(root), next(leaf), next(middle), next(root))\n\
         try: next(root)\n\
         except StopIteration as stop: print(stop.value)\n\
         leaf = count(3); middle = pass_on(leaf); root = pass_on(middle)\n\
         next(root); middle.close()\n\
         try: next(root)\n\
         except StopIteration as stop: print(stop.value)\n\
         leaf = count(3); root = pass_on(leaf); next(root); leaf.close()\n\
         try: next(root)\n\
         except StopIteration as stop: print(stop.value)\n\
         leaf = count(3); root = pass_on(leaf); next(root)\n\
         try: leaf.throw(KeyError('k'))\n\
         except KeyError: print('thrown')\n\
         try: next(root)\n\
         except StopIteration as stop: print(stop.value)\n",
        "0 1 2 3 4 5\nvia via count\nvia None\nvia None\nthrown\nvia None\n",
    );
}

#[test]
fn two_generators_delegate_to_one() {
    prints(
        "def count():\n    \
             yield from range(6)\n\
         def pass_on(name, sub):\n    \
             yield from sub\n    \
             yield name\n\
         shared = count()\n\
         a, b = pass_on('a', shared), pass_on('b', shared)\n\
         print(next(a), next(b), next(a), next(b), next(shared), next(a))\n\
         print(next(b), next(a)); print(next(a, 'over'), next(b, 'over'))\n",
        "0 1 2 3 4 5\nb a\nover over\n",
    );
}

#[test]
fn what_runs_cannot_be_resumed() {
    prints(
        "def leaf():\n    \
             for victim in (me, middle, root):\n        \
                 try: next(victim)\n        \
                 except ValueError as error: yield str(error)\n\
         def pass_on(sub): yield from sub\n\
         me = leaf(); middle = pass_on(me); root = pass_on(middle)\n\
         print(set(root))\n",
        "{'generator already executing'}\n",
    );
}

#[test]
fn coroutines_await_in_chains() {
    prints(
        "class Pause:\n    \
             def __init__(self, name): self.name = name\n    \
             def __await__(self): return (yield self.name)\n\
         async def leaf(): return await Pause('one') + await Pause('two')\n\
         async def outer(n): return await (outer(n - 1) if n else leaf())\n\
         async def items():\n    \
             for i in range(3):\n        \
                 yield i + await Pause(i)\n\
         async def main():\n    \
             return await outer(3), [i async for i in items()]\n\
         c = main(); log = [c.send(None)]\n\
         try:\n    \
             while True: log.append(c.send(10))\n\
         except StopIteration as stop: print(log, stop.value)\n",
        "['one', 'two', 0, 1, 2] (20, [10, 11, 12])\n",
    );
}
