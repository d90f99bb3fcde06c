//! The catalogue: every code that Coil gives to a mistake, and the page that says all about it in both languages.
//!
//! A page is one file of the book, `book/src/errors/CODE.md`; nothing about a code stands anywhere else. The pages are
//! part of the program as they are and are read when one is shown. What a report says stands at the top of each language,
//! in a comment: the book shows the sections below it, and so does `coil explain`. A text may have places for the values
//! of the run, written `{name}`; who gives them is the rule of the code in [`rules`](super::rules).

use std::fmt;

use super::language::Language;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The program stops, or cannot start.
    Error,
    /// Python warns, and goes on.
    Warning,
    /// Python says nothing.
    Note,
}

impl Severity {
    /// The name, as `--json` gives it.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

macro_rules! codes {
    ($($code:ident $severity:ident,)*) => {
        /// A code of the catalogue. It never changes its meaning.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[expect(missing_docs, reason = "each code is documented by its page")]
        pub enum Code { $($code,)* }

        impl Code {
            /// Every code, in the order of the catalogue.
            pub const ALL: &'static [Code] = &[$(Code::$code,)*];

            /// The code as people write it.
            pub fn name(self) -> &'static str {
                match self { $(Code::$code => stringify!($code),)* }
            }

            /// How bad what it stands for is.
            pub fn severity(self) -> Severity {
                match self { $(Code::$code => Severity::$severity,)* }
            }

            /// The page's text.
            fn text(self) -> &'static str {
                match self {
                    $(Code::$code => include_str!(concat!(
                        env!("CARGO_MANIFEST_DIR"), "/book/src/errors/", stringify!($code), ".md"
                    )),)*
                }
            }
        }
    };
}

codes! {
    // G: generators.
    G001 Error,
    G002 Error,
    G003 Error,
    G004 Error,
    G005 Error,
    G006 Note,
    G007 Note,
    G008 Note,
    G009 Error,
    G010 Error,
    G011 Error,
    G012 Error,
    G013 Error,
    G014 Error,
    G015 Error,
    G016 Error,
    G017 Error,
    G018 Error,
    G019 Error,
    G020 Note,
    G021 Error,
    G022 Error,
    G023 Error,
    G024 Error,
    G025 Error,
    G026 Warning,
    G027 Error,
    G028 Note,
    G029 Warning,
    G030 Error,
    G031 Note,
    G032 Error,

    // C: coroutines, async and await.
    C101 Warning,
    C102 Error,
    C103 Error,
    C104 Error,
    C105 Error,
    C106 Error,
    C107 Error,
    C108 Error,
    C109 Error,
    C110 Error,
    C111 Error,
    C112 Error,
    C113 Error,
    C114 Error,
    C115 Error,
    C116 Error,
    C117 Error,
    C118 Error,
    C119 Error,
    C120 Error,
    C121 Error,
    C122 Error,
    C123 Error,
    C124 Error,
    C125 Note,
    C126 Warning,
    C127 Error,
    C128 Error,
    C129 Error,
    C130 Error,
    C131 Error,
    C132 Error,
    C133 Error,
    C134 Error,
    C135 Error,
    C136 Error,

    // L: the event loop and tasks.
    L201 Error,
    L202 Error,
    L203 Error,
    L204 Error,
    L205 Error,
    L206 Error,
    L207 Error,
    L208 Error,
    L209 Error,
    L210 Error,
    L211 Error,
    L212 Error,
    L213 Error,
    L214 Error,
    L215 Error,
    L216 Error,
    L217 Error,
    L218 Warning,
    L219 Warning,
    L220 Note,
    L221 Note,
    L222 Note,
    L223 Error,
    L224 Note,
    L225 Error,
    L226 Error,
    L227 Error,
    L228 Error,
    L229 Error,
    L230 Error,
    L231 Error,
    L232 Error,
    L233 Note,
    L234 Error,
    L235 Note,
    L236 Error,
    L237 Error,
    L238 Error,
    L239 Error,
    L240 Error,
    L241 Warning,
    L242 Error,

    // H: names that newer Pythons lack.
    H301 Error,
    H302 Error,
    H303 Error,
    H304 Error,
    H305 Error,
    H306 Warning,
    H307 Error,
    H308 Warning,
    H309 Error,
    H310 Error,

    // T: typing and pasting.
    T401 Error,
    T402 Error,
    T403 Error,
    T404 Error,
    T405 Error,
    T406 Error,
    T407 Error,
    T408 Error,
    T409 Error,
    T410 Error,
    T411 Error,
    T412 Error,

    // S: syntax without a row of its own.
    S801 Error,
    S802 Error,
    S803 Error,
    S804 Error,
    S805 Error,
    S806 Error,
    S807 Error,
    S808 Error,
    S809 Error,
    S810 Error,
    S811 Error,
    S812 Error,
    S813 Error,
    S814 Error,
    S815 Error,
    S816 Error,
    S817 Error,
    S818 Error,
    S819 Error,
    S820 Error,
    S821 Error,
    S822 Error,
    S823 Error,
    S824 Error,
    S825 Error,
    S826 Error,
    S827 Error,
    S828 Error,
    S829 Error,
    S830 Error,
    S831 Error,
    S899 Error,

    // P: built-in exceptions without a row of their own.
    P501 Error,
    P502 Error,
    P503 Error,
    P504 Error,
    P505 Error,
    P506 Error,
    P507 Error,
    P508 Error,
    P509 Error,
    P510 Error,
    P511 Error,
    P512 Error,
    P513 Error,
    P514 Error,
    P515 Error,
    P516 Error,
    P517 Error,
    P518 Error,
    P519 Error,
    P520 Error,
    P521 Error,
    P522 Error,
    P523 Error,
    P524 Error,
    P525 Error,
    P526 Error,
    P527 Error,
    P528 Error,
    P529 Error,
    P530 Error,
    P531 Error,
    P532 Error,
    P533 Error,
    P534 Error,
    P535 Warning,
    P536 Warning,
    P537 Warning,
    P538 Warning,
    P599 Error,

    // K: found by `coil check` alone.
    K601 Warning,
    K602 Error,
    K603 Note,
}

