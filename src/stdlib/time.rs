//! Module `time`: clocks, waiting, calendar time.
//!
//! All clocks are the host's, so a program under a test host runs on virtual time. Calendar arithmetic is done here, on the
//! proleptic Gregorian calendar; local time follows the offset that the host tells.
//!
//! Source: Standard Library "time".

use std::time::Duration;

use num_traits::ToPrimitive;
use smallvec::SmallVec;

use super::eras;
use crate::objects::class::{Class, flags};
use crate::objects::ctx::Ctx;
use crate::objects::float::{new_float, to_f64};
use crate::objects::heap::{Obj, Ref};
use crate::objects::int::{self, from_bigint, from_i64, to_i64};
use crate::objects::kind::Kind;
use crate::objects::module::new_module;
use crate::objects::native::{Action, Control, Input, NativeFrame, PyResult, Raised};
use crate::objects::observer::Event;
use crate::objects::scheduler::{Wait, Why};
use crate::objects::string::intern;
use crate::objects::tuple::{Tuple, new_tuple, with_shape};
use crate::objects::types::new_function;
use crate::objects::value::Value;
use crate::objects::{dict, protocol};
use crate::stdlib::asyncio::event_loop::tasks_held_up;

/// The name in the table of removals.
const CLOCK: &str = "time.clock";

