//! Module `itertools`: building blocks for iterators.
//!
//! Every class is an [`Iter`](crate::objects::iterator::Iter) with its own
//! [`NativeIterator`](crate::objects::iterator::NativeIterator): one struct that holds the iterators it draws from in cells,
//! and a `next`. [`endless`] has those that need no iterable, [`selecting`] those that give out some of the items they are
//! given, [`shaping`] those that make others of them; [`combinatoric`] has `product`, `permutations` and their kin,
//! [`grouping`] has `groupby` and `tee`, whose parts share state. [`stepping`] advances them on the chain of frames where there are
//! threads.
//!
//! Source: "itertools" of the Standard Library reference.

mod combinatoric;
mod endless;
mod grouping;
mod selecting;
mod shaping;
mod stepping;

use crate::objects::class::flags;
use crate::objects::ctx::Ctx;
use crate::objects::kind::Kind;
use crate::objects::native::{NativeDef, PyResult};
use crate::objects::string::intern;
use crate::objects::tuple::{Tuple, new_tuple};
use crate::objects::types::new_function;
use crate::objects::value::Value;
use crate::objects::{iterator, module, protocol};

/// Traces, clears and shows the iterator as its own type; the arguments are the slots that it holds.
macro_rules! holds {
    ($($slot:ident),*) => {
        fn trace(&self, visit: &mut dyn FnMut(&Value)) {
            let _ = &visit;
            $(self.$slot.peek(&mut *visit);)*
        }

        fn clear(&self) {
            $(self.$slot.take();)*
        }

        fn as_any(&self) -> &dyn std::any::Any {
            self
        }
    };
}
use holds;

const PLAIN: &[NativeDef] = iterator::METHODS;
const REDUCE: &[NativeDef] = iterator::REDUCE_METHODS;
const HINT: &[NativeDef] = iterator::HINT_METHODS;

/// Makes the module.
pub(super) fn module(ctx: &mut Ctx) -> PyResult {
    let doc = "Functional tools for creating and using iterators.";
    let module = module::new_module(ctx, "itertools", Some(doc));
    let rows: &[(&str, &'static str, &[&'static [NativeDef]])] = &[
        (
            "accumulate",
            "Return series of accumulated sums (or other binary function results).",
            &[shaping::ACCUMULATE, PLAIN, REDUCE],
        ),
        (
            "batched",
            "Batch data into tuples of length n. The last batch may be shorter than n.",
            &[shaping::BATCHED, PLAIN],
        ),
        (
            "chain",
            "Return a chain object whose .__next__() method returns elements from the\nfirst iterable until it is exhausted, then elements from the next\niterable, until all of the iterables are exhausted.",
            &[shaping::CHAIN, PLAIN, REDUCE],
        ),
        (
            "compress",
            "Return data elements corresponding to true selector elements.",
            &[selecting::COMPRESS, PLAIN, REDUCE],
        ),
        (
            "count",
            "Return a count object whose .__next__() method returns consecutive values.",
            &[endless::COUNT, PLAIN, REDUCE],
        ),
        (
            "cycle",
            "Return elements from the iterable until it is exhausted. Then repeat the sequence indefinitely.",
            &[endless::CYCLE, PLAIN, REDUCE],
        ),
        (
            "dropwhile",
            "Drop items from the iterable while predicate(item) is true.",
            &[selecting::DROPWHILE, PLAIN, REDUCE],
        ),
        (
            "filterfalse",
            "Return those items of iterable for which function(item) is false.",
            &[selecting::FILTERFALSE, PLAIN, REDUCE],
        ),
        (
            "islice",
            "islice(iterable, stop) --> islice object\nislice(iterable, start, stop[, step]) --> islice object",
            &[selecting::ISLICE, PLAIN, REDUCE],
        ),
        (
            "pairwise",
            "Return an iterator of overlapping pairs taken from the input iterator.",
            &[shaping::PAIRWISE, PLAIN],
        ),
        (
            "repeat",
            "repeat(object [,times]) -> create an iterator which returns the object\nfor the specified number of times.  If not specified, returns the object\nendlessly.",
            &[endless::REPEAT, PLAIN, REDUCE, HINT],
        ),
        (
            "starmap",
            "Return an iterator whose values are returned from the function evaluated with an argument tuple taken from the given sequence.",
            &[shaping::STARMAP, PLAIN, REDUCE],
        ),
        (
            "takewhile",
            "Return successive entries from an iterable as long as the predicate evaluates to true for each entry.",
            &[selecting::TAKEWHILE, PLAIN, REDUCE],
        ),
        (
            "zip_longest",
            "Return a zip_longest object whose .__next__() method returns a tuple where\nthe i-th element comes from the i-th iterable argument.",
            &[shaping::ZIP_LONGEST, PLAIN, REDUCE],
        ),
        (
            "product",
            "Cartesian product of input iterables.  Equivalent to nested for-loops.",
            &[combinatoric::PRODUCT, PLAIN, REDUCE],
        ),
        (
            "combinations",
            "Return successive r-length combinations of elements in the iterable.",
            &[combinatoric::COMBINATIONS, PLAIN, REDUCE],
        ),
        (
            "combinations_with_replacement",
            "Return successive r-length combinations of elements in the iterable allowing individual elements to have successive repeats.",
            &[combinatoric::WITH_REPLACEMENT, PLAIN, REDUCE],
        ),
        (
            "permutations",
            "Return successive r-length permutations of elements in the iterable.",
            &[combinatoric::PERMUTATIONS, PLAIN, REDUCE],
        ),
        (
            "groupby",
            "make an iterator that returns consecutive keys and groups from the iterable",
            &[grouping::GROUPBY, PLAIN],
        ),
        ("_grouper", "", &[grouping::GROUPER, PLAIN]),
        ("_tee", "Iterator wrapped to make it copyable.", &[grouping::TEE, PLAIN]),
    ];
    for (name, doc, tables) in rows {
        let object = ctx.types.object.clone();
        // The groups of groupby are made by it alone, nobody derives from them.
        let class_flags = if name.starts_with('_') { 0 } else { flags::SUBCLASSABLE };
        let class = ctx.types.define_class(name, "itertools", doc, &[&object], Kind::Iter, class_flags, tables);
        grouping::remember(ctx, name, &class);
        module.dict.set_str(&intern(name), class.into_value());
    }
    grouping::define_links(ctx);
    for def in grouping::FUNCTIONS {
        module.dict.set_str(&intern(def.name()), new_function("itertools", def));
    }
    Ok(module.into_value())
}

/// `(class, args)`, what most `__reduce__` methods give.
fn reduced(ctx: &Ctx, this: &Value, args: impl IntoIterator<Item = Value, IntoIter: ExactSizeIterator>) -> Value {
    let class = protocol::class_of(ctx, this).into_value();
    new_tuple([class, new_tuple(args).into_value()]).into_value()
}

/// An iterator made empty, for what `__reduce__` of a spent one gives.
fn spent(ctx: &mut Ctx) -> PyResult {
    let empty = new_tuple([]).into_value();
    protocol::iter(ctx, &empty)
}

/// The items of an iterable as a vector, for pools.
fn pool(ctx: &mut Ctx, iterable: &Value) -> PyResult<Vec<Value>> {
    match iterable.downcast_ref::<Tuple>() {
        Some(tuple) if !tuple.header().shape().is_user() => Ok(tuple.items().to_vec()),
        _ => protocol::collect(ctx, iterable),
    }
}
