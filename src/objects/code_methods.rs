//! Methods and attributes of code objects.

crate::natives! { pub(crate) static METHODS:
}