impl Code {
    /// The code of this name, in small or large letters.
    pub fn named(name: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.name().eq_ignore_ascii_case(name))
    }

    /// Whether it says no more than what a class of exceptions is for (letter P).
    pub fn is_general(self) -> bool {
        self.name().starts_with('P')
    }

    /// Its page in the book, taken apart into the texts that are drawn.
    pub fn page(self) -> Page {
        Page::read(self.text())
    }
}

impl fmt::Display for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

/// What a page says.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// CPython's last line, where there is one.
    pub last_line: Option<&'static str>,
    /// The English part.
    pub english: Part,
    /// The Chinese part.
    pub chinese: Part,
}

/// What a page says in one language.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// The mistake in a few words.
    pub title: &'static str,
    /// The list at the top, which is a comment to the book: `headline`, `help`, and a text for each label. A key may have
    /// a form behind a dot (`headline.missing`), for the cases of one code that are told in other words.
    pub texts: Vec<(&'static str, &'static str)>,
    /// The sections: title and text.
    pub sections: Vec<(&'static str, &'static str)>,
}

impl Page {
    /// Reads a page. What is missing is left empty, which the tests of this module find in the catalogue's own pages.
    fn read(text: &'static str) -> Page {
        let mut page = Page::default();
        let (head, rest) = text.split_once("\n## English").unwrap_or((text, ""));
        let (english, chinese) = rest.split_once("\n## 中文").unwrap_or((rest, ""));
        let mut lines = head.lines();
        let title = lines.next().and_then(|line| line.split_once(": ")).map_or("", |(_, title)| title);
        let (english_title, chinese_title) = title.split_once(" / ").unwrap_or((title, title));
        page.last_line = lines.find_map(|line| line.strip_prefix("    "));
        page.english = Part::read(english_title, english);
        page.chinese = Part::read(chinese_title, chinese);
        page
    }

    /// The part in a language; of both, the English one.
    pub fn part(&self, language: Language) -> &Part {
        match language {
            Language::Chinese => &self.chinese,
            Language::English | Language::Both => &self.english,
        }
    }
}

impl Part {
    fn read(title: &'static str, text: &'static str) -> Part {
        let mut part = Part { title, ..Part::default() };
        let mut sections = text.split("\n### ");
        let list = sections.next().unwrap_or_default();
        for line in list.lines() {
            if let Some((key, value)) = line.strip_prefix("- ").and_then(|line| line.split_once(": ")) {
                part.texts.push((key, value.trim_end()));
            }
        }
        for section in sections {
            let (title, body) = section.split_once('\n').unwrap_or((section, ""));
            part.sections.push((title.trim(), body.trim_matches('\n')));
        }
        part
    }

