//! Errors as people read them: the text of tracebacks, where the marks under a line go, what a misspelt name may have
//! been meant to be.

pub mod carets;
pub mod removals;
pub mod suggestions;
pub mod traceback;
