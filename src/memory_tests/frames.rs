//! Frames: made, suspended, resumed, thrown into, closed, freed; the operand stack at every depth.

use super::prints;
use crate::Interpreter;
use crate::host::TestHost;
use crate::objects::frame::{Frame, SHAPE_FRAME, SHAPE_GENERATOR, State, new_frame};
use crate::objects::function::Function;
use crate::objects::heap::Ref;
use crate::objects::list::new_list;
use crate::objects::value::Value;

/// A frame for a function with three locals that stacks up to five values.
fn frame(shape: crate::objects::shape::ShapeId) -> Ref<Frame> {
    let mut interpreter = Interpreter::new(Box::new(TestHost::default()));
    let source = b"def f(a, b):\n    c = [a, b, (a, b, a)]\n    return f(a, b, *c, d=c)\n";
    assert!(interpreter.run_in_main(source, "<test>").is_ok());
    let ctx = interpreter.ctx();
    let main = ctx.modules.get_str(&ctx.names.__main__).unwrap();
    let main = main.downcast::<crate::objects::module::Module>().unwrap();
    let function = main.dict.get_str(&crate::objects::string::intern("f")).unwrap();
    let code = function.downcast::<Function>().unwrap().code.get();
    let code = code.downcast::<crate::objects::code::Code>().unwrap();
    assert!(code.frame_slots() >= code.slot_count() + 4);
    new_frame(shape, function, code.slot_count(), code.frame_slots())
}

#[test]
fn the_operand_stack_owns_its_values() {
    let frame = frame(SHAPE_GENERATOR);
    assert!(frame.state.get() == State::Created && frame.is_generator() && !frame.is_coroutine());
    let held = new_list(Vec::new()).into_value();
    let count = || held.header().map(|header| header.count());
    for _ in 0..3 {
        frame.push(held.clone());
    }
    assert_eq!((frame.sp.get(), count()), (3, Some(4)));
    assert!(frame.peek(1).is(&held) && frame.peek(3).is(&held) && frame.peek(4).is_empty());
    assert!(frame.pop().is(&held));
    let mut other = Value::NONE;
    frame.swap_stack(0, &mut other);
    frame.swap_stack(9, &mut other);
    assert!(other.is(&held) && frame.peek(2).is_none());
    drop(other);
    frame.truncate(1);
    assert_eq!((frame.sp.get(), count()), (1, Some(1)));
    frame.truncate(0);
    assert!(frame.pop().is_empty());
}

#[test]
fn a_frame_gives_up_locals_and_stack() {
    for shape in [SHAPE_FRAME, SHAPE_GENERATOR] {
        let held = new_list(Vec::new()).into_value();
        let count = || held.header().map(|header| header.count());
        // By its end, and by the drop of the frame.
        for retire in [true, false] {
            let frame = frame(shape);
            frame.tail()[1].set(held.clone());
            assert!(frame.local(1).is(&held) && frame.local(0).is_empty() && frame.local(100).is_empty());
            frame.push(held.clone());
            assert_eq!(count(), Some(3));
            if retire {
                frame.retire();
                assert!(frame.state.get() == State::Finished);
                assert_eq!(count(), Some(1));
            }
            drop(frame);
            assert_eq!(count(), Some(1));
        }
    }
}

#[test]
fn generators_suspend_at_every_depth_of_the_stack() {
    prints(
        "def g():\n    \
             x = [1, (yield 'a'), {2: (yield 'b')}, *[3, (yield 'c')]]\n    \
             try:\n        \
                 raise KeyError(x)\n    \
             except KeyError as error:\n        \
                 y = (yield error.args), (yield 'd')\n    \
             return x, y\n\
         it = g()\n\
         got = [next(it)] + [it.send(n) for n in range(4)]\n\
         print(got)\n\
         try: it.send('end')\n\
         except StopIteration as stop: print(stop.value)\n\
         print(next(it, 'over'))\n",
        "['a', 'b', 'c', ([1, 0, {2: 1}, 3, 2],), 'd']\n([1, 0, {2: 1}, 3, 2], (3, 'end'))\nover\n",
    );
}

#[test]
fn generators_end_in_every_way() {
    prints(
        "class D:\n    \
             def __init__(self, name): self.name = name\n    \
             def __del__(self): print('del', self.name)\n\
         def g(name):\n    \
             held = D(name)\n    \
             try:\n        \
                 yield held.name\n    \
             finally:\n        \
                 print('finally', name)\n\
         never = g('never'); del never\n\
         dropped = g('dropped'); next(dropped); del dropped\n\
         closed = g('closed'); next(closed); closed.close(); closed.close()\n\
         thrown = g('thrown'); next(thrown)\n\
         try: thrown.throw(ValueError('v'))\n\
         except ValueError as error: error.__traceback__ = None\n\
         list(g('exhausted'))\n\
         fresh = g('fresh')\n\
         try: fresh.throw(ValueError('w'))\n\
         except ValueError as error: print('raised', error)\n",
        "finally dropped\ndel dropped\nfinally closed\ndel closed\nfinally thrown\ndel thrown\n\
         finally exhausted\ndel exhausted\nraised w\n",
    );
}

#[test]
fn calls_are_bounded_by_the_heap() {
    let (limit, depth, too_deep) = if cfg!(miri) { (50, 20, 100) } else { (1_000, 100, 5_000) };
    prints(
        &format!(
            "import sys; sys.setrecursionlimit({limit})\n\
             def down(n): return down(n + 1)\n\
             try: down(0)\n\
             except RecursionError as error: print(error)\n\
             def tree(n):\n    \
                 if n: yield from tree(n - 1)\n    \
                 yield n\n\
             print(sum(tree({depth})))\n\
             try: list(tree({too_deep}))\n\
             except RecursionError: print('too deep')\n"
        ),
        &format!("maximum recursion depth exceeded\n{}\ntoo deep\n", depth * (depth + 1) / 2),
    );
}