crate::natives! { static FUNCTIONS:
    /// time() -> floating-point number
    ///
    /// Return the current time in seconds since the Epoch.
    /// Fractions of a second may be present if the system clock provides them.
    function "time()" => |ctx, _| Ok(new_float(ctx.host.system_time().as_secs_f64()));
    /// time_ns() -> int
    ///
    /// Return the current time in nanoseconds since the Epoch.
    function "time_ns()" => |ctx, _| Ok(nanoseconds(ctx.host.system_time()));
    /// monotonic() -> float
    ///
    /// Monotonic clock, cannot go backward.
    function "monotonic()" => |ctx, _| Ok(new_float(ctx.host.monotonic_time().as_secs_f64()));
    /// monotonic_ns() -> int
    ///
    /// Monotonic clock, cannot go backward, as nanoseconds.
    function "monotonic_ns()" => |ctx, _| Ok(nanoseconds(ctx.host.monotonic_time()));
    /// perf_counter() -> float
    ///
    /// Performance counter for benchmarking.
    function "perf_counter()" => |ctx, _| Ok(new_float(ctx.host.monotonic_time().as_secs_f64()));
    /// perf_counter_ns() -> int
    ///
    /// Performance counter for benchmarking as nanoseconds.
    function "perf_counter_ns()" => |ctx, _| Ok(nanoseconds(ctx.host.monotonic_time()));
    /// process_time() -> float
    ///
    /// Process time for profiling: sum of the kernel and user-space CPU time.
    function "process_time()" => |ctx, _| Ok(new_float(ctx.host.process_time().as_secs_f64()));
    /// process_time() -> int
    ///
    /// Process time for profiling as nanoseconds:
    /// sum of the kernel and user-space CPU time.
    function "process_time_ns()" => |ctx, _| Ok(nanoseconds(ctx.host.process_time()));
    /// thread_time() -> float
    ///
    /// Thread time for profiling: sum of the kernel and user-space CPU time.
    function "thread_time()" => |ctx, _| Ok(new_float(ctx.host.process_time().as_secs_f64()));
    /// thread_time() -> int
    ///
    /// Thread time for profiling as nanoseconds:
    /// sum of the kernel and user-space CPU time.
    function "thread_time_ns()" => |ctx, _| Ok(nanoseconds(ctx.host.process_time()));
    /// get_clock_info(name: str) -> dict
    ///
    /// Get information of the specified clock.
    function "get_clock_info(name, /)" => clock_info;
    /// clock() -> floating-point number
    ///
    /// Processor time since the start, as it was until Python 3.7.
    function "clock()" => |ctx, _| {
        eras::allows(ctx, CLOCK)?;
        Ok(new_float(ctx.host.process_time().as_secs_f64()))
    };
    /// sleep(seconds)
    ///
    /// Delay execution for a given number of seconds.  The argument may be
    /// a floating-point number for subsecond precision.
    control function "sleep(seconds, /)" => sleep;
    /// gmtime([seconds]) -> (tm_year, tm_mon, tm_mday, tm_hour, tm_min,
    ///                        tm_sec, tm_wday, tm_yday, tm_isdst)
    ///
    /// Convert seconds since the Epoch to a time tuple expressing UTC (a.k.a.
    /// GMT).  When 'seconds' is not passed in, convert the current time instead.
    ///
    /// If the platform supports the tm_gmtoff and tm_zone, they are available as
    /// attributes only.
    function "gmtime(seconds=None, /)" => gmtime;
    /// localtime([seconds]) -> (tm_year,tm_mon,tm_mday,tm_hour,tm_min,
    ///                           tm_sec,tm_wday,tm_yday,tm_isdst)
    ///
    /// Convert seconds since the Epoch to a time tuple expressing local time.
    /// When 'seconds' is not passed in, convert the current time instead.
    function "localtime(seconds=None, /)" => localtime;
    /// mktime(tuple) -> floating-point number
    ///
    /// Convert a time tuple in local time to seconds since the Epoch.
    /// Note that mktime(gmtime(0)) will not generally return zero for most
    /// time zones; instead the returned value will either be equal to that
    /// of the timezone or altzone attributes on the time module.
    function "mktime(time, /)" => mktime;
    /// asctime([tuple]) -> string
    ///
    /// Convert a time tuple to a string, e.g. 'Sat Jun 06 16:26:11 1998'.
    /// When the time tuple is not present, current time as returned by localtime()
    /// is used.
    function "asctime(time=None, /)" => asctime;
    /// ctime(seconds) -> string
    ///
    /// Convert a time in seconds since the Epoch to a string in local time.
    /// This is equivalent to asctime(localtime(seconds)). When the time tuple is
    /// not present, current time as returned by localtime() is used.
    function "ctime(seconds=None, /)" => ctime;
    /// strftime(format[, tuple]) -> string
    ///
    /// Convert a time tuple to a string according to a format specification.
    /// See the library reference manual for formatting codes. When the time tuple
    /// is not present, current time as returned by localtime() is used.
    ///
    /// Commonly used format codes:
    ///
    /// %Y  Year with century as a decimal number.
    /// %m  Month as a decimal number [01,12].
    /// %d  Day of the month as a decimal number [01,31].
    /// %H  Hour (24-hour clock) as a decimal number [00,23].
    /// %M  Minute as a decimal number [00,59].
    /// %S  Second as a decimal number [00,61].
    /// %z  Time zone offset from UTC.
    /// %a  Locale's abbreviated weekday name.
    /// %A  Locale's full weekday name.
    /// %b  Locale's abbreviated month name.
    /// %B  Locale's full month name.
    /// %c  Locale's appropriate date and time representation.
    /// %I  Hour (12-hour clock) as a decimal number [01,12].
    /// %p  Locale's equivalent of either AM or PM.
    ///
    /// Other codes may be available on your platform.  See documentation for
    /// the C library strftime function.
    function "strftime(format, time=None, /)" => strftime;
    /// strptime(string, format) -> struct_time
    ///
    /// Parse a string to a time tuple according to a format specification.
    function "strptime(*args)" => |ctx, args| {
        let import = ctx.builtins.get_str(&ctx.names.__import__).unwrap_or(Value::NONE);
        let module = protocol::call(ctx, &import, &[intern("_strptime")])?;
        let function = protocol::get_attr(ctx, &module, &intern("_strptime_time"))?;
        protocol::call(ctx, &function, crate::objects::arguments::positional(&args[0]))
    };
    /// tzset()
    ///
    /// Initialize, or reinitialize, the local timezone to the value stored in
    /// os.environ['TZ']. The TZ environment variable should be specified in
    /// standard Unix timezone format as documented in the tzset man page
    /// (eg. 'US/Eastern', 'Europe/Amsterdam'). Unknown timezones will silently
    /// fall back to UTC. If the TZ environment variable is not set, the local
    /// timezone is set to the systems best guess of wallclock time.
    /// Changing the TZ environment variable without calling tzset *may* change
    /// the local timezone used by methods such as localtime, but this behaviour
    /// should not be relied on.
    function "tzset()" => |_, _| Ok(Value::NONE);
}

