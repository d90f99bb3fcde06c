//! Module `_ssl`: the native half of `ssl`, which is TLS in memory (see [`host::tls`](crate::host::tls)).
//!
//! What fails is told as a tuple `(reason, message, verify code)` in the place of a result; the exceptions are made in Python.
//!
//! Source: Standard Library "ssl".

use std::cell::RefCell;

use crate::host::tls::{self, Config, Connection, Failure, Got, Settings};
use crate::objects::buffer::expect_bytes;
use crate::objects::bytes::new_bytes;
use crate::objects::class::Class;
use crate::objects::ctx::Ctx;
use crate::objects::foreign::{ForeignData, data_of, new_foreign};
use crate::objects::heap::Ref;
use crate::objects::int::{from_i64, from_usize};
use crate::objects::kind::Kind;
use crate::objects::list::new_list;
use crate::objects::native::PyResult;
use crate::objects::string::{Str, intern};
use crate::objects::tuple::new_tuple;
use crate::objects::types::new_function;
use crate::objects::value::Value;
use crate::objects::{module, protocol};

crate::natives! { static FUNCTIONS:
    /// The certificates that the system trusts, in the form DER.
    function "system_certificates()" => system_certificates;
    /// The certificates in a text of the form PEM.
    function "certificates(pem, /)" => certificates;
    /// Whether a text of the form PEM has a private key.
    function "has_key(pem, /)" => |ctx, args| { let pem = expect_bytes(ctx, &args[0])?; Ok(Value::bool(tls::has_key(&pem))) };
    /// Settings made ready for use.
    function "configure(server, trusted, verify, check_name, chain, key, alpn, tls12, tls13, /)" => configure;
    /// A new connection.
    function "connection(config, name, /)" => connection;
}

crate::natives! { static CONNECTION:
    /// Takes in what came from the network; None says that nothing more comes.
    method "feed(self, data, /)" => feed;
    /// What is to go to the network.
    method "take(self, /)" => |ctx, args| { let out = this(ctx, args)?.borrow_mut().take(); Ok(new_bytes(out).into_value()) };
    /// Goes on with the handshake: whether it is done, or what failed.
    method "handshake(self, /)" => handshake;
    /// Bytes for the program, None when more must come first, False at the end, True when the network was cut off; or what failed.
    method "read(self, limit, /)" => read;
    /// Takes bytes of the program; gives how many.
    method "write(self, data, /)" => write;
    /// How many bytes for the program are there.
    method "pending(self, /)" => |ctx, args| { let count = this(ctx, args)?.borrow_mut().pending(); Ok(from_usize(count)) };
    /// Says that no more is sent.
    method "close(self, /)" => |ctx, args| { this(ctx, args)?.borrow_mut().close(); Ok(Value::NONE) };
    /// What was agreed upon: version, cipher, protocol above TLS, name asked for.
    method "facts(self, /)" => facts;
    /// The certificates of the other side, in the form DER.
    method "peer_certificates(self, /)" => |ctx, args| { let all = this(ctx, args)?.borrow().peer_certificates(); Ok(byte_list(all)) };
}

struct ConfigData(Config);

impl ForeignData for ConfigData {}

struct ConnectionData(RefCell<Connection>);

impl ForeignData for ConnectionData {}

/// The classes of settings and connections, made once.
#[derive(Default)]
struct Classes(Option<(Ref<Class>, Ref<Class>)>);

fn classes(ctx: &mut Ctx) -> (Ref<Class>, Ref<Class>) {
    if let Some(made) = &ctx.state::<Classes>().0 {
        return made.clone();
    }
    let object = ctx.types.object.clone();
    let made = (
        ctx.types.define_class("Config", "_ssl", "", &[&object], Kind::Foreign, 0, &[]),
        ctx.types.define_class("Connection", "_ssl", "", &[&object], Kind::Foreign, 0, &[CONNECTION]),
    );
    ctx.state::<Classes>().0 = Some(made.clone());
    made
}

pub(super) fn module(ctx: &mut Ctx) -> PyResult {
    let module = module::new_module(ctx, "_ssl", Some("TLS in memory."));
    for def in FUNCTIONS {
        module.dict.set_str(&intern(def.name()), new_function("_ssl", def));
    }
    Ok(module.into_value())
}

fn byte_list(items: Vec<Vec<u8>>) -> Value {
    new_list(items.into_iter().map(|item| new_bytes(item).into_value()).collect()).into_value()
}

