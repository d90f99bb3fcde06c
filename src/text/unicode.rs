//! What a character is: categories, predicates, numeric values, upper and lower case.
//!
//! Python asks these questions of Unicode 15.1. The answers come from well-kept crates that follow newer versions; a table of the
//! code points unassigned in 15.1 and a few overrides step back. A test compares the answer for every code point with a digest
//! made by CPython 3.13.
//!
//! The functions on `char` answer for one character, as stored (see [`surrogate`]); those on `&str` are the methods of `str`.
//!
//! Source: Standard Library "String Methods", "unicodedata"; Unicode Standard 3.13 (default case algorithms).

use std::borrow::Cow;

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

use super::surrogate;
use super::unicode_tables::{EAST_ASIAN_WIDTH, Kind, NUMBERS, UNASSIGNED};

/// Whether the code point is assigned in Unicode 15.1.
pub(super) fn is_assigned(c: char) -> bool {
    // The first hole is at U+0378; most CJK ideographs lie in one run.
    matches!(c, '\0'..='\u{377}' | '\u{4e00}'..='\u{9fff}')
        || UNASSIGNED.partition_point(|&start| start <= c as u32) % 2 == 0
}

/// The general category, as `unicodedata.category` abbreviates it.
pub fn category(c: char) -> &'static str {
    use GeneralCategory as G;
    if surrogate::is_surrogate(c) {
        return "Cs";
    }
    match general_category(c) {
        G::UppercaseLetter => "Lu",
        G::LowercaseLetter => "Ll",
        G::TitlecaseLetter => "Lt",
        G::ModifierLetter => "Lm",
        G::OtherLetter => "Lo",
        G::NonspacingMark => "Mn",
        G::SpacingMark => "Mc",
        G::EnclosingMark => "Me",
        G::DecimalNumber => "Nd",
        G::LetterNumber => "Nl",
        G::OtherNumber => "No",
        G::ConnectorPunctuation => "Pc",
        G::DashPunctuation => "Pd",
        G::OpenPunctuation => "Ps",
        G::ClosePunctuation => "Pe",
        G::InitialPunctuation => "Pi",
        G::FinalPunctuation => "Pf",
        G::OtherPunctuation => "Po",
        G::MathSymbol => "Sm",
        G::CurrencySymbol => "Sc",
        G::ModifierSymbol => "Sk",
        G::OtherSymbol => "So",
        G::SpaceSeparator => "Zs",
        G::LineSeparator => "Zl",
        G::ParagraphSeparator => "Zp",
        G::Control => "Cc",
        G::Format => "Cf",
        G::Surrogate => "Cs",
        G::PrivateUse => "Co",
        G::Unassigned => "Cn",
    }
}

fn general_category(c: char) -> GeneralCategory {
    if !is_assigned(c) {
        return GeneralCategory::Unassigned;
    }
    match c {
        // Reclassified since.
        '\u{295}' => GeneralCategory::LowercaseLetter,
        '\u{1171e}' => GeneralCategory::NonspacingMark,
        _ => c.general_category(),
    }
}

/// The East Asian width: `N`, `Na`, `A`, `W`, `H` or `F`.
pub fn east_asian_width(c: char) -> &'static str {
    let run = EAST_ASIAN_WIDTH.partition_point(|&start| start >> 4 <= surrogate::from_private(c));
    match run.checked_sub(1).map(|run| EAST_ASIAN_WIDTH[run] & 15) {
        Some(1) => "Na",
        Some(2) => "A",
        Some(3) => "W",
        Some(4) => "H",
        Some(5) => "F",
        _ => "N",
    }
}

// ---- predicates of one character -----------------------------------------------------------------------------------------

/// A letter: category L*.
pub fn is_alpha(c: char) -> bool {
    use GeneralCategory as G;
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    let category = general_category(c);
    matches!(
        category,
        G::UppercaseLetter | G::LowercaseLetter | G::TitlecaseLetter | G::ModifierLetter | G::OtherLetter
    )
}

/// A letter or any kind of number.
pub fn is_alnum(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { is_alpha(c) || is_numeric(c) }
}

/// A lower case character: property Lowercase.
pub fn is_lower(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_lowercase() } else { (c.is_lowercase() && is_assigned(c)) || c == '\u{295}' }
}

/// An upper case character: property Uppercase.
pub fn is_upper(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_uppercase() } else { c.is_uppercase() && is_assigned(c) }
}

/// A title case character, such as the digraph `ǅ`: category Lt.
pub fn is_title(c: char) -> bool {
    !c.is_ascii() && general_category(c) == GeneralCategory::TitlecaseLetter
}

/// A character that has case.
pub fn is_cased(c: char) -> bool {
    is_lower(c) || is_upper(c) || is_title(c)
}

/// White space, as `str.split` and `str.strip` see it.
#[inline]
pub fn is_space(c: char) -> bool {
    match c {
        '\t'..='\r' | '\x1c'..='\x1f' | ' ' => true,
        '\0'..='\x7f' => false,
        '\u{85}' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{2028}' | '\u{2029}' => true,
        _ => matches!(c, '\u{202f}' | '\u{205f}' | '\u{3000}'),
    }
}

