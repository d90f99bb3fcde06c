//! Module `_random`: the Mersenne Twister behind `random`.
//!
//! Source: Standard Library "random"; the generator is in the text floor.

use std::cell::RefCell;

use num_bigint::{BigInt, Sign};
use num_traits::Signed;

use crate::objects::class::flags;
use crate::objects::ctx::Ctx;
use crate::objects::float::new_float;
use crate::objects::foreign::{ForeignData, data_of, new_foreign};
use crate::objects::int::{self, from_bigint, from_u64, from_usize, is_int, to_i64};
use crate::objects::kind::Kind;
use crate::objects::module::new_module;
use crate::objects::native::{PyResult, shape_asked};
use crate::objects::protocol;
use crate::objects::string::intern;
use crate::objects::tuple::{Tuple, new_tuple};
use crate::objects::value::Value;
use crate::text::mersenne::{MersenneTwister, WORDS};

crate::natives! { static METHODS:
    /// Create and return a new object.  See help(type) for accurate signature.
    staticmethod "__new__(cls, /, *args, **kwargs)" => new;
    /// Initialize self.  See help(type(self)) for accurate signature.
    method "__init__(self, /, *args)" => init;
    /// random() -> x in the interval [0, 1).
    method "random(self, /)" => |ctx, args| with(ctx, args, |twister| new_float(twister.random()));
    /// seed([n]) -> None.
    ///
    /// Defaults to use urandom and falls back to a combination
    /// of the current time and the process identifier.
    method "seed(self, n=None, /)" => |ctx, args| seed(ctx, &args[0], &args[1]);
    /// getstate() -> tuple containing the current state.
    method "getstate(self, /)" => |ctx, args| with(ctx, args, |twister| state_of(twister));
    /// setstate(state) -> None.  Restores generator state.
    method "setstate(self, state, /)" => set_state;
    /// getrandbits(k) -> x.  Generates an int with k random bits.
    method "getrandbits(self, k, /)" => bits;
}

/// The data of a generator.
struct Generator {
    twister: RefCell<MersenneTwister>,
}

impl ForeignData for Generator {}

/// Makes the module.
pub(crate) fn module(ctx: &mut Ctx) -> PyResult {
    let module = new_module(ctx, "_random", Some("Module implements the Mersenne Twister random number generator."));
    let object = ctx.types.object.clone();
    let doc = "Random() -> create a random number generator with its own internal state.";
    let class =
        ctx.types.define_class("Random", "_random", doc, &[&object], Kind::Foreign, flags::SUBCLASSABLE, &[METHODS]);
    module.dict.set_str(&intern("Random"), class.into_value());
    Ok(module.into_value())
}

fn new(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let shape = shape_asked(ctx, &args[0], Kind::Foreign)?;
    let twister = MersenneTwister::from_seed(&fresh_seed(ctx));
    Ok(new_foreign(shape, Generator { twister: RefCell::new(twister) }).into_value())
}

fn init(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let given = args[1].downcast_ref::<Tuple>().map_or(&[][..], |tuple| tuple.items());
    match given {
        [] => seed(ctx, &args[0], &Value::NONE),
        [value] => seed(ctx, &args[0], value),
        _ => Err(ctx.type_error("Random() requires 0 or 1 argument")),
    }
}

fn generator<'a>(ctx: &mut Ctx, this: &'a Value) -> PyResult<&'a Generator> {
    match data_of::<Generator>(this) {
        Some(generator) => Ok(generator),
        None => Err(ctx.type_error("the method belongs to another type")),
    }
}

fn with(ctx: &mut Ctx, args: &[Value], draw: fn(&mut MersenneTwister) -> Value) -> PyResult {
    Ok(draw(&mut generator(ctx, &args[0])?.twister.borrow_mut()))
}

/// A seed that the program did not choose.
fn fresh_seed(ctx: &mut Ctx) -> BigInt {
    let mut bytes = [0; 64];
    ctx.host.random_bytes(&mut bytes);
    BigInt::from_bytes_le(Sign::Plus, &bytes)
}

/// Seeds with an int's magnitude, with the hash of any other object, or anew.
fn seed(ctx: &mut Ctx, this: &Value, value: &Value) -> PyResult {
    let number = if value.is_empty() || value.is_none() {
        fresh_seed(ctx)
    } else if is_int(value) {
        int::to_bigint(value).unwrap_or_default().abs()
    } else {
        BigInt::from(protocol::hash(ctx, value)? as u64)
    };
    generator(ctx, this)?.twister.replace(MersenneTwister::from_seed(&number));
    Ok(Value::NONE)
}

fn state_of(twister: &MersenneTwister) -> Value {
    let (words, next) = twister.state();
    let mut items: Vec<Value> = words.iter().map(|word| from_u64(u64::from(*word))).collect();
    items.push(from_usize(next));
    new_tuple(items).into_value()
}

fn set_state(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let Some(state) = args[1].downcast_ref::<Tuple>() else {
        return Err(ctx.type_error("state vector must be a tuple"));
    };
    let Some((next, given)) = state.items().split_last().filter(|(_, words)| words.len() == WORDS) else {
        return Err(ctx.value_error("state vector is the wrong size"));
    };
    let mut words = [0; WORDS];
    for (word, value) in words.iter_mut().zip(given) {
        if !is_int(value) {
            return Err(ctx.type_error("an integer is required"));
        }
        if int::is_negative(value) {
            return Err(ctx.overflow_error("can't convert negative value to unsigned int"));
        }
        // CPython keeps the lower half of a number that needs more than 32 bits.
        match to_i64(value) {
            Some(number) => *word = number as u32,
            None => return Err(int::too_large(ctx, "unsigned long")),
        }
    }
    let index = protocol::as_isize(ctx, next)?;
    match usize::try_from(index).ok().and_then(|index| MersenneTwister::from_state(words, index)) {
        Some(twister) => {
            generator(ctx, &args[0])?.twister.replace(twister);
            Ok(Value::NONE)
        }
        None => Err(ctx.value_error("invalid state")),
    }
}

fn bits(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let count = protocol::convert::as_i32(ctx, &args[1]).map(i64::from)?;
    if count < 0 {
        return Err(ctx.value_error("number of bits must be non-negative"));
    }
    let mut twister = generator(ctx, &args[0])?.twister.borrow_mut();
    Ok(match count {
        0..=64 => from_u64(twister.bits_u64(count as u32)),
        _ => from_bigint(BigInt::from(twister.bits(count as u64))),
    })
}