fn failed(ctx: &Ctx, failure: &Failure) -> Value {
    let (reason, message) = (ctx.str(failure.reason), ctx.str(failure.message.as_str()));
    new_tuple([reason, message, from_i64(failure.verify_code)]).into_value()
}

fn system_certificates(_ctx: &mut Ctx, _args: &[Value]) -> PyResult {
    Ok(byte_list(tls::system_certificates()))
}

fn certificates(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let pem = expect_bytes(ctx, &args[0])?;
    Ok(match tls::certificates(&pem) {
        Ok(found) => byte_list(found),
        Err(failure) => failed(ctx, &failure),
    })
}

fn all_bytes(ctx: &mut Ctx, items: &Value) -> PyResult<Vec<Vec<u8>>> {
    let mut all = Vec::new();
    for item in protocol::iteration::collect(ctx, items)? {
        all.push(expect_bytes(ctx, &item)?.into_owned());
    }
    Ok(all)
}

fn configure(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let settings = Settings {
        server: protocol::truth(ctx, &args[0])?,
        trusted: all_bytes(ctx, &args[1])?,
        verify: u8::try_from(protocol::convert::as_i32(ctx, &args[2])?).unwrap_or(0),
        check_name: protocol::truth(ctx, &args[3])?,
        chain: expect_bytes(ctx, &args[4])?.into_owned(),
        key: expect_bytes(ctx, &args[5])?.into_owned(),
        alpn: all_bytes(ctx, &args[6])?,
        versions: [protocol::truth(ctx, &args[7])?, protocol::truth(ctx, &args[8])?],
    };
    let (class, _) = classes(ctx);
    Ok(match tls::configure(&settings) {
        Ok(config) => new_foreign(class.instance_shape.get(), ConfigData(config)).into_value(),
        Err(failure) => failed(ctx, &failure),
    })
}

fn connection(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let Some(config) = data_of::<ConfigData>(&args[0]) else {
        return Err(ctx.type_error("a Config is required"));
    };
    let name = args[1].downcast_ref::<Str>().map(|name| name.as_str().to_owned());
    let (_, class) = classes(ctx);
    Ok(match Connection::new(&config.0, name.as_deref()) {
        Ok(made) => new_foreign(class.instance_shape.get(), ConnectionData(RefCell::new(made))).into_value(),
        Err(failure) => failed(ctx, &failure),
    })
}

fn this<'a>(ctx: &mut Ctx, args: &'a [Value]) -> PyResult<&'a RefCell<Connection>> {
    match args.first().and_then(data_of::<ConnectionData>) {
        Some(connection) => Ok(&connection.0),
        None => Err(ctx.type_error("not a connection")),
    }
}

fn feed(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if args[1].is_none() {
        this(ctx, args)?.borrow_mut().feed_end();
        return Ok(Value::NONE);
    }
    let data = expect_bytes(ctx, &args[1])?;
    this(ctx, args)?.borrow_mut().feed(&data);
    Ok(Value::NONE)
}

fn handshake(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let result = this(ctx, args)?.borrow_mut().handshake();
    Ok(match result {
        Ok(done) => Value::bool(done),
        Err(failure) => failed(ctx, &failure),
    })
}

fn read(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let limit = usize::try_from(protocol::convert::as_isize(ctx, &args[1])?).unwrap_or(0);
    let result = this(ctx, args)?.borrow_mut().read(limit);
    Ok(match result {
        Ok(Got::Data(data)) => new_bytes(data).into_value(),
        Ok(Got::WantsMore) => Value::NONE,
        Ok(Got::Closed) => Value::FALSE,
        Ok(Got::CutOff) => Value::TRUE,
        Err(failure) => failed(ctx, &failure),
    })
}

fn write(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let data = expect_bytes(ctx, &args[1])?;
    let count = this(ctx, args)?.borrow_mut().write(&data);
    Ok(from_usize(count))
}

fn facts(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let connection = this(ctx, args)?.borrow();
    let text = |text: Option<String>| text.map_or(Value::NONE, |text| ctx.str(text));
    let version = text(connection.version().map(str::to_owned));
    let cipher = text(connection.cipher());
    let alpn = text(connection.alpn().map(|name| String::from_utf8_lossy(&name).into_owned()));
    let name = text(connection.asked_name());
    Ok(new_tuple([version, cipher, alpn, name]).into_value())
}