crate::natives! { static STRUCT_TIME:
    /// Create and return a new object.  See help(type) for accurate signature.
    staticmethod "__new__(cls, sequence, dict={})" => new_struct;
    /// Return repr(self).
    method "__repr__(self, /)" => struct_repr;
    method "__reduce__(self, /)" => struct_reduce;
    /// year, for example, 1993
    getter "tm_year(self)" => |_, args| Ok(member(args, 0));
    /// month of year, range [1, 12]
    getter "tm_mon(self)" => |_, args| Ok(member(args, 1));
    /// day of month, range [1, 31]
    getter "tm_mday(self)" => |_, args| Ok(member(args, 2));
    /// hours, range [0, 23]
    getter "tm_hour(self)" => |_, args| Ok(member(args, 3));
    /// minutes, range [0, 59]
    getter "tm_min(self)" => |_, args| Ok(member(args, 4));
    /// seconds, range [0, 61])
    getter "tm_sec(self)" => |_, args| Ok(member(args, 5));
    /// day of week, range [0, 6], Monday is 0
    getter "tm_wday(self)" => |_, args| Ok(member(args, 6));
    /// day of year, range [1, 366]
    getter "tm_yday(self)" => |_, args| Ok(member(args, 7));
    /// 1 if summer time is in effect, 0 if not, and -1 if unknown
    getter "tm_isdst(self)" => |_, args| Ok(member(args, 8));
    /// abbreviation of timezone name
    getter "tm_zone(self)" => |_, args| Ok(hidden(args, "tm_zone"));
    /// offset from UTC in seconds
    getter "tm_gmtoff(self)" => |_, args| Ok(hidden(args, "tm_gmtoff"));
}

const FIELDS: [&str; 9] =
    ["tm_year", "tm_mon", "tm_mday", "tm_hour", "tm_min", "tm_sec", "tm_wday", "tm_yday", "tm_isdst"];
const HIDDEN: [&str; 2] = ["tm_zone", "tm_gmtoff"];
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The class `struct_time`.
#[derive(Default)]
struct StructTime(Option<Ref<Class>>);

/// Makes the module.
pub(crate) fn module(ctx: &mut Ctx) -> PyResult {
    let module = new_module(ctx, "time", Some("This module provides various functions to manipulate time values."));
    let has_clock = eras::has(ctx, CLOCK);
    for def in FUNCTIONS.iter().filter(|def| has_clock || def.name() != "clock") {
        module.dict.set_str(&intern(def.name()), new_function("time", def));
    }
    let class = struct_time(ctx);
    module.dict.set_str(&intern("struct_time"), class.into_value());
    module.dict.set_str(&intern("_STRUCT_TM_ITEMS"), from_i64(11));
    let now = ctx.host.system_time().as_secs() as i64;
    let (offset, zone) = ctx.host.local_offset(now);
    let zone = ctx.str(zone);
    module.dict.set_str(&intern("timezone"), from_i64(-i64::from(offset)));
    module.dict.set_str(&intern("altzone"), from_i64(-i64::from(offset)));
    module.dict.set_str(&intern("daylight"), from_i64(0));
    module.dict.set_str(&intern("tzname"), new_tuple([zone.clone(), zone]).into_value());
    Ok(module.into_value())
}

fn struct_time(ctx: &mut Ctx) -> Ref<Class> {
    if let Some(class) = ctx.state::<StructTime>().0.clone() {
        return class;
    }
    let tuple = ctx.types.tuple.clone();
    let doc = "The time value as returned by gmtime(), localtime(), and strptime(), and\n accepted by asctime(), mktime() and strftime().  May be considered as a\n sequence of 9 integers.\n\n Note that several fields' values are not the same as those defined by\n the C language standard for struct tm.  For example, the value of the\n field tm_year is the actual year, not year - 1900.  See individual\n fields' descriptions for details.";
    // The two hidden members live in the attribute dict.
    let class_flags = flags::HAS_DICT | flags::SEQUENCE;
    let class = ctx.types.define_class("struct_time", "time", doc, &[&tuple], Kind::Tuple, class_flags, &[STRUCT_TIME]);
    let names: Vec<Value> = FIELDS.iter().map(|name| intern(name)).collect();
    class.namespace().set_str(&intern("__match_args__"), new_tuple(names).into_value());
    for (name, number) in [("n_fields", 11), ("n_sequence_fields", 9), ("n_unnamed_fields", 0)] {
        class.namespace().set_str(&intern(name), from_i64(number));
    }
    ctx.state::<StructTime>().0 = Some(class.clone());
    class
}

