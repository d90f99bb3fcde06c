//! Texts: in the object, outside it, and the step from one to the other.

use crate::objects::text::Text;

/// A text grows by characters of every width, through the length where it leaves the object.
#[test]
fn texts_grow_past_the_object() {
    for piece in ["a", "é", "汉", "😀", "a汉", ""] {
        let (mut text, mut pushed, mut expected) = (Text::with_capacity(0), Text::from(""), String::new());
        for _ in 0..40 {
            assert_eq!((text.as_str(), pushed.as_str()), (&*expected, &*expected));
            assert!(text.try_push(piece));
            pushed.push(piece);
            expected.push_str(piece);
        }
        assert_eq!(Text::from(&expected).as_str(), expected);
        assert_eq!(Text::from(expected.clone()).as_str(), expected);
    }
}

#[test]
fn room_is_asked_for_or_refused() {
    for length in [0, 29, 30, 31, 1_000] {
        let mut text = Text::try_with_capacity(length).unwrap();
        assert_eq!(text.as_str(), "");
        assert!(text.try_push(&"汉".repeat(length)));
        assert_eq!(text.as_str().chars().count(), length);
    }
    assert!(Text::try_with_capacity(usize::MAX).is_none());
}
