//! `coil explain CODE`: a page of the catalogue as text.

use super::catalog::{Code, Part};
use super::language::Language;
use super::wrap::wrap;

/// What stands in a section that says the same in both languages.
const AS_ABOVE: &str = "见上。";

/// Every code with its title, a line each.
pub fn list(language: Language) -> String {
    let mut out = String::new();
    for code in Code::ALL {
        let page = code.page();
        let titles = language.parts().iter().map(|language| page.part(*language).title);
        out.push_str(&format!("{code}  {}\n", titles.collect::<Vec<_>>().join(" / ")));
    }
    out
}

/// The page of a code, for a terminal of this width.
pub fn explain(code: Code, language: Language, width: usize) -> String {
    let page = code.page();
    let mut out = String::new();
    for (index, language) in language.parts().iter().enumerate() {
        let part = page.part(*language);
        if index > 0 {
            out.push('\n');
        }
        out.push_str(&format!("coil[{code}]: {}\n", part.title));
        if let Some(line) = page.last_line {
            out.push_str(&format!("\n    {line}\n"));
        }
        for (number, (title, body)) in part.sections.iter().enumerate() {
            let body = if body.trim() == AS_ABOVE { section(&page.english, number) } else { body };
            out.push_str(&format!("\n{title}\n\n"));
            push_markdown(&mut out, body, width);
        }
    }
    out
}

fn section(part: &Part, number: usize) -> &'static str {
    part.sections.get(number).map_or("", |(_, body)| body)
}

/// A text of a page: paragraphs are filled, code is indented, comments of the book are left out.
fn push_markdown(out: &mut String, text: &str, width: usize) {
    let mut in_code = false;
    let mut paragraph = String::new();
    let flush = |out: &mut String, paragraph: &mut String| {
        if !paragraph.is_empty() {
            out.push_str(&wrap(paragraph, width, "", ""));
            paragraph.clear();
        }
    };
    for line in text.lines() {
        if line.starts_with("```") {
            flush(out, &mut paragraph);
            in_code = !in_code;
        } else if in_code {
            let line = format!("    {line}");
            out.push_str(line.trim_end());
            out.push('\n');
        } else if line.trim().is_empty() {
            flush(out, &mut paragraph);
            if !out.ends_with("\n\n") {
                out.push('\n');
            }
        } else if !line.starts_with("<!--") {
            // Lines of Chinese are joined without a blank.
            let ends_wide = paragraph.chars().last().is_some_and(|last| !last.is_ascii());
            if !paragraph.is_empty() && !ends_wide {
                paragraph.push(' ');
            }
            paragraph.push_str(line.trim());
        }
    }
    flush(out, &mut paragraph);
}
