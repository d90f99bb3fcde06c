//! Bodies of opcodes that are too long or too rare for the loop, by theme.

pub(crate) mod attribute;
pub(crate) mod context;
pub(crate) mod display;
pub(crate) mod exception;
pub(crate) mod function;
pub(crate) mod import;
pub(crate) mod intrinsic;
pub(crate) mod iteration;
pub(crate) mod operator;
pub(crate) mod pattern;
pub(crate) mod special;
pub(crate) mod subscript;
pub(crate) mod suspension;
pub(crate) mod variable;