fn member(args: &[Value], index: usize) -> Value {
    args[0].downcast_ref::<Tuple>().and_then(|tuple| tuple.items().get(index).cloned()).unwrap_or(Value::NONE)
}

fn hidden(args: &[Value], name: &str) -> Value {
    let attributes = protocol::attribute::attribute_dict(&args[0]);
    let found = attributes.and_then(|dict| dict.downcast_ref::<dict::Dict>()?.get_str(&intern(name)));
    found.unwrap_or(Value::NONE)
}

fn make_struct(ctx: &mut Ctx, items: Vec<Value>, hidden: [Value; 2]) -> Value {
    let class = struct_time(ctx);
    let this = with_shape(class.instance_shape.get(), items).into_value();
    if let Some(attributes) = protocol::attribute::attribute_dict(&this)
        && let Some(attributes) = attributes.downcast_ref::<dict::Dict>()
    {
        for (name, value) in HIDDEN.iter().zip(hidden) {
            attributes.set_str(&intern(name), value);
        }
    }
    this
}

fn new_struct(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let mut items = match protocol::collect(ctx, &args[1]) {
        Ok(items) => items,
        Err(raised) => {
            let class = ctx.exceptions.TypeError.clone();
            ctx.catch(raised, &class)?;
            return Err(ctx.type_error("constructor requires a sequence"));
        }
    };
    let count = items.len();
    if count < FIELDS.len() {
        let message = format!("time.struct_time() takes an at least 9-sequence ({count}-sequence given)");
        return Err(ctx.type_error(message));
    }
    if count > FIELDS.len() + HIDDEN.len() {
        let message = format!("time.struct_time() takes an at most 11-sequence ({count}-sequence given)");
        return Err(ctx.type_error(message));
    }
    let mut more = items.split_off(FIELDS.len()).into_iter();
    let mut hidden = [Value::NONE, Value::NONE];
    for (slot, name) in hidden.iter_mut().zip(HIDDEN) {
        let named = args[2].downcast_ref::<dict::Dict>().and_then(|dict| dict.get_str(&intern(name)));
        *slot = more.next().or(named).unwrap_or(Value::NONE);
    }
    Ok(make_struct(ctx, items, hidden))
}

fn struct_repr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let mut text = String::from("time.struct_time(");
    for (index, name) in FIELDS.iter().enumerate() {
        if index > 0 {
            text.push_str(", ");
        }
        text.push_str(name);
        text.push('=');
        text.push_str(protocol::repr(ctx, &member(args, index))?.as_str());
    }
    text.push(')');
    Ok(ctx.str(text))
}

fn struct_reduce(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let items: Vec<Value> = (0..FIELDS.len()).map(|index| member(args, index)).collect();
    let named = dict::new_dict();
    for name in HIDDEN {
        named.set_str(&intern(name), hidden(args, name));
    }
    let state = new_tuple([new_tuple(items).into_value(), named.into_value()]).into_value();
    Ok(new_tuple([struct_time(ctx).into_value(), state]).into_value())
}

// Clocks

fn nanoseconds(time: Duration) -> Value {
    from_bigint(time.as_nanos().into())
}

fn clock_info(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let name = protocol::text::expect_str(ctx, &args[0], "get_clock_info() argument 1 must be str, not {}")?;
    let (implementation, monotonic, adjustable) = match name.as_str() {
        "time" => ("clock_gettime(CLOCK_REALTIME)", false, true),
        "monotonic" | "perf_counter" => ("clock_gettime(CLOCK_MONOTONIC)", true, false),
        "process_time" => ("clock_gettime(CLOCK_PROCESS_CPUTIME_ID)", true, false),
        "thread_time" => ("clock_gettime(CLOCK_THREAD_CPUTIME_ID)", true, false),
        _ => return Err(ctx.value_error("unknown clock")),
    };
    let class = ctx.types.simple_namespace.value().clone();
    let fields = [
        (intern("implementation"), ctx.str(implementation)),
        (intern("monotonic"), Value::bool(monotonic)),
        (intern("adjustable"), Value::bool(adjustable)),
        (intern("resolution"), new_float(1e-9)),
    ];
    protocol::call_keywords(ctx, &class, &[], &fields)
}

