//! `type`: making classes, and the methods and attributes of classes.

crate::natives! { pub(crate) static METHODS:
}
