//! Names that the interpreter itself looks up, interned once.

use super::string::intern;
use super::value::Value;

macro_rules! names {
    ($($name:ident $(= $text:literal)?),+ $(,)?) => {
        /// One interned `str` per name.
        #[expect(missing_docs, reason = "each field is the name it holds")]
        pub struct Names { $(pub $name: Value,)+ }

        impl Names {
            /// Interns every name.
            pub fn new() -> Names {
                Names { $($name: intern(names!(@text $name $($text)?)),)+ }
            }
        }
    };
    (@text $name:ident) => { stringify!($name) };
    (@text $name:ident $text:literal) => { $text };
}

names! {
    __abs__, __abstractmethods__, __add__, __aenter__, __aexit__, __aiter__, __all__, __and__, __anext__, __annotations__,
    __await__, __bases__, __bool__, __build_class__, __builtins__, __bytes__, __call__, __cause__, __ceil__, __class__,
    __class_getitem__, __classcell__, __classdict__, __closure__, __code__, __complex__, __contains__, __context__,
    __copy__, __debug__, __deepcopy__, __defaults__, __del__, __delattr__, __delete__, __delitem__, __dict__, __dir__,
    __divmod__, __doc__, __enter__, __eq__, __exit__, __file__, __float__, __floor__, __floordiv__, __format__,
    __fspath__, __ge__, __get__, __getattr__, __getattribute__, __getitem__, __getnewargs__, __getstate__, __globals__,
    __gt__, __hash__, __iadd__, __iand__, __ifloordiv__, __ilshift__, __imatmul__, __imod__, __import__, __imul__,
    __index__, __init__, __init_subclass__, __instancecheck__, __int__, __invert__, __ior__, __ipow__, __irshift__,
    __isub__, __iter__, __itruediv__, __ixor__, __kwdefaults__, __le__, __len__, __length_hint__, __loader__,
    __lshift__, __lt__, __main__, __match_args__, __matmul__, __missing__, __mod__, __module__, __mro_entries__,
    __mul__, __name__, __ne__, __neg__, __new__, __next__, __or__, __orig_bases__, __package__, __path__, __pos__,
    __pow__, __prepare__, __qualname__, __radd__, __rand__, __rdivmod__, __reduce__, __reduce_ex__, __repr__,
    __reversed__, __rfloordiv__, __rlshift__, __rmatmul__, __rmod__, __rmul__, __ror__, __round__, __rpow__,
    __rrshift__, __rshift__, __rsub__, __rtruediv__, __rxor__, __set__, __set_name__, __setattr__, __setitem__,
    __slots__, __spec__, __static_attributes__, __str__, __sub__, __subclasscheck__, __subclasshook__,
    __suppress_context__, __traceback__, __truediv__, __trunc__, __type_params__, __weakref__, __wrapped__, __xor__,
    __firstlineno__, __notes__, __mro__, __objclass__, __text_signature__, __signature__, __self__, __func__,
    __isabstractmethod__, __origin__, __args__, __parameters__, __unpacked__, __cached__, __dictoffset__,
    __set_typeparams__, __future__, __sizeof__, __subclasses__, __typing_subst__,
    append, args, athrow, asend, aclose, builtins, close, code, copy, encoding, end, errno, errors, exceptions, extend,
    file, filename, flush, fromlist, get, items, join, key, keys, lineno, message, metaclass, mro, msg, name, obj,
    offset, path, print_file_and_line, read, readline, send, sep, start, stop, step, strerror, strict, sys, text, throw,
    type_ = "type", update, value, values, write, default, object, reason, root, self_ = "self", stdin, stdout, stderr,
    modules, displayhook, excepthook, unraisablehook, breakpointhook, end_lineno, end_offset, ps1, ps2, filename2,
    empty = "", underscore = "_", lambda = "<lambda>", module = "<module>", star = "*", dot_namespace = ".namespace",
    annotations, add_note, warnings, warn, readlines, closed, mode, buffer, fileno, isatty, seek, tell, truncate,
    writable, readable, seekable, writelines, detach, newline, gi_frame, cr_frame, ag_frame, last_traceback,
}

impl Default for Names {
    fn default() -> Names {
        Names::new()
    }
}
