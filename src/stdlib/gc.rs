//! Module `gc`: the collector of cycles.
//!
//! Objects die when the last reference goes; the collector is there for those that hold each other. It has one
//! generation that programs can see. Source: Standard Library, "gc".

use crate::objects::arguments::{given, or_none, positional};
use crate::objects::ctx::Ctx;
use crate::objects::heap;
use crate::objects::kind::KIND_INFOS;
use crate::objects::list::new_list;
use crate::objects::native::PyResult;
use crate::objects::string::intern;
use crate::objects::tuple::new_tuple;
use crate::objects::types::new_function;
use crate::objects::value::Value;
use crate::objects::{dict, int, module, protocol};

crate::natives! { static FUNCTIONS:
    /// Run the garbage collector.
    ///
    /// With no arguments, run a full collection.  The optional argument
    /// may be an integer specifying which generation to collect.  A ValueError
    /// is raised if the generation number is invalid.
    ///
    /// The number of unreachable objects is returned.
    function "collect(generation=2)" => collect;
    /// Enable automatic garbage collection.
    function "enable()" => |_, _| { heap::set_collection_enabled(true); Ok(Value::NONE) };
    /// Disable automatic garbage collection.
    function "disable()" => |_, _| { heap::set_collection_enabled(false); Ok(Value::NONE) };
    /// Returns true if automatic garbage collection is enabled.
    function "isenabled()" => |_, _| Ok(Value::bool(heap::collection_enabled()));
    /// Return a three-tuple of the current collection counts.
    function "get_count()" => |_, _| Ok(new_tuple([int::from_i64(0), int::from_i64(0), int::from_i64(0)]).into_value());
    /// Return the current collection thresholds.
    function "get_threshold()" => |ctx, _| { let [a, b, c] = ctx.state::<Settings>().threshold; Ok(new_tuple([a, b, c].map(int::from_i64)).into_value()) };
    /// Set the collection thresholds; Coil keeps its own and only remembers these.
    function "set_threshold(threshold0, threshold1=<unrepresentable>, threshold2=<unrepresentable>, /)" => set_threshold;
    /// Set the garbage collection debugging flags.
    function "set_debug(flags, /)" => set_debug;
    /// Get the garbage collection debugging flags.
    function "get_debug()" => |ctx, _| Ok(int::from_i64(ctx.state::<Settings>().debug));
    /// Return a list of dictionaries containing per-generation statistics.
    function "get_stats()" => statistics;
    /// Return a list of objects tracked by the collector (excluding the list returned).
    function "get_objects(generation=None)" => objects;
    /// Return the list of objects that directly refer to any of 'objs'.
    function "get_referrers(*objs)" => referrers;
    /// Return the list of objects that are directly referred to by 'objs'.
    function "get_referents(*objs)" => referents;
    /// Returns true if the object is tracked by the garbage collector.
    function "is_tracked(obj, /)" => |_, args| Ok(Value::bool(is_tracked(&args[0])));
    /// Returns true if the object has been already finalized by the GC.
    function "is_finalized(obj, /)" => |_, args| Ok(Value::bool(args[0].is_object() && heap::is_finalized(&args[0])));
    /// Freeze all current tracked objects and ignore them for future collections.
    function "freeze()" => |_, _| Ok(Value::NONE);
    /// Unfreeze all objects in the permanent generation.
    function "unfreeze()" => |_, _| Ok(Value::NONE);
    /// Return the number of objects in the permanent generation.
    function "get_freeze_count()" => |_, _| Ok(int::from_i64(0));
}

/// What a program has set.
struct Settings {
    threshold: [i64; 3],
    debug: i64,
    collections: i64,
    collected: i64,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { threshold: [2000, 10, 10], debug: 0, collections: 0, collected: 0 }
    }
}

pub(super) fn module(ctx: &mut Ctx) -> PyResult {
    let module = module::new_module(ctx, "gc", Some("The collector of objects that hold each other."));
    for def in FUNCTIONS {
        module.dict.set_str(&intern(def.name()), new_function("gc", def));
    }
    for name in ["garbage", "callbacks"] {
        module.dict.set_str(&intern(name), new_list(Vec::new()).into_value());
    }
    let debug = [
        ("DEBUG_STATS", 1),
        ("DEBUG_COLLECTABLE", 2),
        ("DEBUG_UNCOLLECTABLE", 4),
        ("DEBUG_SAVEALL", 32),
        ("DEBUG_LEAK", 38),
    ];
    for (name, value) in debug {
        module.dict.set_str(&intern(name), int::from_i64(value));
    }
    Ok(module.into_value())
}

