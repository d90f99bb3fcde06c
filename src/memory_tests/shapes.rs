//! Shapes: transitions, and instances that change their layout.

use super::prints;
use crate::objects::kind::Kind;
use crate::objects::list::new_list;
use crate::objects::shape::{ShapeFlags, ShapeId, new_shape};
use crate::objects::string::intern;

#[test]
fn ids_tell_kind_and_flags() {
    let class = new_list(Vec::new()).into_value();
    for bits in 0..16_u8 {
        let has = |bit: u8| bits & bit != 0;
        let flags = ShapeFlags { user: has(1), del: has(2), attrs: has(4), dict: has(8) };
        let shape = new_shape(Kind::Instance, &class, flags);
        assert_eq!((shape.is_user(), shape.has_del(), shape.has_attrs()), (has(1), has(2), has(4)));
        assert_eq!(shape.is_dict_shape(), has(8));
        assert!(shape.kind() == Kind::Instance);
        // SAFETY: the word is that of the shape.
        assert!(unsafe { ShapeId::from_bits(shape.to_bits()) } == shape);
        ShapeId::forget_class(&class);
    }
}

#[test]
fn the_same_attributes_in_the_same_order_are_the_same_shape() {
    let class = new_list(Vec::new()).into_value();
    let root = new_shape(Kind::Instance, &class, ShapeFlags::default());
    let (a, b) = (intern("a"), intern("b"));
    let ab = root.with_attribute(&a).and_then(|shape| shape.with_attribute(&b)).unwrap();
    let again = root.with_attribute(&a).and_then(|shape| shape.with_attribute(&b)).unwrap();
    let ba = root.with_attribute(&b).and_then(|shape| shape.with_attribute(&a)).unwrap();
    assert!(ab == again && ab != ba);
    assert_eq!((ab.find(&a), ab.find(&b), root.find(&a)), (Some(0), Some(1), None));
    assert_eq!((ba.find(&a), ba.find(&b)), (Some(1), Some(0)));
    assert_eq!((ab.attribute_count(), root.attribute_count()), (2, 0));
    assert!(ab.names()[0].is(&a) && ab.names()[1].is(&b));
    assert!(ab.class_bits() == class.bits());
    ShapeId::forget_class(&class);
}

#[test]
fn too_many_attributes_ask_for_a_dict() {
    let class = new_list(Vec::new()).into_value();
    let mut shape = new_shape(Kind::Instance, &class, ShapeFlags::default());
    let mut count = 0;
    while let Some(next) = shape.with_attribute(&intern(&format!("attribute_{count}"))) {
        shape = next;
        count += 1;
        assert_eq!(shape.attribute_count(), count);
    }
    assert_eq!(count, 250);
    let dict = new_shape(Kind::Instance, &class, ShapeFlags { dict: true, ..ShapeFlags::default() });
    assert!(dict.with_attribute(&intern("a")).is_none());
    ShapeId::forget_class(&class);
}

#[test]
fn instances_change_their_layout() {
    prints(
        "class A: pass\n\
         def show(a): print(sorted(vars(a).items()) if vars(a) else 'nothing')\n\
         few, many, bare, taken = A(), A(), A(), A()\n\
         few.x = 1; few.y = 2; del few.x; few.z = 3; few.x = 4\n\
         for i in range(300): setattr(many, f'a{i}', i)\n\
         for i in range(0, 300, 2): delattr(many, f'a{i}')\n\
         taken.x = 1; d = taken.__dict__; d['y'] = [2]; taken.z = 3\n\
         show(few); print(len(vars(many)), many.a299); show(bare); show(taken)\n\
         def read(a): return a.x\n\
         print([read(a) for a in (few, taken, few, taken)])\n\
         few.__class__ = type('B', (A,), {'x': property(lambda self: 'property')})\n\
         print(read(few)); del d, taken\n",
        "[('x', 4), ('y', 2), ('z', 3)]\n150 299\nnothing\n[('x', 1), ('y', [2]), ('z', 3)]\n[4, 1, 4, 1]\nproperty\n",
    );
}

/// A cache that was filled for one state of a class must not serve another.
#[test]
fn caches_follow_the_classes() {
    prints(
        "class A:\n    x = 1\n    def m(self): return 'm'\n\
         class B(A): pass\n\
         def read(o): return o.x, o.m()\n\
         a, b = A(), B()\n\
         print(read(a), read(b), read(a))\n\
         B.x = 2; print(read(a), read(b))\n\
         A.m = lambda self: 'n'; print(read(a), read(b))\n\
         b.m = lambda: 'own'; print(read(b))\n\
         del B.x; A.x = property(lambda self: 'p'); print(read(a), read(b))\n\
         B.__bases__ = (type('C', (), {'x': 5, 'm': lambda self: 'c'}),); del b.m; print(read(b))\n",
        "(1, 'm') (1, 'm') (1, 'm')\n(1, 'm') (2, 'm')\n(1, 'n') (2, 'n')\n(2, 'own')\n('p', 'n') ('p', 'own')\n(5, 'c')\n",
    );
}
