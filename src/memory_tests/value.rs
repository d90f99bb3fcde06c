//! The value word: every tag and every exponent survives the way in and out.

use crate::objects::float::{new_float, to_f64};
use crate::objects::int;
use crate::objects::list::new_list;
use crate::objects::value::{SMALL_MAX, SMALL_MIN, Value, both_small_ints};

#[test]
fn small_ints_round_trip() {
    let edges = [SMALL_MIN, SMALL_MIN + 1, -1 << 31, -2, -1, 0, 1, 2, 1 << 31, SMALL_MAX - 1, SMALL_MAX];
    for i in edges {
        let value = Value::small_int(i).unwrap();
        assert_eq!(value.as_small_int(), Some(i));
        assert!(!value.is_object() && !value.is_immediate() && !value.is_empty());
        assert_eq!(value.as_inline_float(), None, "{i}");
        assert!(both_small_ints(value.bits(), value.bits()));
    }
    for i in [SMALL_MIN - 1, SMALL_MAX + 1, i64::MIN, i64::MAX] {
        assert!(Value::small_int(i).is_none());
        let boxed = int::from_i64(i);
        assert!(boxed.is_object());
        assert_eq!(int::to_i64(&boxed), Some(i));
    }
}

#[test]
fn floats_of_every_exponent_round_trip() {
    let mut inline = 0;
    for exponent in 0..2048_u64 {
        for mantissa in [0, 1, 0x000f_ffff_ffff_ffff, 0x0005_5555_5555_5555] {
            for sign in [0, 1_u64 << 63] {
                let number = f64::from_bits(sign | exponent << 52 | mantissa);
                let value = new_float(number);
                assert_eq!(to_f64(&value).map(f64::to_bits), Some(number.to_bits()));
                assert_eq!(value.as_small_int(), None);
                assert!(!value.is_immediate() && !value.is_empty());
                if value.is_object() {
                    assert!(Value::inline_float(number).is_none());
                } else {
                    inline += 1;
                }
            }
        }
    }
    // Three of eight exponent patterns are tags of their own.
    assert_eq!(inline, 2048 * 8 * 3 / 8);
    for everyday in [0.0, -0.0, 1.0, -1.5, 0.1, 1e-70, 1e70] {
        assert!(Value::inline_float(everyday).is_some(), "{everyday}");
    }
}

#[test]
fn singletons_and_ids_are_distinct() {
    let all = [
        Value::NONE,
        Value::FALSE,
        Value::TRUE,
        Value::NOT_IMPLEMENTED,
        Value::ELLIPSIS,
        Value::EMPTY,
        Value::small_int(0).unwrap(),
        Value::small_int(1).unwrap(),
        new_float(0.0),
        new_float(-0.0),
        new_float(1.0),
        new_list(Vec::new()).into_value(),
    ];
    for (i, a) in all.iter().enumerate() {
        for (j, b) in all.iter().enumerate() {
            assert_eq!(a.is(b), i == j, "{a:?} {b:?}");
            assert_eq!(a.id() == b.id(), i == j, "{a:?} {b:?}");
        }
        assert_eq!(a.id() & 1 == 0, a.is_object(), "{a:?}");
    }
    assert_eq!(Value::bool(true).as_bool(), Some(true));
    assert_eq!(Value::bool(false).as_bool(), Some(false));
    assert_eq!(Value::NONE.as_bool(), None);
}

#[test]
fn clones_count_and_words_keep_their_reference() {
    let list = new_list(vec![Value::NONE]).into_value();
    let count = || list.header().map(|header| header.count());
    assert_eq!(count(), Some(1));
    let copies: Vec<Value> = (0..10).map(|_| list.clone()).collect();
    assert_eq!(count(), Some(11));
    drop(copies);
    assert_eq!(count(), Some(1));
    let word = std::mem::ManuallyDrop::new(list.clone());
    assert_eq!(count(), Some(2));
    drop(std::mem::ManuallyDrop::into_inner(word));
    assert_eq!(count(), Some(1));
}
