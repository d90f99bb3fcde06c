//! The lines of a source, as edits need them: where a line starts, how it is indented and how it ends.

use coil_grammar::span::Span;

/// The text of a file by lines.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout<'a> {
    source: &'a str,
}

impl<'a> Layout<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        Self { source }
    }

    /// How this file ends its lines.
    pub(super) fn line_end(&self) -> &'static str {
        match self.source.find(['\n', '\r']) {
            Some(at) if self.source[at..].starts_with("\r\n") => "\r\n",
            Some(at) if self.source[at..].starts_with('\r') => "\r",
            _ => "\n",
        }
    }

    /// Where the line of an offset starts.
    pub(super) fn line_start(&self, offset: u32) -> u32 {
        self.source[..offset as usize].rfind(['\n', '\r']).map_or(0, |at| at as u32 + 1)
    }

    /// Where the text of the line of an offset ends, before its line end.
    pub(super) fn text_end(&self, offset: u32) -> u32 {
        let rest = &self.source[offset as usize..];
        offset + rest.find(['\n', '\r']).unwrap_or(rest.len()) as u32
    }

    /// Where the next line starts.
    pub(super) fn next_line(&self, offset: u32) -> u32 {
        let end = self.text_end(offset);
        let rest = &self.source[end as usize..];
        let length = if rest.starts_with("\r\n") { 2 } else { usize::from(!rest.is_empty()) };
        end + length as u32
    }

    /// The blanks that the line of an offset starts with.
    pub(super) fn indentation(&self, offset: u32) -> &'a str {
        let line = &self.source[self.line_start(offset) as usize..];
        &line[..line.len() - line.trim_start_matches([' ', '\t', '\x0C']).len()]
    }

    /// Whether only blanks stand before an offset in its line.
    pub(super) fn is_first_in_line(&self, offset: u32) -> bool {
        self.source[self.line_start(offset) as usize..offset as usize].trim_matches([' ', '\t', '\x0C']).is_empty()
    }

    /// What is deleted to delete `span` and, when nothing else stands there, its whole line; a comment keeps its line.
    pub(super) fn with_line(&self, span: Span) -> Span {
        let end = self.text_end(span.end);
        let rest = &self.source[span.end as usize..end as usize];
        if !self.is_first_in_line(span.start) {
            return span;
        }
        if rest.trim().is_empty() {
            return Span::new(self.line_start(span.start), self.next_line(span.end));
        }
        Span::new(span.start, span.end + (rest.len() - rest.trim_start().len()) as u32)
    }
}