    /// The text of a key of the list: `headline`, `help` or a label.
    pub fn text(&self, key: &str) -> Option<&'static str> {
        self.texts.iter().find(|(known, _)| *known == key).map(|(_, text)| *text)
    }
}

/// A text with the values of the run in the places of its names. A name without a value stays as it is.
pub fn fill(text: &str, parameters: &[(&'static str, String)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, name, after)) = next_placeholder(rest) {
        filled.push_str(before);
        match parameters.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => filled.push_str(value),
            None => filled.push_str(&rest[before.len()..rest.len() - after.len()]),
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// The names in a text that stand for values of the run.
pub fn placeholders(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = text;
    while let Some((_, name, after)) = next_placeholder(rest) {
        names.push(name);
        rest = after;
    }
    names
}

/// The text before the next `{name}`, the name, and the text behind it.
fn next_placeholder(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let open = from + text.get(from..)?.find('{')?;
        let behind = &text[open + 1..];
        let length =
            behind.find(|letter: char| !letter.is_ascii_lowercase() && letter != '_' && !letter.is_ascii_digit());
        match length {
            Some(length) if length > 0 && behind[length..].starts_with('}') => {
                return Some((&text[..open], &behind[..length], &behind[length + 1..]));
            }
            _ => from = open + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sections of a part, in their order.
    const ENGLISH: [&str; 4] = ["What happened", "Why Python is so", "The smallest program", "The repair"];
    const CHINESE: [&str; 4] = ["发生了什么", "Python 为什么这样", "最小的程序", "修正"];

    fn sorted(mut names: Vec<&str>) -> Vec<&str> {
        names.sort_unstable();
        names.dedup();
        names
    }

    /// What is wrong with a page, in words.
    fn problems(code: Code) -> Vec<String> {
        let page = code.page();
        let mut problems = Vec::new();
        if !code.text().starts_with(&format!("# {code}: ")) || page.english.title == page.chinese.title {
            problems.push(format!("the first line is not `# {code}: English title / Chinese title`"));
        }
        for (part, wanted) in [(&page.english, ENGLISH), (&page.chinese, CHINESE)] {
            for key in ["headline", "help"] {
                if part.text(key).is_none() {
                    problems.push(format!("no {key}"));
                }
            }
            let titles: Vec<&str> = part.sections.iter().map(|(title, _)| *title).collect();
            if titles != wanted {
                problems.push(format!("sections {titles:?} are not {wanted:?}"));
            }
            for (title, body) in &part.sections {
                if body.trim().is_empty() {
                    problems.push(format!("section {title:?} is empty"));
                }
            }
        }
        let keys = |part: &Part| sorted(part.texts.iter().map(|(key, _)| *key).collect());
        if keys(&page.english) != keys(&page.chinese) {
            problems.push("the languages have different keys".to_owned());
        }
        for (key, text) in &page.english.texts {
            let other = page.chinese.text(key).unwrap_or_default();
            if sorted(placeholders(text)) != sorted(placeholders(other)) {
                problems.push(format!("the languages have different placeholders in `{key}`"));
            }
        }
        for (part, ends) in [(&page.english, ['.', '?']), (&page.chinese, ['。', '？'])] {
            for (key, text) in &part.texts {
                let is_sentence = ["headline", "help"].contains(&key.split('.').next().unwrap_or_default());
                if is_sentence && !text.ends_with(ends) {
                    problems.push(format!("`{key}` is no whole sentence: {text:?}"));
                }
            }
        }
        problems
    }

    #[test]
    fn every_page_is_complete_in_both_languages() {
        let mut wrong = Vec::new();
        for code in Code::ALL {
            wrong.extend(problems(*code).into_iter().map(|problem| format!("{code}: {problem}")));
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn codes_are_found_by_name() {
        assert_eq!(Code::named("g001"), Some(Code::G001));
        assert_eq!(Code::named("G999"), None);
    }

    #[test]
    fn values_go_into_the_places_of_their_names() {
        let parameters = [("name", "e".to_owned())];
        assert_eq!(fill("next({name}) and {other}, {…}, {", &parameters), "next(e) and {other}, {…}, {");
        assert_eq!(placeholders("{a}{b_1} {} {C}"), ["a", "b_1"]);
    }
}
