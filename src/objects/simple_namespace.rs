//! `types.SimpleNamespace`.

crate::natives! { pub(crate) static METHODS:
}
