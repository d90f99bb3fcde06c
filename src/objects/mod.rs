//! The object model: values, the heap, classes, protocols, and one file per built-in type.
//!
//! Start with [`value`] (the word), [`heap`] (objects and their end), [`kind`] (the list of payloads), [`shape`] and
//! [`class`] (types), then [`native`] (how Rust functions become methods), [`ctx`] (what they share) and [`protocol`]
//! (what Python's operators and built-in functions do with any object). [`types`] is the table of built-in classes.

pub mod arguments;
pub mod bool_;
pub mod buffer;
pub mod bytes;
pub mod cell;
pub mod class;
pub mod class_creation;
pub mod code;
pub mod code_methods;
pub mod codec;
pub mod complex;
pub mod construct;
pub mod ctx;
pub mod descriptor;
pub mod dict;
pub mod dict_view;
pub mod exception;
pub mod exception_fields;
pub mod exception_group;
pub mod exception_table;
pub mod failure;
pub mod file;
pub mod float;
pub mod foreign;
pub mod frame;
pub mod frame_view;
pub mod function;
pub mod generator;
pub mod generic_alias;
pub mod heap;
pub mod instance;
pub mod int;
pub mod iterator;
pub mod kind;
pub mod list;
pub mod memoryview;
pub mod module;
pub mod names;
pub mod native;
pub mod native_methods;
pub mod object;
pub mod observer;
pub mod protocol;
pub mod proxy;
pub mod range;
pub mod sequence;
pub mod set;
pub mod shape;
pub mod simple_namespace;
pub mod singletons;
pub mod slice;
pub mod sort;
pub mod str_format;
pub mod str_methods;
pub mod str_search;
pub mod string;
pub mod suggestion;
pub mod super_;
pub mod suspension;
pub mod traceback;
pub mod tuple;
pub mod type_;
pub mod types;
pub mod value;
pub mod warning;
pub mod weakref;

pub use ctx::{Ctx, Door, Resumed};
pub use heap::{Obj, Payload, Ref, Slot};
pub use native::{PyResult, Raised};
pub use value::Value;
