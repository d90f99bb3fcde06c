//! `bool`: a subclass of `int` with two instances, which live in the word.

crate::natives! { pub(crate) static METHODS:
}
