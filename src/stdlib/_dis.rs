//! Module `_dis`: code objects as text and as lists of instructions, for module `dis`.

use crate::code::dis::{disassemble_alone, listing};
use crate::code::opcode::Op;
use crate::objects::code::Code;
use crate::objects::ctx::Ctx;
use crate::objects::heap::Obj;
use crate::objects::list::new_list;
use crate::objects::native::PyResult;
use crate::objects::string::{intern, new_str};
use crate::objects::tuple::new_tuple;
use crate::objects::types::new_function;
use crate::objects::value::Value;
use crate::objects::{int, module, protocol};

crate::natives! { static FUNCTIONS:
    /// The disassembly of a code object, those inside it left out.
    function "disassemble(code, /)" => |ctx, args| { let code = code(ctx, &args[0])?; let text = disassemble_alone(&code.object); Ok(ctx.str(text)) };
    /// The instructions as tuples: name, number, argument, its meaning, place, line, whether something jumps here.
    function "instructions(code, /)" => instructions;
    /// The names of all operations, by number.
    function "names()" => names;
}

pub(super) fn module(ctx: &mut Ctx) -> PyResult {
    let module = module::new_module(ctx, "_dis", Some("The native half of dis."));
    for def in FUNCTIONS {
        module.dict.set_str(&intern(def.name()), new_function("_dis", def));
    }
    Ok(module.into_value())
}

fn code<'a>(ctx: &mut Ctx, value: &'a Value) -> PyResult<&'a Obj<Code>> {
    match value.downcast_ref::<Code>() {
        Some(code) => Ok(code),
        None => {
            let class = protocol::class_name(ctx, value);
            Err(ctx.type_error(format!("a code object is required, not {class}")))
        }
    }
}

fn instructions(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let code = code(ctx, &args[0])?;
    let all = listing(&code.object).into_iter().map(|listed| {
        new_tuple([
            new_str(listed.op.screaming_name()).into_value(),
            int::from_i64(listed.op as i64),
            listed.arg.map_or(Value::NONE, |arg| int::from_i64(arg.into())),
            new_str(listed.meaning).into_value(),
            int::from_i64(listed.at.into()),
            if listed.line == 0 { Value::NONE } else { int::from_i64(listed.line.into()) },
            Value::bool(listed.is_target),
        ])
        .into_value()
    });
    Ok(new_list(all.collect()).into_value())
}

fn names(_ctx: &mut Ctx, _args: &[Value]) -> PyResult {
    let all = Op::ALL.iter().map(|op| new_str(op.screaming_name()).into_value());
    Ok(new_list(all.collect()).into_value())
}
