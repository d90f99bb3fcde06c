//! The events that an observer is told of while a small program runs, compared with a golden beside the program.
//!
//! An event is shown as the line at which the frame stands, the function, and what happened:
//! `11 root: delegate <generator leaf>`. `UPDATE=1` rewrites the goldens; read the difference before landing.

use std::cell::RefCell;
use std::fs;
use std::rc::Rc;

use coil::Interpreter;
use coil::host::TestHost;
use coil::objects::Obj;
use coil::objects::frame::Frame;
use coil::objects::observer::{Event, Observer, shown};

use crate::process::root;

struct Recorder {
    lines: Rc<RefCell<Vec<String>>>,
}

impl Observer for Recorder {
    fn event(&mut self, frame: &Obj<Frame>, line: u32, event: Event<'_>) {
        let text = match event {
            Event::Call => "call".to_owned(),
            Event::Return(value) => format!("return {}", shown(value)),
            Event::Raise(value) => format!("raise {}", shown(value)),
            Event::Catch(value) => format!("catch {}", shown(value)),
            Event::Create(_) => "create".to_owned(),
            Event::Resume => "resume".to_owned(),
            Event::Send(value) => format!("send {}", shown(value)),
            Event::Throw(value) => format!("throw {}", shown(value)),
            Event::Close => "close".to_owned(),
            Event::Yield(value) => format!("yield {}", shown(value)),
            Event::Delegate(value) => format!("delegate {}", shown(value)),
            Event::Rejoin(value) => format!("rejoin {}", shown(value)),
            Event::Spent(_) => "spent".to_owned(),
            Event::ThreadStart(id) => format!("start thread {id}"),
            Event::ThreadSwitch(id) => format!("switch to thread {id}"),
            Event::ThreadEnd(id) => format!("end of thread {id}"),
            Event::Blocked { seconds, held_up } => format!("blocks {held_up} tasks for {} s", shown(seconds)),
            Event::Other { what, subject } => format!("{what} {}", shown(subject)),
        };
        let name = frame.with_code(|code| code.object.name.to_string());
        self.lines.borrow_mut().push(format!("{line} {name}: {text}"));
    }
}

fn events(source: &[u8]) -> String {
    let lines = Rc::new(RefCell::new(Vec::new()));
    let mut interpreter = Interpreter::new(Box::new(TestHost::default()));
    interpreter.set_observer(Some(Box::new(Recorder { lines: Rc::clone(&lines) })));
    let status = interpreter.run_main(source, "<program>");
    assert_eq!(status, 0, "{:?}", interpreter.host::<TestHost>().map(|host| host.output()));
    drop(interpreter);
    let lines = lines.borrow();
    lines.iter().map(|line| format!("{line}\n")).collect()
}

#[test]
fn events_come_in_the_order_of_the_goldens() {
    let mut programs: Vec<_> =
        fs::read_dir(root().join("tests/observer")).unwrap().map(|entry| entry.unwrap().path()).collect();
    programs.retain(|path| path.extension().is_some_and(|ending| ending == "py"));
    programs.sort();
    assert!(!programs.is_empty());
    let mut wrong = Vec::new();
    for program in programs {
        let source = fs::read(&program).unwrap();
        let got = coil::on_large_stack(move || events(&source)).unwrap();
        let golden = program.with_extension("events");
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&golden, &got).unwrap();
        }
        if fs::read_to_string(&golden).unwrap_or_default() != got {
            wrong.push(format!("{}:\n{got}", program.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
