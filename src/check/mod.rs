//! `coil check`: what can be said about a program without running it.
//!
//! Three readings of a file, each of which can only add findings:
//!
//! 1. [`recovery`] reads the tokens and finds *every* syntax error, not only the first; where a line is broken, a stand-in
//!    takes its place, so that the rest has a tree.
//! 2. [`program`] walks the tree once and notes scopes, statements and expressions.
//! 3. The checks go through these lists: [`names`], [`flow`], [`calls`], [`removed`].
//!
//! The first rule is not to be wrong: what is said of a correct program is worth less than nothing to a learner. A check
//! therefore speaks only where the text alone is proof, and `tests/it/check.rs` runs all of them over every program of
//! the test suite.
//!
//! A finding may carry edits that mend it; [`rewrite`] applies them to the bytes of the file, and touches nothing else.

mod calls;
mod characters;
mod finding;
mod flow;
mod modernise;
mod names;
mod program;
mod recovery;
mod removed;
mod rewrite;
mod source;
mod syntax;
#[cfg(test)]
mod tests;

pub use finding::{Edit, Finding};
pub use rewrite::{apply, fix};

use coil_grammar::span::Span;
use rustc_hash::FxHashSet;

use crate::diagnostics::catalog::Code;

use program::Program;
use recovery::Recovered;
use source::Layout;

/// The newest minor version of Python 3 whose removals are known.
pub const NEWEST: u8 = 14;

/// What is asked of a check.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// N of the Python 3.N whose removals count.
    pub python: u8,
}

impl Default for Options {
    fn default() -> Self {
        Self { python: NEWEST }
    }
}

/// Everything that is to be said about a program, in the order of the text.
///
/// Reading recurses as deeply as expressions nest, so it wants a large stack ([`on_large_stack`](crate::on_large_stack)).
#[must_use]
pub fn check(source: &str, options: &Options) -> Vec<Finding> {
    let Recovered { text, tree, lexemes, unread_names, mut findings } = recovery::read(source);
    let layout = Layout::new(&text);
    let program = Program::new(&text, &lexemes, &tree);
    names::check(&program, &layout, &unread_names, &mut findings);
    flow::check(&tree.body, &mut findings);
    calls::check(&program, &mut findings);
    removed::check(&program, &layout, options.python, &mut findings);
    for finding in &mut findings {
        fit(source, finding);
    }
    findings.sort_by_key(|finding| (finding.span.start, finding.span.end, finding.code));
    // A call inside an f-string's nested field may be met twice.
    let mut seen = FxHashSet::default();
    findings.retain(|finding| seen.insert((finding.code, finding.span)));
    findings
}

/// N of the last Python 3.N that still had all that a program names, among the first `newest`.
///
/// It recurses as [`check`] does.
#[must_use]
pub fn last_python(source: &str, newest: u8) -> u8 {
    let findings = check(source, &Options { python: newest });
    // A call is never made whose arguments name what nobody has defined.
    let undefined: Vec<Span> =
        findings.iter().filter(|found| found.code == Code::K602).map(|found| found.span).collect();
    let is_reached = |span: Span| !undefined.iter().any(|name| span.start <= name.start && name.end <= span.end);
    let gone = findings.iter().filter(|found| is_reached(found.span)).filter_map(|found| found.gone_since);
    gone.map(|since| since - 1).fold(newest, u8::min)
}

/// Makes all spans of a finding spans of the file: the text that was parsed has blanks inside of longer characters.
fn fit(source: &str, finding: &mut Finding) {
    let fitted = |span: Span| {
        let (mut start, mut end) = (span.start.min(source.len() as u32), span.end.min(source.len() as u32));
        while !source.is_char_boundary(start as usize) {
            start -= 1;
        }
        while !source.is_char_boundary(end as usize) {
            end += 1;
        }
        Span::new(start, end.max(start))
    };
    finding.span = fitted(finding.span);
    for (_, span) in &mut finding.labels {
        *span = fitted(*span);
    }
    for edit in &mut finding.edits {
        edit.span = fitted(edit.span);
    }
}
