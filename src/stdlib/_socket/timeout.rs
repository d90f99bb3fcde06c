//! How long sockets wait: reading the argument of `settimeout`, and the default for new sockets.

use std::time::Duration;

use crate::objects::ctx::Ctx;
use crate::objects::float::{new_float, to_f64};
use crate::objects::int::to_i64;
use crate::objects::native::PyResult;
use crate::objects::protocol;
use crate::objects::value::Value;

/// What `setdefaulttimeout` was given.
#[derive(Default)]
struct Default_(Option<Duration>);

pub(super) fn default_timeout(ctx: &mut Ctx) -> Option<Duration> {
    ctx.state::<Default_>().0
}

pub(super) fn get_default(ctx: &mut Ctx, _args: &[Value]) -> PyResult {
    Ok(default_timeout(ctx).map_or(Value::NONE, |timeout| new_float(timeout.as_secs_f64())))
}

pub(super) fn set_default(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let timeout = read_timeout(ctx, &args[0])?;
    ctx.state::<Default_>().0 = timeout;
    Ok(Value::NONE)
}

/// Seconds, or None for ever.
pub(super) fn read_timeout(ctx: &mut Ctx, value: &Value) -> PyResult<Option<Duration>> {
    if value.is_none() {
        return Ok(None);
    }
    let seconds = match to_f64(value) {
        Some(seconds) => seconds,
        None => {
            let number = protocol::index_value(ctx, value)?;
            to_i64(&number).map_or(f64::MAX, |number| number as f64)
        }
    };
    if seconds.is_nan() {
        return Err(ctx.value_error("Invalid value NaN (not a number)"));
    }
    if seconds < 0.0 {
        return Err(ctx.value_error("Timeout value out of range"));
    }
    match Duration::try_from_secs_f64(seconds) {
        // The clock counts nanoseconds in 63 bits.
        Ok(timeout) if seconds < 9.2e9 => Ok(Some(timeout)),
        Ok(_) => Err(ctx.overflow_error("timeout doesn't fit into C timeval")),
        Err(_) => Err(ctx.overflow_error("timestamp out of range for platform time_t")),
    }
}