/// `time.sleep`: checks its argument at once, then waits.
fn sleep(ctx: &mut Ctx, args: &[Value]) -> PyResult<Control> {
    let seconds = match to_f64(&args[0]) {
        Some(seconds) if seconds.is_nan() => return Err(ctx.value_error("Invalid value NaN (not a number)")),
        Some(seconds) => seconds,
        None => protocol::as_index(ctx, &args[0])?.to_f64().unwrap_or(f64::INFINITY),
    };
    if seconds < 0.0 {
        return Err(ctx.value_error("sleep length must be non-negative"));
    }
    if seconds > i64::MAX as f64 / 1e9 {
        return Err(ctx.overflow_error("timestamp too large to convert to C PyTime_t"));
    }
    // Round up, so that nobody wakes too early.
    let time = Duration::from_nanos((seconds * 1e9).ceil() as u64);
    let deadline = nanoseconds(ctx.deadline(time));
    Ok(Control::Step(sleep_step, SmallVec::from_iter([deadline, args[0].clone()])))
}

/// Waits until the moment in local 0, in nanoseconds. Local 1 is the time as the program gave it.
fn sleep_step(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    match input {
        Input::Start => {
            let deadline = to_i64(&frame.local(0)).unwrap_or(i64::MAX);
            Ok(Action::Wait(Wait::forever(Why::Sleep).until(Some(Duration::from_nanos(deadline as u64)))))
        }
        Input::Value(_) | Input::Exhausted(_) => {
            if ctx.observer.is_some()
                && let Some(held_up) = tasks_held_up(ctx)
            {
                ctx.tell(Event::Blocked { seconds: &frame.local(1), held_up });
            }
            Ok(Action::Return(Value::NONE))
        }
        Input::Raised => Err(Raised(())),
    }
}

// Calendar

/// A moment taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Moment {
    year: i64,
    /// From 1.
    month: i64,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
    /// Monday is 0.
    weekday: i64,
    /// From 1.
    year_day: i64,
    is_dst: i64,
}

/// Days from 1970-01-01 to a day of the Gregorian calendar. Years begin in March, so that the leap day ends one.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The moment that many seconds after the epoch.
fn moment_of(seconds: i64) -> Moment {
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * march_month + 2) / 5 + 1;
    let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    Moment {
        year,
        month,
        day,
        hour: rest / 3600,
        minute: rest / 60 % 60,
        second: rest % 60,
        weekday: (days + 3).rem_euclid(7),
        year_day: days - days_from_civil(year, 1, 1) + 1,
        is_dst: 0,
    }
}

impl Moment {
    fn items(&self) -> [i64; 9] {
        [self.year, self.month, self.day, self.hour, self.minute, self.second, self.weekday, self.year_day, self.is_dst]
    }
}

/// The seconds of an argument; now when it is missing or None.
fn seconds_argument(ctx: &mut Ctx, value: &Value) -> PyResult<i64> {
    if value.is_empty() || value.is_none() {
        return Ok(ctx.host.system_time().as_secs() as i64);
    }
    let seconds = match to_f64(value) {
        Some(seconds) if seconds.is_nan() => return Err(ctx.value_error("Invalid value NaN (not a number)")),
        Some(seconds) if seconds.abs() < 9.2e18 => Some(seconds.floor() as i64),
        Some(_) => None,
        None => {
            let number = protocol::index_value(ctx, value)?;
            to_i64(&number)
        }
    };
    // Years must fit 32 bits.
    match seconds.filter(|seconds| seconds.unsigned_abs() < 67_767_976_233_532_799) {
        Some(seconds) => Ok(seconds),
        None => Err(ctx.overflow_error("timestamp out of range for platform time_t")),
    }
}

fn gmtime(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let seconds = seconds_argument(ctx, &args[0])?;
    let items = moment_of(seconds).items().map(from_i64).to_vec();
    let hidden = [ctx.str("GMT"), from_i64(0)];
    Ok(make_struct(ctx, items, hidden))
}

fn local_moment(ctx: &mut Ctx, seconds: i64) -> (Moment, i32, String) {
    let (offset, zone) = ctx.host.local_offset(seconds);
    (moment_of(seconds + i64::from(offset)), offset, zone)
}

fn localtime(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let seconds = seconds_argument(ctx, &args[0])?;
    let (moment, offset, zone) = local_moment(ctx, seconds);
    let hidden = [ctx.str(zone), from_i64(i64::from(offset))];
    Ok(make_struct(ctx, moment.items().map(from_i64).to_vec(), hidden))
}

