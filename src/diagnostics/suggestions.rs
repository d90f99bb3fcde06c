//! What the programmer may have meant: names close to one that was not found.
//!
//! Closeness is the edit distance, where changing the case of a letter is half as bad as any other change. A long list
//! of names, or a long name, is not searched: a message may be wanted in the middle of something that must not take
//! long.

use crate::objects::arguments::text_of;
use crate::objects::ctx::Ctx;
use crate::objects::dict::Dict;
use crate::objects::era;
use crate::objects::exception::Exception;
use crate::objects::frame_view::FrameView;
use crate::objects::function::{Function, builtins_of};
use crate::objects::heap::Ref;
use crate::objects::native::Raised;
use crate::objects::protocol;
use crate::objects::string::{Str, intern};
use crate::objects::traceback::{Traceback, frame_object};
use crate::objects::value::Value;

const MOST_NAMES: usize = 750;
const LONGEST: usize = 40;
const CHANGE: usize = 2;
const CASE_CHANGE: usize = 1;

/// What to append to the message of a NameError, AttributeError or ImportError; nothing for other exceptions.
pub fn hint(ctx: &mut Ctx, exception: &Value) -> String {
    let classes = &ctx.exceptions;
    let is = |class| protocol::is_instance_of(ctx, exception, class);
    let (import, name_error, attribute) =
        (is(&classes.ImportError), is(&classes.NameError), is(&classes.AttributeError));
    // Pythons learned it one after the other.
    if era::is_before(ctx, 10) || import && era::is_before(ctx, 12) {
        return String::new();
    }
    let Some(payload) = exception.downcast::<Exception>() else { return String::new() };
    let wrong = match (import, name_error || attribute) {
        (true, _) => payload.field(3),
        (false, true) => payload.field(0),
        (false, false) => return String::new(),
    };
    if wrong.is_none() {
        return String::new();
    }
    let wrong_text = text_of(&wrong);
    let frame = innermost(&payload.traceback.get());
    let candidate = if wrong_text.is_empty() {
        None
    } else if name_error {
        name_suggestion(ctx, frame, &wrong)
    } else {
        let subject = if attribute { Some(payload.field(1)) } else { imported(ctx, &payload.field(1)) };
        subject.and_then(|subject| attribute_suggestion(ctx, &subject, frame.as_ref(), &wrong_text, attribute))
    };
    let mut text = candidate.map_or_else(String::new, |name| format!(". Did you mean: '{name}'?"));
    if name_error && is_stdlib_module(ctx, &wrong) {
        let import = format!("id you forget to import '{wrong_text}'?");
        text.push_str(&if text.is_empty() { format!(". D{import}") } else { format!(" Or d{import}") });
    }
    text
}

fn is_stdlib_module(ctx: &mut Ctx, name: &Value) -> bool {
    ctx.complete_sys();
    let known = ctx.sys.get_str(&intern("stdlib_module_names"));
    let found = known.map(|known| protocol::contains(ctx, &known, name));
    succeeded(ctx, found).unwrap_or(false)
}

/// The outcome of looking something up for the message; errors on the way count as "nothing found".
fn succeeded<T>(ctx: &mut Ctx, result: Option<Result<T, Raised>>) -> Option<T> {
    match result? {
        Ok(value) => Some(value),
        Err(raised) => {
            drop(ctx.take_raised(raised));
            None
        }
    }
}

fn innermost(traceback: &Value) -> Option<Ref<FrameView>> {
    let mut entry = traceback.downcast::<Traceback>()?;
    while let Some(next) = entry.next.get().downcast::<Traceback>() {
        entry = next;
    }
    Some(frame_object(&entry))
}

fn imported(ctx: &mut Ctx, name: &Value) -> Option<Value> {
    ctx.modules.get_str(name)
}

fn names_of(ctx: &mut Ctx, object: &Value) -> Option<Vec<String>> {
    let listed = protocol::call_method(ctx, object, "__dir__", &[]);
    let listed = succeeded(ctx, Some(listed))?;
    let names = protocol::collect(ctx, &listed);
    let names = succeeded(ctx, Some(names))?;
    let mut names: Vec<String> = names.iter().filter(|name| name.is_kind::<Str>()).map(text_of).collect();
    names.sort();
    names.dedup();
    Some(names)
}

