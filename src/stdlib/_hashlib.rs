//! Module `_hashlib`: hash functions, for `hashlib`.
//!
//! Source: Standard Library "hashlib"; the functions are those of the RustCrypto crates.

use std::cell::RefCell;

use md5::digest::DynDigest;

use crate::objects::buffer;
use crate::objects::bytes::new_bytes;
use crate::objects::class::Class;
use crate::objects::ctx::Ctx;
use crate::objects::foreign::{ForeignData, data_of, new_foreign};
use crate::objects::heap::Ref;
use crate::objects::int;
use crate::objects::kind::Kind;
use crate::objects::module::new_module;
use crate::objects::native::PyResult;
use crate::objects::protocol;
use crate::objects::string::{Str, intern};
use crate::objects::types::new_function;
use crate::objects::value::Value;
use crate::text::binary;

crate::natives! { static FUNCTIONS:
    /// Return a new hash object using the named algorithm.
    ///
    /// An optional string argument may be provided and will be automatically hashed.
    function "new(name, string=b'', *, usedforsecurity=True)" => new;
}

crate::natives! { static METHODS:
    staticmethod "__new__(cls, /, *args, **kwargs)" => |ctx, _| Err(ctx.type_error("cannot create '_hashlib.HASH' instances"));
    /// Update this hash object's state with the provided string.
    method "update(self, obj, /)" => |ctx, args| {
        let data = input(ctx, &args[1])?;
        this(ctx, &args[0])?.state.borrow_mut().update(&data);
        Ok(Value::NONE)
    };
    /// Return the digest value as a bytes object.
    method "digest(self, /)" => |ctx, args| Ok(new_bytes(finished(ctx, args)?).into_value());
    /// Return the digest value as a string of hexadecimal digits.
    method "hexdigest(self, /)" => |ctx, args| {
        let digits = binary::to_hex(&finished(ctx, args)?);
        Ok(ctx.str(String::from_utf8(digits).unwrap_or_default()))
    };
    /// Return a copy of the hash object.
    method "copy(self, /)" => |ctx, args| {
        let hash = this(ctx, &args[0])?;
        let copy = Hash { algorithm: hash.algorithm, state: RefCell::new(hash.state.borrow().clone()) };
        made(ctx, copy)
    };
    /// algorithm name.
    getter "name(self)" => |ctx, args| { let name = this(ctx, &args[0])?.algorithm.name; Ok(ctx.str(name)) };
    getter "digest_size(self)" => |ctx, args| Ok(int::from_usize(this(ctx, &args[0])?.state.borrow().output_size()));
    getter "block_size(self)" => |ctx, args| Ok(int::from_usize(this(ctx, &args[0])?.algorithm.block));
    /// Return repr(self).
    method "__repr__(self, /)" => |ctx, args| {
        let name = this(ctx, &args[0])?.algorithm.name;
        Ok(ctx.str(format!("<{name} _hashlib.HASH object @ {:#x}>", args[0].id())))
    };
}

/// A hash function.
struct Algorithm {
    name: &'static str,
    block: usize,
    make: fn() -> Box<dyn DynDigest>,
}

macro_rules! algorithms {
    ($($name:literal $block:literal $state:ty;)+) => {
        static ALGORITHMS: &[Algorithm] = &[$(Algorithm {
            name: $name,
            block: $block,
            make: || Box::new(<$state>::default()),
        }),+];
    };
}

// A row: the name, bytes of a block, the type of the state.
algorithms! {
    "md5" 64 md5::Md5;
    "sha1" 64 sha1::Sha1;
    "sha224" 64 sha2::Sha224;
    "sha256" 64 sha2::Sha256;
    "sha384" 128 sha2::Sha384;
    "sha512" 128 sha2::Sha512;
    "sha512_224" 128 sha2::Sha512_224;
    "sha512_256" 128 sha2::Sha512_256;
    "sha3_224" 144 sha3::Sha3_224;
    "sha3_256" 136 sha3::Sha3_256;
    "sha3_384" 104 sha3::Sha3_384;
    "sha3_512" 72 sha3::Sha3_512;
    "blake2b" 128 blake2::Blake2b512;
    "blake2s" 64 blake2::Blake2s256;
}

/// The data of a hash object.
struct Hash {
    algorithm: &'static Algorithm,
    state: RefCell<Box<dyn DynDigest>>,
}

impl ForeignData for Hash {}

/// The class of hash objects.
#[derive(Default)]
struct Classes {
    hash: Option<Ref<Class>>,
}

/// Makes the module.
pub(crate) fn module(ctx: &mut Ctx) -> PyResult {
    let module = new_module(ctx, "_hashlib", None);
    for def in FUNCTIONS {
        module.dict.set_str(&intern(def.name()), new_function("_hashlib", def));
    }
    let object = ctx.types.object.clone();
    let doc = "A hash is an object used to calculate a checksum of a string of information.";
    let hash = ctx.types.define_class("HASH", "_hashlib", doc, &[&object], Kind::Foreign, 0, &[METHODS]);
    module.dict.set_str(&intern("HASH"), hash.value().clone());
    ctx.state::<Classes>().hash = Some(hash);
    Ok(module.into_value())
}

fn this<'a>(ctx: &mut Ctx, value: &'a Value) -> PyResult<&'a Hash> {
    match data_of::<Hash>(value) {
        Some(hash) => Ok(hash),
        None => Err(ctx.type_error("the method belongs to another type")),
    }
}

fn made(ctx: &mut Ctx, hash: Hash) -> PyResult {
    match ctx.state::<Classes>().hash.clone() {
        Some(class) => Ok(new_foreign(class.instance_shape.get(), hash).into_value()),
        None => Err(ctx.type_error("the module is not ready")),
    }
}

fn input<'a>(ctx: &mut Ctx, value: &'a Value) -> PyResult<std::borrow::Cow<'a, [u8]>> {
    if value.is_kind::<Str>() {
        return Err(ctx.type_error("Strings must be encoded before hashing"));
    }
    match buffer::bytes_of(value) {
        Some(data) => Ok(data),
        None => Err(ctx.type_error("object supporting the buffer API required")),
    }
}

fn new(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let name = protocol::text::expect_str(ctx, &args[0], "new() argument 'name' must be str, not {}")?;
    let wanted = name.as_str().to_ascii_lowercase().replace('-', "_");
    let Some(algorithm) = ALGORITHMS.iter().find(|algorithm| algorithm.name == wanted) else {
        return Err(ctx.value_error(format!("unsupported hash type {}", name.as_str())));
    };
    let mut state = (algorithm.make)();
    if !args[1].is_empty() {
        state.update(&input(ctx, &args[1])?);
    }
    made(ctx, Hash { algorithm, state: RefCell::new(state) })
}

fn finished(ctx: &mut Ctx, args: &[Value]) -> PyResult<Vec<u8>> {
    let state = this(ctx, &args[0])?.state.borrow().clone();
    Ok(state.finalize().into_vec())
}
