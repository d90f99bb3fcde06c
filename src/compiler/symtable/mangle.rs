//! Private name mangling (Language Reference 6.2.1, "Private name mangling").

use std::rc::Rc;

/// The name `__spam` as it is spelt inside the class `Ham`: `_Ham__spam`. Other names stay as they are.
pub(in crate::compiler) fn mangle(class: Option<&str>, name: &Rc<str>) -> Rc<str> {
    let Some(class) = class else { return Rc::clone(name) };
    if !name.starts_with("__") || name.ends_with("__") || name.contains('.') {
        return Rc::clone(name);
    }
    let class = class.trim_start_matches('_');
    if class.is_empty() {
        return Rc::clone(name);
    }
    Rc::from(format!("_{class}{name}"))
}
