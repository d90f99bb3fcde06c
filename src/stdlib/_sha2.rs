//! Module `_sha2`: the hash functions SHA-256 and SHA-512.
//!
//! Source: Standard Library "hashlib"; the functions are in the text floor.

use std::cell::RefCell;

use crate::objects::buffer::expect_bytes_or;
use crate::objects::bytes::new_bytes;
use crate::objects::class::Class;
use crate::objects::ctx::Ctx;
use crate::objects::foreign::{ForeignData, data_of, new_foreign};
use crate::objects::heap::Ref;
use crate::objects::int::from_usize;
use crate::objects::kind::Kind;
use crate::objects::module::new_module;
use crate::objects::native::PyResult;
use crate::objects::string::intern;
use crate::objects::types::new_function;
use crate::objects::value::Value;
use crate::text::sha2;

crate::natives! { static FUNCTIONS:
    /// Return a new SHA-256 hash object; optionally initialized with a string.
    function "sha256(string=b'', *, usedforsecurity=True)" => |ctx, args| new(ctx, &args[0], Algorithm::Sha256);
    /// Return a new SHA-512 hash object; optionally initialized with a string.
    function "sha512(string=b'', *, usedforsecurity=True)" => |ctx, args| new(ctx, &args[0], Algorithm::Sha512);
}

crate::natives! { static METHODS:
    /// Return the digest value as a bytes object.
    method "digest(self, /)" => |ctx, args| Ok(new_bytes(hasher(ctx, args)?.digest()).into_value());
    /// Return the digest value as a string of hexadecimal digits.
    method "hexdigest(self, /)" => hex_digest;
    /// Update this hash object's state with the provided string.
    method "update(self, obj, /)" => update;
    /// Return a copy of the hash object.
    method "copy(self, /)" => copy;
    getter "name(self)" => |ctx, args| { let name = hasher(ctx, args)?.algorithm.name(); Ok(ctx.str(name)) };
    getter "digest_size(self)" => |ctx, args| Ok(from_usize(hasher(ctx, args)?.algorithm.sizes().0));
    getter "block_size(self)" => |ctx, args| Ok(from_usize(hasher(ctx, args)?.algorithm.sizes().1));
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Algorithm {
    Sha256,
    Sha512,
}

impl Algorithm {
    fn name(self) -> &'static str {
        match self {
            Algorithm::Sha256 => "sha256",
            Algorithm::Sha512 => "sha512",
        }
    }

    /// Bytes of a digest and of a block.
    fn sizes(self) -> (usize, usize) {
        match self {
            Algorithm::Sha256 => (32, 64),
            Algorithm::Sha512 => (64, 128),
        }
    }
}

/// The data of a hash object: what it was given so far.
struct Hasher {
    algorithm: Algorithm,
    message: RefCell<Vec<u8>>,
}

impl ForeignData for Hasher {}

impl Hasher {
    fn digest(&self) -> Vec<u8> {
        match self.algorithm {
            Algorithm::Sha256 => sha2::sha256(&self.message.borrow()),
            Algorithm::Sha512 => sha2::sha512(&self.message.borrow()),
        }
    }
}

/// The class of hash objects.
#[derive(Default)]
struct HashClass(Option<Ref<Class>>);

/// Makes the module.
pub(crate) fn module(ctx: &mut Ctx) -> PyResult {
    let module = new_module(ctx, "_sha2", None);
    for def in FUNCTIONS {
        module.dict.set_str(&intern(def.name()), new_function("_sha2", def));
    }
    Ok(module.into_value())
}

fn new_hasher(ctx: &mut Ctx, algorithm: Algorithm, message: Vec<u8>) -> Value {
    let class = match ctx.state::<HashClass>().0.clone() {
        Some(class) => class,
        None => {
            let object = ctx.types.object.clone();
            let class = ctx.types.define_class("SHA2Type", "_sha2", "", &[&object], Kind::Foreign, 0, &[METHODS]);
            ctx.state::<HashClass>().0 = Some(class.clone());
            class
        }
    };
    let hasher = Hasher { algorithm, message: RefCell::new(message) };
    new_foreign(class.instance_shape.get(), hasher).into_value()
}

fn bytes_argument(ctx: &mut Ctx, value: &Value) -> PyResult<Vec<u8>> {
    if value.is_kind::<crate::objects::string::Str>() {
        return Err(ctx.type_error("Strings must be encoded before hashing"));
    }
    expect_bytes_or(ctx, value, "object supporting the buffer API required").map(|bytes| bytes.into_owned())
}

fn new(ctx: &mut Ctx, value: &Value, algorithm: Algorithm) -> PyResult {
    let message = if value.is_empty() { Vec::new() } else { bytes_argument(ctx, value)? };
    Ok(new_hasher(ctx, algorithm, message))
}

fn hasher<'a>(ctx: &mut Ctx, args: &'a [Value]) -> PyResult<&'a Hasher> {
    match data_of::<Hasher>(&args[0]) {
        Some(hasher) => Ok(hasher),
        None => Err(ctx.type_error("the method belongs to another type")),
    }
}

fn hex_digest(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let digest = hasher(ctx, args)?.digest();
    let text: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(ctx.str(text))
}

fn update(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let more = bytes_argument(ctx, &args[1])?;
    hasher(ctx, args)?.message.borrow_mut().extend(more);
    Ok(Value::NONE)
}

fn copy(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let hasher = hasher(ctx, args)?;
    let (algorithm, message) = (hasher.algorithm, hasher.message.borrow().clone());
    Ok(new_hasher(ctx, algorithm, message))
}
