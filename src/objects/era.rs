//! The version of Python that was asked for with `--python`, as far as the core speaks differently for it.
//!
//! What modules have and lack in an era is told by `_eras`; here is what concerns messages: an older Python guessed at
//! fewer mistakes and warned of less. Source: "What's New in Python" of 3.7, 3.10 and 3.12.

use super::ctx::Ctx;

/// N of `--python 3.N`; None for every era at once.
#[derive(Clone, Copy, Default)]
pub struct AskedVersion(pub Option<u8>);

/// Whether the program asked for a Python before 3.`minor`.
pub fn is_before(ctx: &mut Ctx, minor: u8) -> bool {
    ctx.state::<AskedVersion>().0.is_some_and(|asked| asked < minor)
}
