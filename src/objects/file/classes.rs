//! The classes of module `_io`.

use std::rc::Rc;

use crate::objects::class::{Class, flags};
use crate::objects::ctx::Ctx;
use crate::objects::heap::Ref;
use crate::objects::kind::Kind;
use crate::objects::native::NativeDef;

use super::{base, binary, construct, memory, text};

/// The classes; made once an interpreter.
pub(crate) struct Classes {
    pub(crate) io_base: Ref<Class>,
    pub(crate) raw_base: Ref<Class>,
    pub(crate) buffered_base: Ref<Class>,
    pub(crate) text_base: Ref<Class>,
    pub(crate) file_io: Ref<Class>,
    pub(crate) buffered_reader: Ref<Class>,
    pub(crate) buffered_writer: Ref<Class>,
    pub(crate) buffered_random: Ref<Class>,
    pub(crate) text: Ref<Class>,
    pub(crate) string_io: Ref<Class>,
    pub(crate) bytes_io: Ref<Class>,
    /// `io.UnsupportedOperation`
    pub(crate) unsupported: Ref<Class>,
}

#[derive(Default)]
struct Made(Option<Rc<Classes>>);

const FLAGS: u32 = flags::SUBCLASSABLE | flags::HAS_DICT | flags::HAS_WEAKREF;

/// The classes, made when first asked for.
pub(crate) fn classes(ctx: &mut Ctx) -> Rc<Classes> {
    if let Some(made) = &ctx.state::<Made>().0 {
        return made.clone();
    }
    let made = Rc::new(make(ctx));
    ctx.state::<Made>().0 = Some(made.clone());
    made
}

fn make(ctx: &Ctx) -> Classes {
    let object = ctx.types.object.clone();
    let class = |name: &str, doc, bases: &[&Ref<Class>], layout, tables: &[&'static [NativeDef]]| {
        ctx.types.define_class(name, "_io", doc, bases, layout, FLAGS, tables)
    };
    let io_base =
        class("_IOBase", "The abstract base class for all I/O classes.", &[&object], Kind::Instance, &[base::METHODS]);
    let raw_base =
        class("_RawIOBase", "Base class for raw binary I/O.", &[&io_base], Kind::Instance, &[base::RAW_METHODS]);
    let buffered_base = class(
        "_BufferedIOBase",
        "Base class for buffered IO objects.",
        &[&io_base],
        Kind::Instance,
        &[base::BUFFERED_METHODS],
    );
    let text_base =
        class("_TextIOBase", "Base class for text I/O.", &[&io_base], Kind::Instance, &[base::TEXT_METHODS]);
    let buffered =
        |name: &str, doc, table| class(name, doc, &[&buffered_base], Kind::Foreign, &[binary::METHODS, table]);
    let os_error = ctx.exceptions.OSError.clone();
    let value_error = ctx.exceptions.ValueError.clone();
    let unsupported = ctx.types.define_class(
        "UnsupportedOperation",
        "io",
        "",
        &[&os_error, &value_error],
        Kind::Exception,
        FLAGS,
        &[],
    );
    Classes {
        file_io: class("FileIO", "Open a file.", &[&raw_base], Kind::Foreign, &[binary::METHODS, construct::FILE_IO]),
        buffered_reader: buffered(
            "BufferedReader",
            "Create a new buffered reader using the given readable raw IO object.",
            construct::READER,
        ),
        buffered_writer: buffered(
            "BufferedWriter",
            "A buffer for a writeable sequential RawIO object.",
            construct::WRITER,
        ),
        buffered_random: buffered(
            "BufferedRandom",
            "A buffered interface to random access streams.",
            construct::RANDOM,
        ),
        text: class(
            "TextIOWrapper",
            "Character and line based layer over a BufferedIOBase object, buffer.",
            &[&text_base],
            Kind::Foreign,
            &[text::METHODS],
        ),
        string_io: class(
            "StringIO",
            "Text I/O implementation using an in-memory buffer.",
            &[&text_base],
            Kind::Foreign,
            &[memory::STRING_METHODS],
        ),
        bytes_io: class(
            "BytesIO",
            "Buffered I/O implementation using an in-memory bytes buffer.",
            &[&buffered_base],
            Kind::Foreign,
            &[memory::BYTES_METHODS],
        ),
        io_base,
        raw_base,
        buffered_base,
        text_base,
        unsupported,
    }
}