/// The moment in a tuple argument, its members as they are.
fn moment_argument(ctx: &mut Ctx, function: &str, value: &Value) -> PyResult<Moment> {
    let Some(tuple) = value.downcast_ref::<Tuple>() else {
        return Err(ctx.type_error("Tuple or struct_time argument required"));
    };
    if tuple.len() != 9 {
        return Err(ctx.type_error(format!("{function}(): illegal time tuple argument")));
    }
    let mut items = [0; 9];
    for (slot, value) in items.iter_mut().zip(tuple.items()) {
        let number = protocol::index_value(ctx, value)?;
        *slot = match to_i64(&number).filter(|number| i32::try_from(*number).is_ok()) {
            Some(number) => number,
            None => return Err(int::too_large(ctx, "int")),
        };
    }
    let [year, month, day, hour, minute, second, weekday, year_day, is_dst] = items;
    Ok(Moment { year, month, day, hour, minute, second, weekday, year_day, is_dst })
}

/// Refuses members that no calendar has; zeros stand for ones.
fn check(ctx: &mut Ctx, moment: Moment) -> PyResult<Moment> {
    let zero_is_one = |number: i64| if number == 0 { 1 } else { number };
    let (month, day, year_day) = (zero_is_one(moment.month), zero_is_one(moment.day), zero_is_one(moment.year_day));
    let wrong = if !(1..=12).contains(&month) {
        "month out of range"
    } else if !(1..=31).contains(&day) {
        "day of month out of range"
    } else if !(0..24).contains(&moment.hour) {
        "hour out of range"
    } else if !(0..60).contains(&moment.minute) {
        "minute out of range"
    } else if !(0..=61).contains(&moment.second) {
        "seconds out of range"
    } else if moment.weekday < -1 {
        "day of week out of range"
    } else if !(1..=366).contains(&year_day) {
        "day of year out of range"
    } else {
        return Ok(Moment { month, day, year_day, weekday: moment.weekday.rem_euclid(7), ..moment });
    };
    Err(ctx.value_error(wrong))
}

/// The moment of an optional tuple argument, local time now when it is missing.
fn moment_or_now(ctx: &mut Ctx, function: &str, value: &Value) -> PyResult<Moment> {
    if value.is_empty() || value.is_none() {
        let seconds = ctx.host.system_time().as_secs() as i64;
        return Ok(local_moment(ctx, seconds).0);
    }
    let moment = moment_argument(ctx, function, value)?;
    check(ctx, moment)
}

fn mktime(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let moment = moment_argument(ctx, "mktime", &args[0])?;
    let months = moment.year * 12 + moment.month - 1;
    let days = days_from_civil(months.div_euclid(12), months.rem_euclid(12) + 1, 1) + moment.day - 1;
    let local = days * 86_400 + moment.hour * 3600 + moment.minute * 60 + moment.second;
    // The offset depends on the moment that is sought; a second look settles it.
    let guess = local - i64::from(ctx.host.local_offset(local).0);
    let seconds = local - i64::from(ctx.host.local_offset(guess).0);
    Ok(new_float(seconds as f64))
}

fn text_of(moment: &Moment) -> String {
    let (day, month) = (&DAYS[moment.weekday as usize][..3], &MONTHS[moment.month as usize - 1][..3]);
    let Moment { year, hour, minute, second, .. } = moment;
    format!("{day} {month} {:>2} {hour:02}:{minute:02}:{second:02} {year}", moment.day)
}

fn asctime(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let moment = moment_or_now(ctx, "asctime", &args[0])?;
    Ok(ctx.str(text_of(&moment)))
}

fn ctime(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let seconds = seconds_argument(ctx, &args[0])?;
    let (moment, ..) = local_moment(ctx, seconds);
    Ok(ctx.str(text_of(&moment)))
}

fn strftime(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let format = protocol::text::expect_str(ctx, &args[0], "strftime() argument 1 must be str, not {}")?;
    let moment = moment_or_now(ctx, "strftime", &args[1])?;
    let days = days_from_civil(moment.year, moment.month, moment.day);
    let (offset, zone) = ctx.host.local_offset(days * 86_400);
    // A struct_time brings its zone along.
    let (offset, zone) = match (to_i64(&hidden(&args[1..2], "tm_gmtoff")), hidden(&args[1..2], "tm_zone")) {
        (Some(offset), name) => (offset, protocol::text::str_string(ctx, &name)?),
        (None, _) => (i64::from(offset), zone),
    };
    let mut out = String::new();
    push_formatted(&mut out, format.as_str(), &moment, offset, &zone);
    Ok(ctx.str(out))
}

