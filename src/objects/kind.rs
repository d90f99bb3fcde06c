//! Kinds: the closed list of Rust payloads that a heap object may have, and what the heap must know of each.
//!
//! To add a payload: write the type with its [`Payload`](super::heap::Payload) implementation in its own file and add a row here.

use std::ptr::NonNull;

use super::heap::{Header, info};
use super::value::Value;

/// Shows every value that an object holds to a visitor.
pub type Trace = unsafe fn(NonNull<Header>, &mut dyn FnMut(&Value));

/// What the heap does with objects of a kind.
pub struct KindInfo {
    /// Size in bytes of a given object.
    pub size: unsafe fn(NonNull<Header>) -> usize,
    /// Drops payload and tail.
    pub drop: unsafe fn(NonNull<Header>),
    /// Shows the values held.
    pub trace: Trace,
    /// Drops the values held, the object staying valid.
    pub clear: unsafe fn(NonNull<Header>),
    /// Whether Python code must run before the object goes.
    pub needs_finalizer: unsafe fn(NonNull<Header>) -> bool,
    /// Whether it can take part in a cycle.
    pub is_container: bool,
    /// Whether there is nothing to drop.
    pub is_trivial: bool,
    /// Whether `needs_finalizer` is worth asking.
    pub may_finalize: bool,
}

macro_rules! kinds {
    ($($kind:ident : $payload:ty, $class:ident;)+) => {
        /// The payload of a heap object.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum Kind { $(#[doc = concat!("[`", stringify!($payload), "`]")] $kind,)+ }

        /// One entry per kind, in the order of the enum.
        pub static KIND_INFOS: &[KindInfo] = &[$(kinds!(@info $class $payload),)+];

        impl Kind {
            const COUNT: usize = [$(Kind::$kind,)+].len();
        }
    };
    (@info leaf $payload:ty) => { kinds!(@make $payload, false, false, false) };
    (@info trivial $payload:ty) => { kinds!(@make $payload, false, true, false) };
    (@info container $payload:ty) => { kinds!(@make $payload, true, false, false) };
    (@info finalized $payload:ty) => { kinds!(@make $payload, true, false, true) };
    (@make $payload:ty, $container:literal, $trivial:literal, $finalized:literal) => {
        KindInfo {
            size: info::size::<$payload>,
            drop: info::drop::<$payload>,
            trace: info::trace::<$payload>,
            clear: info::clear::<$payload>,
            needs_finalizer: info::needs_finalizer::<$payload>,
            is_container: $container,
            is_trivial: $trivial,
            may_finalize: $finalized,
        }
    };
}

impl Kind {
    /// The kind with the given number.
    ///
    /// # Safety
    /// The number is that of a kind, as the low byte of every [`ShapeId`](super::shape::ShapeId) is.
    #[inline(always)]
    pub(super) const unsafe fn from_u8(number: u8) -> Kind {
        debug_assert!((number as usize) < Kind::COUNT);
        // SAFETY: by the contract; the enum has no explicit numbers.
        unsafe { std::mem::transmute(number) }
    }
}

// A row: kind, payload, and `leaf` (holds no values), `container` (may be part of a cycle), `finalized` (a container
// whose end may run Python code) or `trivial` (a leaf with nothing to drop; never subclassed in place).
kinds! {
    Int: super::int::Int, leaf;
    Float: super::float::Float, leaf;
    Complex: super::complex::Complex, leaf;
    Str: super::string::Str, leaf;
    Bytes: super::bytes::Bytes, leaf;
    ByteArray: super::bytes::ByteArray, leaf;
    MemoryView: super::memoryview::MemoryView, container;
    List: super::list::List, container;
    Tuple: super::tuple::Tuple, container;
    Dict: super::dict::Dict, container;
    DictView: super::dict_view::DictView, container;
    Set: super::set::Set, container;
    Range: super::range::Range, container;
    Slice: super::slice::Slice, container;
    Iter: super::iterator::Iter, container;
    ListIter: super::list::ListIter, container;
    RangeIter: super::range::RangeIter, leaf;
    TupleIter: super::tuple::TupleIter, container;
    Function: super::function::Function, container;
    BoundMethod: super::function::BoundMethod, container;
    Native: super::native::Native, container;
    NativeFrame: super::native::NativeFrame, finalized;
    Class: super::class::Class, container;
    Instance: super::instance::Instance, container;
    Module: super::module::Module, container;
    Code: super::code::Code, container;
    Cell: super::cell::CellObject, container;
    Frame: super::frame::Frame, finalized;
    Suspension: super::suspension::Suspension, finalized;
    Wrapper: super::descriptor::Wrapper, container;
    Property: super::descriptor::Property, container;
    Member: super::descriptor::Member, container;
    Super: super::super_::Super, container;
    Exception: super::exception::Exception, container;
    Traceback: super::traceback::Traceback, container;
    FrameView: super::frame_view::FrameView, container;
    WeakRef: super::weakref::WeakRef, container;
    GenericAlias: super::generic_alias::GenericAlias, container;
    Proxy: super::proxy::MappingProxy, container;
    Foreign: super::foreign::Foreign, container;
    Future: super::future::Future, finalized;
    Task: super::future::Task, finalized;
    Handle: super::handle::Handle, container;
}