/// A line boundary, as `str.splitlines` sees it.
#[inline]
pub fn is_line_break(c: char) -> bool {
    matches!(c, '\n'..='\r' | '\x1c'..='\x1e' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// A character that `repr` shows as itself.
pub fn is_printable(c: char) -> bool {
    use GeneralCategory as G;
    match c {
        ' '..='~' => true,
        '\0'..='\u{a0}' => false,
        '\u{4e00}'..='\u{9fff}' => true,
        _ => !matches!(
            general_category(c),
            G::Control
                | G::Format
                | G::Surrogate
                | G::PrivateUse
                | G::Unassigned
                | G::LineSeparator
                | G::ParagraphSeparator
                | G::SpaceSeparator
        ),
    }
}

/// A character that may start an identifier: `_` or XID_Start.
pub fn is_identifier_start(c: char) -> bool {
    c == '_' || (unicode_ident::is_xid_start(c) && is_assigned(c))
}

/// A character that may continue an identifier: XID_Continue.
pub fn is_identifier_continue(c: char) -> bool {
    unicode_ident::is_xid_continue(c) && is_assigned(c)
}

// ---- numeric values ------------------------------------------------------------------------------------------------------

fn number(c: char) -> Option<(Kind, i64, i64)> {
    let row = NUMBERS.partition_point(|row| row.1 < c as u32);
    let &(first, _, kind, numerator, step, denominator) = NUMBERS.get(row).filter(|row| row.0 <= c as u32)?;
    Some((kind, numerator + i64::from(c as u32 - first) * step, denominator))
}

/// The value of a decimal digit.
pub fn decimal_value(c: char) -> Option<u32> {
    if c.is_ascii() {
        return c.to_digit(10);
    }
    number(c).filter(|n| n.0 == Kind::Decimal).map(|n| n.1 as u32)
}

/// The value of a digit, superscripts included.
pub fn digit_value(c: char) -> Option<u32> {
    if c.is_ascii() {
        return c.to_digit(10);
    }
    number(c).filter(|n| n.0 != Kind::Numeric).map(|n| n.1 as u32)
}

/// The value of any numeric character, such as `½` or `七`.
pub fn numeric_value(c: char) -> Option<f64> {
    number(c).map(|(_, numerator, denominator)| numerator as f64 / denominator as f64)
}

/// Whether the character has a numeric value.
pub fn is_numeric(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_digit() } else { number(c).is_some() }
}

/// The text with decimal digits of all scripts replaced by ASCII ones, and white space by blanks: what `int` and `float` read.
///
/// Other characters outside ASCII, which no number contains, become `?`.
pub fn ascii_numeral(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let translate = |c: char| match c {
        '\0'..='\x7f' if !is_space(c) => c,
        _ if is_space(c) => ' ',
        _ => decimal_value(c).and_then(|d| char::from_digit(d, 10)).unwrap_or('?'),
    };
    Cow::Owned(text.chars().map(translate).collect())
}

// ---- the predicates of str -----------------------------------------------------------------------------------------------

fn all(text: &str, test: fn(char) -> bool) -> bool {
    !text.is_empty() && text.chars().all(test)
}

/// `str.isalpha()`
pub fn isalpha(text: &str) -> bool {
    all(text, is_alpha)
}

/// `str.isalnum()`
pub fn isalnum(text: &str) -> bool {
    all(text, is_alnum)
}

/// `str.isdecimal()`
pub fn isdecimal(text: &str) -> bool {
    all(text, |c| decimal_value(c).is_some())
}

/// `str.isdigit()`
pub fn isdigit(text: &str) -> bool {
    all(text, |c| digit_value(c).is_some())
}

/// `str.isnumeric()`
pub fn isnumeric(text: &str) -> bool {
    all(text, is_numeric)
}

/// `str.isspace()`
pub fn isspace(text: &str) -> bool {
    all(text, is_space)
}

/// `str.isprintable()`; true of the empty string.
pub fn isprintable(text: &str) -> bool {
    text.chars().all(is_printable)
}

/// `str.isidentifier()`
pub fn isidentifier(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(is_identifier_start) && chars.all(is_identifier_continue)
}

/// `str.islower()`: some character has case, and none is upper or title case.
pub fn islower(text: &str) -> bool {
    let mut cased = false;
    for c in text.chars() {
        if is_upper(c) || is_title(c) {
            return false;
        }
        cased |= is_lower(c);
    }
    cased
}

/// `str.isupper()`: some character has case, and none is lower or title case.
pub fn isupper(text: &str) -> bool {
    let mut cased = false;
    for c in text.chars() {
        if is_lower(c) || is_title(c) {
            return false;
        }
        cased |= is_upper(c);
    }
    cased
}

/// `str.istitle()`: upper case follows only uncased characters, lower case only cased ones.
pub fn istitle(text: &str) -> bool {
    let (mut cased, mut previous_cased) = (false, false);
    for c in text.chars() {
        if is_upper(c) || is_title(c) {
            if previous_cased {
                return false;
            }
            (cased, previous_cased) = (true, true);
        } else if is_lower(c) {
            if !previous_cased {
                return false;
            }
            (cased, previous_cased) = (true, true);
        } else {
            previous_cased = false;
        }
    }
    cased
}

// ---- case mapping --------------------------------------------------------------------------------------------------------

/// What one character becomes: the mapped characters, or itself where there is no mapping.
fn push_mapped(out: &mut String, c: char, mapped: &[u32]) {
    let before = out.len();
    out.extend(mapped.iter().take_while(|&&m| m != 0).filter_map(|&m| char::from_u32(m)));
    if out.len() == before {
        out.push(c);
    }
}

/// Characters of 15.1 that later versions gave an upper or lower case partner.
fn has_no_case_pair(c: char) -> bool {
    matches!(c, '\u{19b}' | '\u{264}') || !is_assigned(c)
}

fn push_upper(out: &mut String, c: char) {
    if c.is_ascii() {
        out.push(c.to_ascii_uppercase());
    } else if has_no_case_pair(c) {
        out.push(c);
    } else {
        push_mapped(out, c, &unicode_case_mapping::to_uppercase(c));
    }
}

fn push_lower(out: &mut String, c: char) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
    } else if has_no_case_pair(c) {
        out.push(c);
    } else {
        push_mapped(out, c, &unicode_case_mapping::to_lowercase(c));
    }
}

