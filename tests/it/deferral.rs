//! Bodies of library functions that are compiled when they are called: each must come out as if it had been compiled with
//! its module.

use std::collections::BTreeMap;
use std::rc::Rc;

use coil::code::{CodeObject, Const, dis, flags, verify};
use coil::compiler::{self, Options};
use coil::stdlib::SOURCE_MODULES;
use coil_grammar::span::LineIndex;

/// All code objects below one, by name, line and place among their equals.
fn walk(code: &Rc<CodeObject>, found: &mut BTreeMap<(String, u32), Rc<CodeObject>>) {
    for constant in &code.consts {
        if let Const::Code(inner) = constant {
            found.insert((inner.qualname.to_string(), inner.first_line), Rc::clone(inner));
            walk(inner, found);
        }
    }
}

#[test]
fn deferred_bodies_equal_those_compiled_at_once() {
    let options = Options::default();
    let mut deferred = 0;
    for (name, source, _) in SOURCE_MODULES {
        let lines = LineIndex::new(source);
        let whole = coil_grammar::parse_module(source).unwrap();
        let whole = compiler::compile_module(&whole.tree, &lines, name, &options).unwrap();
        let hollow = coil_grammar::parse_library(source).unwrap();
        let hollow = compiler::compile_module(&hollow.tree, &lines, name, &options).unwrap();
        let (mut expected, mut found) = (BTreeMap::new(), BTreeMap::new());
        walk(&whole.code, &mut expected);
        walk(&hollow.code, &mut found);
        for (key, code) in found {
            let Some(place) = &code.deferred else { continue };
            deferred += 1;
            let body = coil_grammar::parse_definition(source, place.span)
                .unwrap_or_else(|error| panic!("{name} {key:?}: {}", error.message()));
            let body = compiler::compile_definition(body.tree, &code, &lines, &options).unwrap();
            verify::verify(&body).unwrap();
            let expected = &expected[&key];
            assert_eq!(dis::disassemble(&body), dis::disassemble(expected), "{name} {key:?}");
            let facts = |code: &CodeObject| {
                let counts = (code.arg_count, code.posonly_arg_count, code.kwonly_arg_count);
                (code.qualname.clone(), code.flags, code.first_line, counts)
            };
            assert_eq!(facts(&body), facts(expected), "{name}");
            let of_parameters = flags::VARARGS | flags::VARKEYWORDS | flags::HAS_DOCSTRING | flags::METHOD;
            assert_eq!(code.flags & of_parameters, expected.flags & of_parameters, "{name} {key:?}");
            assert_eq!(code.slots, expected.slots[..expected.parameter_count()], "{name} {key:?}");
            assert_eq!(code.flags & flags::DEFERRED, flags::DEFERRED);
        }
    }
    assert!(deferred > 1000, "only {deferred} bodies were deferred");
}
