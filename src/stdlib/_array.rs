//! Module `_array`: an object that shows a bytearray as items of a format. `array`, written in Python, builds its class on it.
//!
//! Source: "array" of the Standard Library reference, PEP 3118.

use crate::objects::bytes::ByteArray;
use crate::objects::class::flags;
use crate::objects::ctx::Ctx;
use crate::objects::foreign::{ForeignData, data_of, new_foreign};
use crate::objects::heap::Slot;
use crate::objects::int::from_usize;
use crate::objects::kind::Kind;
use crate::objects::memoryview::{self, Format};
use crate::objects::module::new_module;
use crate::objects::native::{PyResult, shape_asked};
use crate::objects::protocol;
use crate::objects::string::{Str, intern};
use crate::objects::value::Value;

crate::natives! { static METHODS:
    staticmethod "__new__(cls, store, typecode, /)" => new;
    /// Return a buffer object that exposes the underlying memory of the object.
    method "__buffer__(self, flags, /)" => |ctx, args| memoryview::view_of(ctx, &args[0]);
    /// the bytes of the items
    getter "_store(self)" => |_, args| Ok(data_of::<Exporter>(&args[0]).map_or(Value::NONE, |data| data.store.get()));
    /// the typecode character used to create the array
    getter "typecode(self)" => |_, args| Ok(data_of::<Exporter>(&args[0]).map_or(Value::NONE, |data| data.typecode.get()));
    /// the size, in bytes, of one array item
    getter "itemsize(self)" => |_, args| Ok(from_usize(data_of::<Exporter>(&args[0]).map_or(0, |data| data.format.size)));
}

/// What such an object holds.
struct Exporter {
    store: Slot,
    typecode: Slot,
    format: Format,
}

impl ForeignData for Exporter {
    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.store.peek(&mut *visit);
        self.typecode.peek(visit);
    }

    fn clear(&self) {
        // The items stay: whoever is shown them counts on their number.
    }

    fn buffer(&self) -> Option<(Value, Format)> {
        Some((self.store.get(), self.format))
    }
}

/// Makes the module.
///
/// # Errors
/// None.
pub(super) fn module(ctx: &mut Ctx) -> PyResult {
    let module = new_module(ctx, "_array", None);
    let object = ctx.types.object.clone();
    let class_flags = flags::SUBCLASSABLE | flags::HAS_WEAKREF;
    let class = ctx.types.define_class("exporter", "_array", "", &[&object], Kind::Foreign, class_flags, &[METHODS]);
    module.dict.set_str(&intern("exporter"), class.into_value());
    Ok(module.into_value())
}

fn new(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let shape = shape_asked(ctx, &args[0], Kind::Foreign)?;
    let format = args[2].downcast_ref::<Str>().and_then(|code| Format::of_array(code.as_str()));
    let Some(format) = format.filter(|_| args[1].is_kind::<ByteArray>()) else {
        return Err(protocol::type_mismatch(ctx, "a bytearray and a typecode are required, not '{}'", &args[1]));
    };
    let data = Exporter { store: Slot::new(args[1].clone()), typecode: Slot::new(args[2].clone()), format };
    Ok(new_foreign(shape, data).into_value())
}