fn attribute_suggestion(
    ctx: &mut Ctx,
    subject: &Value,
    frame: Option<&Ref<FrameView>>,
    wrong: &str,
    attribute: bool,
) -> Option<String> {
    let mut names = names_of(ctx, subject)?;
    // Names that begin with an underscore are for those who use them already, and for an object's own methods.
    let own_method = || {
        let variables = frame?.variables();
        variables.downcast_ref::<Dict>()?.get_str(&intern("self"))
    };
    let insider = attribute && own_method().is_some_and(|own| own.is(subject));
    if !(wrong.starts_with('_') || insider) {
        names.retain(|name| !name.starts_with('_'));
    }
    closest(wrong, &names)
}

fn name_suggestion(ctx: &mut Ctx, frame: Option<Ref<FrameView>>, wrong: &Value) -> Option<String> {
    let frame = frame?;
    let variables = frame.variables();
    let function = frame.func.get();
    let function = function.downcast_ref::<Function>()?;
    let globals = function.globals.get();
    // Inside of a method one easily forgets the `self.`
    if let Some(own) = variables.downcast_ref::<Dict>().and_then(|dict| dict.get_str(&intern("self"))) {
        let found = protocol::get_attr_optional(ctx, &own, wrong);
        if succeeded(ctx, Some(found)).flatten().is_some() {
            return Some(format!("self.{}", text_of(wrong)));
        }
    }
    let mut names = Vec::new();
    for namespace in [variables, globals.clone(), builtins_of(ctx, &globals)] {
        if let Some(namespace) = namespace.downcast_ref::<Dict>() {
            names.extend(namespace.entries().iter().map(|(name, _)| text_of(name)));
        }
    }
    closest(&text_of(wrong), &names)
}

/// The closest of the names; None when none is close enough.
pub fn closest(wrong: &str, names: &[String]) -> Option<String> {
    let wrong_letters: Vec<char> = wrong.chars().collect();
    if names.len() > MOST_NAMES || wrong_letters.len() > LONGEST {
        return None;
    }
    let mut best: Option<&String> = None;
    let mut best_distance = usize::MAX;
    for name in names {
        if name == wrong {
            // A name that is there now, but was not when it was asked for.
            continue;
        }
        let letters: Vec<char> = name.chars().collect();
        // Up to a third of the letters may differ; and it must beat the best so far.
        let limit = (letters.len() + wrong_letters.len() + 3) * CHANGE / 6;
        let Some(limit) = best_distance.checked_sub(1).map(|better| better.min(limit)) else { break };
        let distance = distance(&wrong_letters, &letters, limit);
        if distance <= limit && (best.is_none() || distance < best_distance) {
            best = Some(name);
            best_distance = distance;
        }
    }
    best.cloned()
}

fn change_cost(a: char, b: char) -> usize {
    if a == b {
        0
    } else if a.to_lowercase().eq(b.to_lowercase()) {
        CASE_CHANGE
    } else {
        CHANGE
    }
}

/// The edit distance of two names; any number above `limit` if it is above.
fn distance(a: &[char], b: &[char], limit: usize) -> usize {
    if a == b {
        return 0;
    }
    let start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (mut a, mut b) = (&a[start..], &b[start..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    (a, b) = (&a[..a.len() - end], &b[..b.len() - end]);
    if a.is_empty() || b.is_empty() {
        return CHANGE * (a.len() + b.len());
    }
    if a.len().max(b.len()) > LONGEST {
        return limit + 1;
    }
    if b.len() < a.len() {
        (a, b) = (b, a);
    }
    if (b.len() - a.len()) * CHANGE > limit {
        return limit + 1;
    }
    // One row of the usual table at a time: costs of turning the first letters of `a` into the first letters of `b`.
    let mut row: Vec<usize> = (0..=a.len()).map(|count| CHANGE * count).collect();
    for (index, letter) in b.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = CHANGE * (index + 1);
        let mut smallest = row[0];
        for (place, other) in a.iter().enumerate() {
            let change = diagonal + change_cost(*letter, *other);
            diagonal = row[place + 1];
            row[place + 1] = change.min(row[place + 1] + CHANGE).min(row[place] + CHANGE);
            smallest = smallest.min(row[place + 1]);
        }
        if smallest > limit {
            return limit + 1;
        }
    }
    row[a.len()]
}
