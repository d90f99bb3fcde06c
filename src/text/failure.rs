//! How the algorithms of this floor report that Python would raise.
//!
//! They cannot build exception objects, so each module lists its failures in one `failures!` table: the variant, the exception
//! it becomes, and the message. The object floor turns any of them into an exception with a single function.

use std::fmt;

/// The built-in exception that a [`Failure`] becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Raises {
    /// `ValueError`
    ValueError,
    /// `OverflowError`
    OverflowError,
    /// `ZeroDivisionError`
    ZeroDivisionError,
    /// `TypeError`
    TypeError,
    /// `IndexError`
    IndexError,
    /// `MemoryError`
    MemoryError,
    /// `LookupError`
    LookupError,
}

/// A failure of a value-free algorithm: the exception to raise, and through `Display` its message.
pub trait Failure: fmt::Display {
    /// Names the exception that this failure becomes.
    fn raises(&self) -> Raises;
}

/// Defines an enum of failures: one row names the variant, its exception and its message.
macro_rules! failures {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $( $(#[$vmeta:meta])* $variant:ident $({ $($field:ident : $ty:ty),* })? => $raises:ident, $text:literal; )*
        }
    ) => {
        $(#[$meta])*
        pub enum $name {
            $( $(#[$vmeta])* $variant $({ $(
                /// The part of the message that varies.
                $field: $ty
            ),* })? ),*
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self { $( Self::$variant $({ $($field),* })? => write!(f, $text) ),* }
            }
        }

        impl $crate::text::Failure for $name {
            fn raises(&self) -> $crate::text::Raises {
                match self { $( Self::$variant { .. } => $crate::text::Raises::$raises ),* }
            }
        }

        impl std::error::Error for $name {}
    };
}
pub(crate) use failures;
