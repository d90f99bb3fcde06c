//! Formatting: the mini-language, `%`, `str.format`.

use super::{check, escape, failed, hex, outcome};
use crate::text::format_spec::{self, FormatError, IntArg};
use crate::text::int::DEFAULT_MAX_STR_DIGITS;
use crate::text::percent::{self, Layout, PercentError, Piece, Pieces};
use crate::text::template::{Conversion, First, MAX_DEPTH, Numbering, Path, Segments, Step, TemplateError};

fn format_int(text: &str, spec: &str) -> Result<String, FormatError> {
    let n = super::numbers::big(text);
    match text.parse() {
        Ok(small) => format_spec::format_int(IntArg::Small(small), spec, "int", DEFAULT_MAX_STR_DIGITS),
        Err(_) => format_spec::format_int(IntArg::Big(&n), spec, "int", DEFAULT_MAX_STR_DIGITS),
    }
}

#[test]
fn specifications() {
    check("format_spec", include_str!("golden/format_spec.txt"), |case| {
        let spec = case.text(case.args.len() - 1);
        let formatted = match case.name {
            "str" => format_spec::format_str(&case.text(0), &spec, "str"),
            "int" => format_int(case.args[0], &spec),
            "float" => format_spec::format_float(case.parse(0), &spec, "float"),
            "complex" => format_spec::format_complex(case.parse(0), case.parse(1), &spec, "complex"),
            name => panic!("{name}"),
        };
        outcome(formatted, |text| escape(&text))
    });
}

/// The only conversion of a format, and its layout.
fn layout(format: &str) -> (Layout, char) {
    match Pieces::of_text(format).next() {
        Some(Ok(Piece::Conversion(conversion))) => (conversion.layout(None, None).unwrap(), conversion.code),
        other => panic!("{other:?}"),
    }
}

/// What comes of a format whose conversions all meet the number 1.
fn ones(format: &str) -> Result<String, PercentError> {
    let mut out = String::new();
    for piece in Pieces::of_text(format) {
        match piece? {
            Piece::Literal(range) => out.push_str(&format[range]),
            Piece::Conversion(conversion) if conversion.code == 'd' => out.push('1'),
            Piece::Conversion(conversion) => return Err(conversion.unsupported(format)),
        }
    }
    Ok(out)
}

#[test]
fn percent_formats() {
    check("percent", include_str!("golden/percent.txt"), |case| {
        let format = case.text(0);
        if case.name == "parse" {
            return outcome(ones(&format), |text| escape(&text));
        }
        let (layout, code) = layout(&format);
        match case.name {
            "int" => {
                let n = super::numbers::big(case.args[1]);
                outcome(percent::format_int(layout, IntArg::Big(&n), code, DEFAULT_MAX_STR_DIGITS), |text| text)
            }
            "float" => percent::format_float(layout, case.parse(1), code),
            "text" => escape(&percent::format_text(layout, &case.text(1))),
            "char" => escape(&percent::format_char(layout, case.text(1).chars().next().unwrap())),
            "bytes" => hex(&percent::format_bytes(layout, &case.bytes(1))),
            name => panic!("{name}"),
        }
    });
}

/// Formats a template whose values show the path by which they were reached.
fn render(template: &str, depth: usize, numbering: &mut Numbering) -> Result<String, TemplateError> {
    let mut depth_left = depth.checked_sub(1).ok_or(TemplateError::TooDeep)?;
    let mut out = String::new();
    for segment in Segments::new(template) {
        let segment = segment?;
        out.push_str(segment.literal);
        let Some(field) = segment.field else { continue };
        let (first, path) = Path::split(field.name);
        let mut value = match numbering.resolve(first)? {
            First::Index(index) if index < 4 => index.to_string(),
            First::Index(index) => return Err(TemplateError::IndexOutOfRange { index }),
            // The test's stand-in for KeyError.
            First::Key(key) if !["a", "b", "c"].contains(&key) => {
                return Err(TemplateError::UnknownConversion {
                    code: format!("KeyError {}", crate::text::repr::string(key)),
                });
            }
            First::Key(key) => format!("K{key}"),
        };
        for step in path {
            match step? {
                Step::Attribute(name) => value.push_str(&format!(".{name}")),
                Step::Index(index) => value.push_str(&format!("[{index}]")),
                Step::Key(key) => value.push_str(&format!("[{}]", crate::text::repr::string(key))),
            }
        }
        let conversion = field.conversion.map(Conversion::parse).transpose()?;
        let spec = if field.is_nested { render(field.spec, depth_left, numbering)? } else { field.spec.to_owned() };
        depth_left = depth - 1;
        match conversion {
            None => out.push_str(&format!("<{value}:{spec}>")),
            Some(conversion) => {
                let text = format!("{}{value}", if conversion == Conversion::Str { 'S' } else { 'R' });
                out.push_str(&format_spec::format_str(&text, &spec, "str").unwrap_or_else(|error| failed(&error)));
            }
        }
    }
    Ok(out)
}

#[test]
fn templates() {
    check("template", include_str!("golden/template.txt"), |case| {
        let shown = outcome(render(&case.text(0), MAX_DEPTH, &mut Numbering::default()), |text| {
            // An error of a value's own formatting stands for the whole.
            text.find('!')
                .filter(|&at| text[at..].contains("Error: "))
                .map_or_else(|| escape(&text), |at| text[at..].to_owned())
        });
        shown.replace("!ValueError: Unknown conversion specifier KeyError ", "!KeyError: ")
    });
}