/// Appends a moment as a format says, in the C locale; what is no directive is copied.
fn push_formatted(out: &mut String, format: &str, moment: &Moment, offset: i64, zone: &str) {
    let m = moment;
    let mut chars = format.chars();
    while let Some(c) = chars.next() {
        if c != '%' {
            out.push(c);
            continue;
        }
        let Some(directive) = chars.next() else {
            out.push('%');
            break;
        };
        let hour12 = if m.hour % 12 == 0 { 12 } else { m.hour % 12 };
        let mut again = |format: &str| push_formatted(out, format, m, offset, zone);
        match directive {
            'c' => again("%a %b %e %H:%M:%S %Y"),
            'D' | 'x' => again("%m/%d/%y"),
            'F' => again("%Y-%m-%d"),
            'T' | 'X' => again("%H:%M:%S"),
            'R' => again("%H:%M"),
            'r' => again("%I:%M:%S %p"),
            'a' => out.push_str(&DAYS[m.weekday as usize][..3]),
            'A' => out.push_str(DAYS[m.weekday as usize]),
            'b' | 'h' => out.push_str(&MONTHS[m.month as usize - 1][..3]),
            'B' => out.push_str(MONTHS[m.month as usize - 1]),
            'C' => out.push_str(&format!("{:02}", m.year.div_euclid(100))),
            'd' => out.push_str(&format!("{:02}", m.day)),
            'e' => out.push_str(&format!("{:>2}", m.day)),
            'G' => out.push_str(&iso_week(m).0.to_string()),
            'g' => out.push_str(&format!("{:02}", iso_week(m).0.rem_euclid(100))),
            'H' => out.push_str(&format!("{:02}", m.hour)),
            'I' => out.push_str(&format!("{hour12:02}")),
            'j' => out.push_str(&format!("{:03}", m.year_day)),
            'k' => out.push_str(&format!("{:>2}", m.hour)),
            'l' => out.push_str(&format!("{hour12:>2}")),
            'm' => out.push_str(&format!("{:02}", m.month)),
            'M' => out.push_str(&format!("{:02}", m.minute)),
            'n' => out.push('\n'),
            'p' => out.push_str(if m.hour < 12 { "AM" } else { "PM" }),
            'P' => out.push_str(if m.hour < 12 { "am" } else { "pm" }),
            's' => {
                let days = days_from_civil(m.year, m.month, m.day);
                out.push_str(&(days * 86_400 + m.hour * 3600 + m.minute * 60 + m.second - offset).to_string());
            }
            'S' => out.push_str(&format!("{:02}", m.second)),
            't' => out.push('\t'),
            'u' => out.push_str(&(m.weekday + 1).to_string()),
            'U' => out.push_str(&format!("{:02}", (m.year_day + 6 - (m.weekday + 1) % 7) / 7)),
            'V' => out.push_str(&format!("{:02}", iso_week(m).1)),
            'w' => out.push_str(&((m.weekday + 1) % 7).to_string()),
            'W' => out.push_str(&format!("{:02}", (m.year_day + 6 - m.weekday) / 7)),
            'y' => out.push_str(&format!("{:02}", m.year.rem_euclid(100))),
            'Y' => out.push_str(&m.year.to_string()),
            'z' => {
                let minutes = offset.abs() / 60;
                let sign = if offset < 0 { '-' } else { '+' };
                out.push_str(&format!("{sign}{:02}{:02}", minutes / 60, minutes % 60));
            }
            'Z' => out.push_str(zone),
            '%' => out.push('%'),
            other => out.extend(['%', other]),
        }
    }
}

/// The year and the week that ISO 8601 counts a day in: a week belongs to the year that has its Thursday.
fn iso_week(moment: &Moment) -> (i64, i64) {
    let length = |year: i64| days_from_civil(year + 1, 1, 1) - days_from_civil(year, 1, 1);
    let thursday = moment.year_day - moment.weekday + 3;
    if thursday < 1 {
        let year = moment.year - 1;
        return (year, (thursday + length(year) - 1) / 7 + 1);
    }
    if thursday > length(moment.year) {
        return (moment.year + 1, 1);
    }
    (moment.year, (thursday - 1) / 7 + 1)
}
