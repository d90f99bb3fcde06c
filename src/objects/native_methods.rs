//! Methods and attributes of native functions and descriptors.

crate::natives! { pub(crate) static METHODS:
}

crate::natives! { pub(crate) static GETSET_METHODS:
}
