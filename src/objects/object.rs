//! `object`: what every class inherits.

crate::natives! { pub(crate) static METHODS:
}
