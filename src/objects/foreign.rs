//! Objects whose data belongs to a standard library module (a deque, a random generator, a lock).

use std::any::Any;

use super::ctx::Ctx;
use super::heap::{Obj, Payload, Ref, alloc};
use super::kind::Kind;
use super::memoryview::Format;
use super::native::PyResult;
use super::shape::ShapeId;
use super::value::Value;

/// Data of a type that the object model does not know. State is in cells.
pub trait ForeignData: Any {
    /// Shows the values held.
    fn trace(&self, _visit: &mut dyn FnMut(&Value)) {}

    /// Drops the values held.
    fn clear(&self) {}

    /// Called before an attribute of the object is looked up or changed; what it raises is raised there.
    ///
    /// # Errors
    /// Anything.
    fn before_attributes(&self, _ctx: &mut Ctx, _object: &Value) -> PyResult<()> {
        Ok(())
    }

    /// For a descriptor of an item of tuples: its place. Such a descriptor takes precedence over the instance.
    fn tuple_item(&self) -> Option<usize> {
        None
    }

    /// For what shows its bytes to others: the bytearray that has them, and the format of its items.
    fn buffer(&self) -> Option<(Value, Format)> {
        None
    }

    /// How many items a container has, which is also what `len()` says.
    fn item_count(&self) -> Option<usize> {
        None
    }

    /// Whether calling the object runs no Python function directly, so that natives may call it in a loop.
    fn is_leaf_callable(&self) -> bool {
        false
    }
}

/// The payload of such objects; the class is a matter of shape.
pub struct Foreign {
    data: Box<dyn ForeignData>,
}

impl Payload for Foreign {
    const KIND: Kind = Kind::Foreign;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.data.trace(visit);
    }

    fn clear(&self) {
        self.data.clear();
    }
}

impl Foreign {
    /// See [`ForeignData::item_count`].
    pub fn item_count(&self) -> Option<usize> {
        self.data.item_count()
    }

    /// See [`ForeignData::buffer`].
    pub fn buffer(&self) -> Option<(Value, Format)> {
        self.data.buffer()
    }

    /// See [`ForeignData::tuple_item`].
    pub fn tuple_item(&self) -> Option<usize> {
        self.data.tuple_item()
    }

    /// See [`ForeignData::is_leaf_callable`].
    pub fn is_leaf_callable(&self) -> bool {
        self.data.is_leaf_callable()
    }

    /// See [`ForeignData::before_attributes`].
    ///
    /// # Errors
    /// Anything.
    pub fn before_attributes(&self, ctx: &mut Ctx, object: &Value) -> PyResult<()> {
        self.data.before_attributes(ctx, object)
    }

    /// The data, if it is a `T`.
    pub fn get<T: ForeignData>(&self) -> Option<&T> {
        (&*self.data as &dyn Any).downcast_ref::<T>()
    }
}

/// A new object of a class that [`define_class`](super::types::Types::define_class) or a program made.
pub fn new_foreign(shape: ShapeId, data: impl ForeignData) -> Ref<Foreign> {
    alloc(shape, Foreign { data: Box::new(data) })
}

/// The data of a value, if it is a foreign object with a `T`.
pub fn data_of<T: ForeignData>(value: &Value) -> Option<&T> {
    let object: &Obj<Foreign> = value.downcast_ref::<Foreign>()?;
    object.get::<T>()
}
