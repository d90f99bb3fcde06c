//! Methods and attributes of generators, coroutines and asynchronous generators.

crate::natives! { pub(crate) static GENERATOR_METHODS:
}

crate::natives! { pub(crate) static COROUTINE_METHODS:
}

crate::natives! { pub(crate) static ASYNC_GENERATOR_METHODS:
}