fn push_title(out: &mut String, c: char) {
    if c.is_ascii() {
        out.push(c.to_ascii_uppercase());
    } else if has_no_case_pair(c) {
        out.push(c);
    } else {
        push_mapped(out, c, &unicode_case_mapping::to_titlecase(c));
    }
}

/// Characters that the rule for the final sigma looks through.
fn is_case_ignorable(c: char) -> bool {
    use GeneralCategory as G;
    matches!(
        c,
        '\'' | '.'
            | ':'
            | '\u{b7}'
            | '\u{387}'
            | '\u{55f}'
            | '\u{5f4}'
            | '\u{2018}'
            | '\u{2019}'
            | '\u{2024}'
            | '\u{2027}'
            | '\u{fe13}'
            | '\u{fe52}'
            | '\u{fe55}'
            | '\u{ff07}'
            | '\u{ff0e}'
            | '\u{ff1a}'
    ) || matches!(
        general_category(c),
        G::NonspacingMark | G::EnclosingMark | G::Format | G::ModifierLetter | G::ModifierSymbol
    )
}

/// Lowers the character at byte `at` of `text`: a capital sigma that ends a word becomes `ς`.
fn push_lower_at(out: &mut String, text: &str, at: usize, c: char) {
    if c != 'Σ' {
        return push_lower(out, c);
    }
    let before = text[..at].chars().rev().find(|&c| !is_case_ignorable(c));
    let after = text[at + c.len_utf8()..].chars().find(|&c| !is_case_ignorable(c));
    let is_final = before.is_some_and(is_cased) && !after.is_some_and(is_cased);
    out.push(if is_final { 'ς' } else { 'σ' });
}

/// `str.upper()`
pub fn upper(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_uppercase();
    }
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|c| push_upper(&mut out, c));
    out
}

/// `str.lower()`
pub fn lower(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    text.char_indices().for_each(|(at, c)| push_lower_at(&mut out, text, at, c));
    out
}

/// `str.capitalize()`: the first character in title case, the rest in lower case.
pub fn capitalize(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        if at == 0 {
            push_title(&mut out, c);
        } else {
            push_lower_at(&mut out, text, at, c);
        }
    }
    out
}

/// `str.title()`: each run of cased characters starts in title case and goes on in lower case.
pub fn title(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut previous_cased = false;
    for (at, c) in text.char_indices() {
        if previous_cased {
            push_lower_at(&mut out, text, at, c);
        } else {
            push_title(&mut out, c);
        }
        previous_cased = is_cased(c);
    }
    out
}

/// `str.swapcase()`
pub fn swapcase(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        if is_upper(c) {
            push_lower_at(&mut out, text, at, c);
        } else if is_lower(c) {
            push_upper(&mut out, c);
        } else {
            out.push(c);
        }
    }
    out
}

/// `str.casefold()`: lower case for comparing, where `ß` is `ss`.
pub fn casefold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    let mut upper = String::new();
    for c in text.chars() {
        match c {
            // These fold to upper case, for stability: their lower case came later.
            '\u{13a0}'..='\u{13f5}' => out.push(c),
            '\u{13f8}'..='\u{13fd}' | '\u{ab70}'..='\u{abbf}' => push_upper(&mut out, c),
            // The dotless i belongs to Turkish, and folds to itself.
            '\u{131}' => out.push(c),
            // The capital sharp s is its own upper case.
            '\u{1e9e}' => out.push_str("ss"),
            _ => {
                // Full folding is the lower case of the upper case, which undoes ligatures and final forms.
                upper.clear();
                push_upper(&mut upper, c);
                upper.chars().for_each(|c| push_lower(&mut out, c));
            }
        }
    }
    out
}
