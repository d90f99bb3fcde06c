//! The types of `None`, `NotImplemented` and `Ellipsis`.

crate::natives! { pub(crate) static NONE_METHODS:
}

crate::natives! { pub(crate) static NOT_IMPLEMENTED_METHODS:
}

crate::natives! { pub(crate) static ELLIPSIS_METHODS:
}