/// Calls what stands in `gc.callbacks`.
fn tell(ctx: &mut Ctx, phase: &str, generation: i64, collected: i64) -> PyResult<()> {
    let Some(module) = ctx.modules.get_str(&intern("gc")) else { return Ok(()) };
    let Some(callbacks) = protocol::get_attr_optional(ctx, &module, &intern("callbacks"))? else { return Ok(()) };
    let callbacks = protocol::collect(ctx, &callbacks)?;
    for callback in callbacks {
        let info = dict::from_names(&[
            ("generation", int::from_i64(generation)),
            ("collected", int::from_i64(collected)),
            ("uncollectable", int::from_i64(0)),
        ]);
        protocol::call(ctx, &callback, &[intern(phase), info.into_value()])?;
    }
    Ok(())
}

fn collect(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let generation = match given(&args[0]) {
        Some(generation) => protocol::convert::as_i32(ctx, generation)?,
        None => 2,
    };
    if !(0..=2).contains(&generation) {
        return Err(ctx.value_error("invalid generation"));
    }
    let generation = i64::from(generation);
    tell(ctx, "start", generation, 0)?;
    // Objects with finalisers live until these have run; a second look frees them.
    let mut found = heap::collect().unreachable;
    (ctx.door.run_pending)(ctx);
    let second = heap::collect().unreachable;
    (ctx.door.run_pending)(ctx);
    found = found.max(second);
    let settings = ctx.state::<Settings>();
    settings.collections += 1;
    settings.collected += found as i64;
    tell(ctx, "stop", generation, found as i64)?;
    Ok(int::from_usize(found))
}

fn set_threshold(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    for (index, value) in args.iter().enumerate().take(3) {
        if let Some(value) = given(value) {
            let value = i64::from(protocol::convert::as_i32(ctx, value)?);
            ctx.state::<Settings>().threshold[index] = value;
        }
    }
    Ok(Value::NONE)
}

fn set_debug(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let debug = i64::from(protocol::convert::as_i32(ctx, &args[0])?);
    ctx.state::<Settings>().debug = debug;
    Ok(Value::NONE)
}

fn statistics(ctx: &mut Ctx, _args: &[Value]) -> PyResult {
    let settings = ctx.state::<Settings>();
    let (collections, collected) = (settings.collections, settings.collected);
    let generations = (0..3).map(|generation| {
        let full = generation == 2;
        dict::from_names(&[
            ("collections", int::from_i64(if full { collections } else { 0 })),
            ("collected", int::from_i64(if full { collected } else { 0 })),
            ("uncollectable", int::from_i64(0)),
        ])
        .into_value()
    });
    Ok(new_list(generations.collect()).into_value())
}

fn objects(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let _ = or_none(&args[0]);
    let mut all = Vec::new();
    heap::for_each_container(|object| all.push(object.clone()));
    // The machine's own frames are no objects of the program.
    all.retain(|object| !is_internal(ctx, object));
    Ok(new_list(all).into_value())
}

fn is_internal(_ctx: &Ctx, object: &Value) -> bool {
    use crate::objects::frame::Frame;
    use crate::objects::native::NativeFrame;
    object.is_kind::<NativeFrame>() || object.downcast_ref::<Frame>().is_some_and(|frame| !frame.is_suspendable())
}

fn is_tracked(value: &Value) -> bool {
    value.header().is_some_and(|header| KIND_INFOS[header.kind() as usize].is_container)
}

fn referrers(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let wanted = positional(&args[0]);
    let mut all = Vec::new();
    heap::for_each_container(|object| {
        let mut refers = false;
        heap::for_each_reference(object, |held| refers |= wanted.iter().any(|value| value.is(held)));
        if refers && !object.is(&args[0]) {
            all.push(object.clone());
        }
    });
    all.retain(|object| !is_internal(ctx, object));
    Ok(new_list(all).into_value())
}

fn referents(_ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let mut all = Vec::new();
    for object in positional(&args[0]) {
        if object.is_object() {
            heap::for_each_reference(object, |held| {
                if !held.is_empty() {
                    all.push(held.clone());
                }
            });
        }
    }
    Ok(new_list(all).into_value())
}
