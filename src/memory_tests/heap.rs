//! The heap: the allocator, prompt destruction, weak references, the cycle collector.

use super::{prints_around_collection, size};
use crate::objects::dict::new_dict;
use crate::objects::heap::{Ref, Slot, add_weak_reference, alloc, collect, take_pending, unique_mut, weak_references};
use crate::objects::kind::Kind;
use crate::objects::list::{List, new_list};
use crate::objects::set::new_set;
use crate::objects::shape::ShapeId;
use crate::objects::string::{Str, new_str};
use crate::objects::tuple::{Tuple, new_tuple};
use crate::objects::types::Types;
use crate::objects::value::Value;
use crate::objects::weakref::WeakRef;

fn number(i: usize) -> Value {
    Value::small_int(i as i64).unwrap()
}

#[test]
fn objects_of_every_size_live_apart() {
    // Past the largest size class too, where objects come from the system allocator.
    let lengths: Vec<usize> = (0..70).chain([200, 1_000]).collect();
    for _ in 0..3 {
        let tuples: Vec<Ref<Tuple>> =
            lengths.iter().map(|&length| new_tuple((0..length).map(number).collect::<Vec<_>>())).collect();
        for (tuple, &length) in tuples.iter().zip(&lengths) {
            assert_eq!(tuple.value().id() % 16, 0);
            let items: Vec<Option<i64>> = tuple.items().iter().map(Value::as_small_int).collect();
            assert_eq!(items, (0..length).map(|i| Some(i as i64)).collect::<Vec<_>>());
        }
        // Every other one goes and its place is used again.
        let kept: Vec<Ref<Tuple>> = tuples.into_iter().step_by(2).collect();
        let fresh: Vec<Ref<Tuple>> = lengths.iter().map(|&length| new_tuple(vec![Value::NONE; length])).collect();
        for (tuple, &length) in kept.iter().zip(lengths.iter().step_by(2)) {
            assert!((0..length).all(|i| tuple.items()[i].as_small_int() == Some(i as i64)));
        }
        drop((kept, fresh));
    }
}

#[test]
fn a_page_is_filled_and_used_again() {
    let addresses = |values: &[Value]| -> std::collections::BTreeSet<i64> { values.iter().map(Value::id).collect() };
    let texts = |count: usize| (0..count).map(|i| new_str(format!("text {i}")).into_value()).collect::<Vec<_>>();
    let first = texts(size(20_000));
    let before = addresses(&first);
    assert_eq!(before.len(), first.len());
    drop(first);
    let second = texts(size(20_000));
    assert!(addresses(&second).intersection(&before).count() > before.len() / 2);
    assert_eq!(second[7].downcast_ref::<Str>().map(|text| text.as_str().to_owned()).as_deref(), Some("text 7"));
}

#[test]
fn only_a_sole_reference_is_changed_in_place() {
    let mut value = new_list(vec![number(1)]).into_value();
    let other = value.clone();
    assert!(unique_mut::<List>(&mut value).is_none());
    assert!(unique_mut::<Tuple>(&mut value).is_none());
    drop(other);
    unique_mut::<List>(&mut value).unwrap().items.get_mut().push(number(2));
    assert_eq!(value.downcast_ref::<List>().map(|list| list.len()), Some(2));
}

/// A chain is freed without recursion that grows with it.
#[test]
fn long_chains_are_freed() {
    let mut list = new_list(Vec::new()).into_value();
    let mut tuple = new_tuple(Vec::new()).into_value();
    let mut dict = new_dict().into_value();
    for i in 0..size(300_000) {
        list = new_list(vec![list]).into_value();
        tuple = new_tuple(vec![number(i), tuple]).into_value();
        let outer = new_dict();
        outer.set_str(&new_str("next").into_value(), dict);
        dict = outer.into_value();
    }
    drop((list, tuple, dict));
}

/// What goes last in a chain goes before the drop returns.
#[test]
fn destruction_is_prompt() {
    let watched = new_list(Vec::new()).into_value();
    let mut chain = watched.clone();
    for _ in 0..size(1_000) {
        chain = new_tuple(vec![chain.clone(), chain]).into_value();
    }
    assert_eq!(watched.header().map(|header| header.count()), Some(3));
    drop(chain);
    assert_eq!(watched.header().map(|header| header.count()), Some(1));
}

#[test]
fn slots_own_what_they_hold() {
    let held = new_list(Vec::new()).into_value();
    let count = || held.header().map(|header| header.count());
    let slot = Slot::new(held.clone());
    assert_eq!(count(), Some(2));
    assert!(slot.get().is(&held));
    slot.peek(|value| assert!(value.is(&held)));
    drop(slot.replace(Value::NONE));
    assert_eq!(count(), Some(1));
    slot.set(held.clone());
    assert!(slot.take().is(&held));
    assert!(slot.is_empty());
    assert_eq!(count(), Some(1));
}

#[test]
fn weak_references_see_the_end() {
    // Whether its objects can be weakly referenced is a thing that a class knows.
    let _types = Types::new();
    let referent = new_set().into_value();
    let weak = |callback: Value| alloc(ShapeId::exact(Kind::WeakRef), WeakRef::new(&referent, callback));
    let (plain, with_callback, forgotten) = (weak(Value::EMPTY), weak(number(1)), weak(number(2)));
    for reference in [&plain, &with_callback, &forgotten] {
        add_weak_reference(&referent, reference.value().clone());
    }
    drop(forgotten);
    assert_eq!(weak_references(&referent).len(), 2);
    assert!(plain.referent().is_some_and(|found| found.is(&referent)));
    drop(referent);
    assert!(plain.referent().is_none());
    assert!(with_callback.referent().is_none());
    // Only a reference that somebody still holds has its callback called.
    assert!(take_pending().is_some());
    assert!(take_pending().is_none());
}

#[test]
fn cycles_are_found_and_the_rest_is_left_alone() {
    collect();
    let held = new_list(Vec::new());
    let inner = new_list(vec![held.value().clone()]);
    held.push(inner.value().clone());
    let lost = new_list(Vec::new());
    let dict = new_dict();
    dict.set_str(&new_str("lost").into_value(), lost.value().clone());
    lost.push(dict.into_value());
    lost.push(held.value().clone());
    let count = held.value().header().map(|header| header.count());
    drop((lost, inner));
    assert_eq!(collect().unreachable, 2);
    assert_eq!(held.len(), 1);
    assert_eq!(held.value().header().map(|header| header.count()), count.map(|count| count - 1));
    // What the cycle itself held goes with it.
    drop(held);
    assert_eq!(collect().unreachable, 2);
    assert_eq!(collect().unreachable, 0);
}

#[test]
fn large_and_long_cycles_are_freed() {
    collect();
    let first = new_list(Vec::new());
    let mut last = first.value().clone();
    for _ in 0..size(20_000) {
        last = new_list(vec![last]).into_value();
    }
    // A container from the system allocator takes part.
    let mut items = vec![Value::NONE; 500];
    items[499] = last;
    let large = new_tuple(items);
    first.push(large.into_value());
    drop(first);
    assert_eq!(collect().unreachable, size(20_000) + 2);
    assert_eq!(collect().unreachable, 0);
}

#[test]
fn payloads_of_other_kinds_are_refused() {
    let text = new_str("a").into_value();
    assert!(text.downcast_ref::<List>().is_none());
    assert!(text.downcast::<Str>().is_some());
    assert!(Value::NONE.downcast_ref::<Str>().is_none());
}

/// A finaliser that a collection calls may bring its object back; it is called once in the object's life.
#[test]
fn finalisers_may_resurrect() {
    prints_around_collection(
        "saved, log = [], []\n\
         class Node:\n    \
             def __init__(self, name): self.name, self.me = name, self\n    \
             def __del__(self):\n        \
                 log.append(self.name)\n        \
                 if self.name == 'back': saved.append(self)\n\
         Node('back'); Node('gone')\n",
        "print(len(saved), saved[0].me is saved[0], saved[0].name)\n\
         print(sorted(log))\n\
         saved[0].me = None\n\
         saved.clear()\n\
         print('end')\n",
        "1 True back\n['back', 'gone']\nend\n",
    );
}

/// A suspended generator inside a cycle is closed by the collector, and its `finally` sees its variables whole.
#[test]
fn generators_in_cycles_are_closed() {
    prints_around_collection(
        "def g(box):\n    \
             try:\n        \
                 yield\n    \
             finally:\n        \
                 print('closed', len(box))\n\
         box = []\n\
         box.append(g(box))\n\
         next(box[0])\n\
         del box\n",
        "print('end')\n",
        "closed 1\nend\n",
    );
}
