//! Names: hosts, services, protocols; `getaddrinfo` and its family.
//!
//! Asking the name service blocks, so it is a job: a thread of the operating system asks while the thread of the program is
//! parked. An address that is written in numbers needs no question.
//!
//! Source: Standard Library "socket", "Other functions"; RFC 3493.

use std::net::IpAddr;

use super::address::{self, AF_INET, AF_INET6, host_text, socket_address};
use crate::host::net::{self, Found, Lookup, LookupFailed};
use crate::objects::arguments::given;
use crate::objects::class::{Class, flags};
use crate::objects::ctx::Ctx;
use crate::objects::exception::Exception;
use crate::objects::exception_fields::raise_io_error;
use crate::objects::heap::{Obj, Ref};
use crate::objects::int::{from_i64, is_int, to_i64};
use crate::objects::kind::Kind;
use crate::objects::list::new_list;
use crate::objects::native::{Action, Input, NativeFrame, PyResult, Raised};
use crate::objects::protocol;
use crate::objects::scheduler::{JobId, Wait};
use crate::objects::string::Str;
use crate::objects::tuple::new_tuple;
use crate::objects::value::Value;

crate::natives! { pub(super) static FUNCTIONS:
    /// Resolve host and port into addrinfo struct.
    step function "getaddrinfo(host, port, family=0, type=0, proto=0, flags=0)" => address_info;
    /// Get host and port for a sockaddr.
    step function "getnameinfo(sockaddr, flags, /)" => name_info;
    /// Return the IP address (a string of the form '255.255.255.255') for a host.
    step function "gethostbyname(host, /)" => host_by_name;
    /// Return the true host name, a list of aliases, and a list of IP addresses, for a host.
    step function "gethostbyname_ex(host, /)" => host_by_name_all;
    /// Return the true host name, a list of aliases, and a list of IP addresses, for a host.
    step function "gethostbyaddr(host, /)" => host_by_address;
    /// Return the current host name.
    function "gethostname()" => |ctx, _| { super::check_allowed(ctx)?; Ok(ctx.str(net::host_name())) };
    /// Return a port number from a service name and protocol name.
    function "getservbyname(servicename, protocolname=<unrepresentable>, /)" => service_by_name;
    /// Return the service name from a port number and protocol name.
    function "getservbyport(port, protocolname=<unrepresentable>, /)" => service_by_port;
    /// Return the protocol number for the named protocol.
    function "getprotobyname(name, /)" => protocol_by_name;
}

type Answer = Result<Vec<Found>, LookupFailed>;

/// Lookups under way, by the frame that waits for them.
#[derive(Default)]
pub(super) struct Lookups(Vec<(usize, JobId)>);

impl Lookups {
    pub(super) fn keep(&mut self, frame: &Obj<NativeFrame>, job: JobId) {
        self.forget(frame);
        self.0.push((std::ptr::from_ref(frame).addr(), job));
    }

    pub(super) fn job(&self, frame: &Obj<NativeFrame>) -> Option<JobId> {
        let key = std::ptr::from_ref(frame).addr();
        self.0.iter().find(|(owner, _)| *owner == key).map(|(_, job)| *job)
    }

    pub(super) fn forget(&mut self, frame: &Obj<NativeFrame>) {
        let key = std::ptr::from_ref(frame).addr();
        self.0.retain(|(owner, _)| *owner != key);
    }
}

/// Where `COIL_HOSTS` sends a name.
pub(super) fn redirected(ctx: &Ctx, host: &str) -> Option<std::net::SocketAddr> {
    net::redirected(&ctx.host.variable("COIL_HOSTS")?, host)
}

/// Begins a lookup.
pub(super) fn start(ctx: &mut Ctx, lookup: Lookup) -> PyResult<JobId> {
    super::check_allowed(ctx)?;
    match ctx.start_job(move || Box::new(net::look_up(&lookup))) {
        Ok(job) => Ok(job),
        Err(error) => Err(raise_io_error(ctx, &error, None)),
    }
}

/// The answer, when it is there.
pub(super) fn take(ctx: &mut Ctx, job: JobId) -> Option<Answer> {
    let result = ctx.threads.take_job(job)?;
    Some(result.downcast::<Answer>().map_or(Err(LookupFailed(-11)), |answer| *answer))
}

/// `socket.gaierror` and `socket.herror`, made once.
#[derive(Default)]
struct Errors(Option<(Ref<Class>, Ref<Class>)>);

pub(super) fn errors(ctx: &mut Ctx) -> (Ref<Class>, Ref<Class>) {
    if let Some(made) = &ctx.state::<Errors>().0 {
        return made.clone();
    }
    let base = ctx.exceptions.OSError.clone();
    let class_flags = flags::SUBCLASSABLE | flags::HAS_DICT | flags::HAS_WEAKREF;
    let define = |name: &str| ctx.types.define_class(name, "socket", "", &[&base], Kind::Exception, class_flags, &[]);
    let made = (define("gaierror"), define("herror"));
    ctx.state::<Errors>().0 = Some(made.clone());
    made
}

/// Raises `gaierror`.
#[cold]
pub(super) fn failed(ctx: &mut Ctx, code: i32) -> Raised {
    let (class, _) = errors(ctx);
    raise_numbered(ctx, &class, code, gai_text(code))
}

fn raise_numbered(ctx: &mut Ctx, class: &Ref<Class>, code: i32, text: &str) -> Raised {
    let (number, text) = (from_i64(code.into()), ctx.str(text));
    let exception = ctx.new_exception(class, vec![number.clone(), text.clone()]);
    if let Some(payload) = exception.downcast_ref::<Exception>() {
        payload.set_field(0, number);
        payload.set_field(1, text);
    }
    ctx.raise_value(exception)
}

fn gai_text(code: i32) -> &'static str {
    match code {
        -1 => "Bad value for ai_flags",
        -2 => "Name or service not known",
        -3 => "Temporary failure in name resolution",
        -4 => "Non-recoverable failure in name resolution",
        -5 => "No address associated with hostname",
        -6 => "ai_family not supported",
        -7 => "ai_socktype not supported",
        -8 => "Servname not supported for ai_socktype",
        -9 => "Address family for hostname not supported",
        -10 => "Memory allocation failure",
        -11 => "System error",
        -12 => "Argument buffer overflow",
        _ => "Unknown error",
    }
}

/// Asks the job that the frame waits for: its answer, or the wait that goes on. Raised exceptions end it.
fn answer(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: &Input) -> PyResult<Result<Answer, Action>> {
    let job = ctx.state::<Lookups>().job(frame);
    if let (Input::Raised, _) | (_, None) = (input, job) {
        ctx.state::<Lookups>().forget(frame);
        return Err(Raised(()));
    }
    let Some(job) = job else { return Err(failed(ctx, -11)) };
    match take(ctx, job) {
        Some(answer) => {
            ctx.state::<Lookups>().forget(frame);
            Ok(Ok(answer))
        }
        None => Ok(Err(Action::Wait(Wait::job(job)))),
    }
}

fn ask(ctx: &mut Ctx, frame: &Obj<NativeFrame>, lookup: Lookup) -> PyResult<Action> {
    let job = start(ctx, lookup)?;
    ctx.state::<Lookups>().keep(frame, job);
    frame.state.set(1);
    Ok(Action::Wait(Wait::job(job)))
}

fn address_info(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    if frame.state.get() == 1 {
        return match answer(ctx, frame, &input)? {
            Ok(Ok(found)) => Ok(Action::Return(rows(ctx, &found))),
            Ok(Err(failure)) => Err(failed(ctx, failure.0)),
            Err(action) => Ok(action),
        };
    }
    let mut numbers = [0; 4];
    for (index, place) in numbers.iter_mut().enumerate() {
        if let Some(number) = given(&frame.local(index + 2)) {
            *place = protocol::convert::as_i32(ctx, number)?;
        }
    }
    let [family, kind, proto, lookup_flags] = numbers;
    let host = frame.local(0);
    let mut host = if host.is_none() {
        None
    } else if host.is_kind::<Str>() || crate::objects::buffer::is_bytes_like(&host) {
        Some(host_text(ctx, &host)?)
    } else {
        return Err(ctx.type_error("getaddrinfo() argument 1 must be string or None"));
    };
    let port = frame.local(1);
    let mut service = if port.is_none() {
        None
    } else if is_int(&port) {
        Some(protocol::text::str_string(ctx, &port)?)
    } else if port.is_kind::<Str>() || crate::objects::buffer::is_bytes_like(&port) {
        Some(host_text(ctx, &port)?)
    } else {
        let class = ctx.exceptions.OSError.clone();
        return Err(ctx.raise(&class, "Int or String expected"));
    };
    if host.is_none() && service.is_none() {
        return Err(failed(ctx, -2));
    }
    if let Some(target) = host.as_deref().and_then(|host| redirected(ctx, host)) {
        host = Some(target.ip().to_string());
        service = Some(target.port().to_string());
    }
    if let Some(found) = known(host.as_deref(), service.as_deref(), family, kind, proto, lookup_flags) {
        super::check_allowed(ctx)?;
        return Ok(Action::Return(rows(ctx, &found)));
    }
    ask(ctx, frame, Lookup { host, service, family, kind, proto, flags: lookup_flags })
}

/// The answer for a numeric address and port with a kind of socket, which needs nobody.
fn known(
    host: Option<&str>,
    service: Option<&str>,
    family: i32,
    kind: i32,
    proto: i32,
    flags: i32,
) -> Option<Vec<Found>> {
    let ip: IpAddr = host?.parse().ok()?;
    let port: u16 = service.unwrap_or("0").parse().ok()?;
    let own = if ip.is_ipv4() { AF_INET } else { AF_INET6 };
    let usual = match kind {
        1 => 6,
        2 => 17,
        _ => return None,
    };
    let plain = (family == 0 || family == own) && (proto == 0 || proto == usual) && flags & !(1 | 4 | 0x400) == 0;
    plain.then(|| {
        let address = std::net::SocketAddr::new(ip, port);
        vec![Found { family: own, kind, proto: usual, canonical_name: String::new(), address }]
    })
}

fn rows(ctx: &Ctx, found: &[Found]) -> Value {
    let row = |found: &Found| {
        let (family, kind, proto) =
            (from_i64(found.family.into()), from_i64(found.kind.into()), from_i64(found.proto.into()));
        let name = ctx.str(found.canonical_name.as_str());
        new_tuple([family, kind, proto, name, socket_address(ctx, &found.address)]).into_value()
    };
    new_list(found.iter().map(row).collect()).into_value()
}

fn name_info(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    type Names = Result<(String, String), LookupFailed>;
    if frame.state.get() == 1 {
        let Some(job) = ctx.state::<Lookups>().job(frame) else { return Err(failed(ctx, -11)) };
        if let Input::Raised = input {
            ctx.state::<Lookups>().forget(frame);
            return Err(Raised(()));
        }
        let Some(result) = ctx.threads.take_job(job) else { return Ok(Action::Wait(Wait::job(job))) };
        ctx.state::<Lookups>().forget(frame);
        return match result.downcast::<Names>().map_or(Err(LookupFailed(-11)), |names| *names) {
            Ok((host, service)) => Ok(Action::Return(new_tuple([ctx.str(host), ctx.str(service)]).into_value())),
            Err(failure) => Err(failed(ctx, failure.0)),
        };
    }
    let name_flags = protocol::convert::as_i32(ctx, &frame.local(1))?;
    let (host, port, extra) = address::numeric_tuple(ctx, &frame.local(0))?;
    let Ok(ip) = host.parse::<IpAddr>() else { return Err(failed(ctx, -2)) };
    let address = address::with_parts(ip, port, extra);
    super::check_allowed(ctx)?;
    match ctx.start_job(move || Box::new(net::name_of(&address, name_flags)) as Box<dyn std::any::Any + Send>) {
        Ok(job) => {
            ctx.state::<Lookups>().keep(frame, job);
            frame.state.set(1);
            Ok(Action::Wait(Wait::job(job)))
        }
        Err(error) => Err(raise_io_error(ctx, &error, None)),
    }
}

/// The lookup that the older functions do; `finish` makes their result.
fn older(
    ctx: &mut Ctx,
    frame: &Obj<NativeFrame>,
    input: &Input,
    family: i32,
    finish: fn(&mut Ctx, &str, &[Found]) -> PyResult,
) -> PyResult<Action> {
    if frame.state.get() == 0 {
        let host = host_text(ctx, &frame.local(0))?;
        if let Some(target) = redirected(ctx, &host) {
            let found = Found { family: AF_INET, kind: 1, proto: 6, canonical_name: host.clone(), address: target };
            return finish(ctx, &host, &[found]).map(Action::Return);
        }
        if let Some(ip) = address::numeric(&host, family) {
            let address = std::net::SocketAddr::new(ip, 0);
            let found = Found { family: AF_INET, kind: 1, proto: 6, canonical_name: host.clone(), address };
            return finish(ctx, &host, &[found]).map(Action::Return);
        }
        let lookup = Lookup { host: Some(host), family, kind: 1, flags: 2, ..Lookup::default() };
        return ask(ctx, frame, lookup);
    }
    match answer(ctx, frame, input)? {
        Ok(Ok(found)) => {
            let host = host_text(ctx, &frame.local(0))?;
            finish(ctx, &host, &found).map(Action::Return)
        }
        Ok(Err(failure)) => Err(failed(ctx, failure.0)),
        Err(action) => Ok(action),
    }
}

fn host_by_name(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    older(ctx, frame, &input, AF_INET, |ctx, _, found| match found.first() {
        Some(first) => Ok(ctx.str(first.address.ip().to_string())),
        None => Err(failed(ctx, -5)),
    })
}

/// `(name, aliases, addresses)`
fn host_row(ctx: &mut Ctx, host: &str, found: &[Found]) -> PyResult {
    let name = found.first().map(|first| first.canonical_name.as_str()).filter(|name| !name.is_empty()).unwrap_or(host);
    let mut addresses: Vec<String> = found.iter().map(|found| found.address.ip().to_string()).collect();
    addresses.dedup();
    let addresses = addresses.into_iter().map(|address| ctx.str(address)).collect();
    Ok(new_tuple([ctx.str(name), new_list(Vec::new()).into_value(), new_list(addresses).into_value()]).into_value())
}

fn host_by_name_all(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    older(ctx, frame, &input, AF_INET, host_row)
}

fn host_by_address(ctx: &mut Ctx, frame: &Obj<NativeFrame>, input: Input) -> PyResult<Action> {
    older(ctx, frame, &input, 0, |ctx, host, found| {
        let Some(first) = found.first() else { return Err(failed(ctx, -5)) };
        // The name of the address, from the same table that names come from (mostly /etc/hosts).
        match net::name_of(&first.address, 8) {
            Ok((name, _)) => {
                let named = Found { canonical_name: name, ..first.clone() };
                host_row(ctx, host, &[named])
            }
            Err(_) => {
                let (_, class) = errors(ctx);
                Err(raise_numbered(ctx, &class, 1, "Unknown host"))
            }
        }
    })
}

/// Services that every machine knows by these names.
static SERVICES: &[(&str, i64)] = &[
    ("tcpmux", 1),
    ("echo", 7),
    ("discard", 9),
    ("daytime", 13),
    ("ftp-data", 20),
    ("ftp", 21),
    ("ssh", 22),
    ("telnet", 23),
    ("smtp", 25),
    ("time", 37),
    ("domain", 53),
    ("tftp", 69),
    ("gopher", 70),
    ("finger", 79),
    ("http", 80),
    ("kerberos", 88),
    ("pop3", 110),
    ("sunrpc", 111),
    ("nntp", 119),
    ("ntp", 123),
    ("imap2", 143),
    ("snmp", 161),
    ("irc", 194),
    ("ldap", 389),
    ("https", 443),
    ("submission", 587),
    ("ldaps", 636),
    ("imaps", 993),
    ("pop3s", 995),
    ("mysql", 3306),
    ("postgresql", 5432),
    ("redis", 6379),
    ("http-alt", 8080),
];

fn service_by_name(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let name = protocol::text::expect_str(ctx, &args[0], "getservbyname() argument 1 must be str, not {}")?;
    match SERVICES.iter().find(|(own, _)| *own == name.as_str()) {
        Some((_, port)) => Ok(from_i64(*port)),
        None => {
            let class = ctx.exceptions.OSError.clone();
            Err(ctx.raise(&class, "service/proto not found"))
        }
    }
}

fn service_by_port(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let port = protocol::index_value(ctx, &args[0])?;
    let Some(port) = to_i64(&port).filter(|port| (0..=65535).contains(port)) else {
        return Err(ctx.overflow_error("getservbyport: port must be 0-65535."));
    };
    match SERVICES.iter().find(|(_, own)| *own == port) {
        Some((name, _)) => Ok(ctx.str(*name)),
        None => {
            let class = ctx.exceptions.OSError.clone();
            Err(ctx.raise(&class, "port/proto not found"))
        }
    }
}

fn protocol_by_name(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let name = protocol::text::expect_str(ctx, &args[0], "getprotobyname() argument 1 must be str, not {}")?;
    let number = match name.as_str() {
        "ip" => 0,
        "icmp" => 1,
        "igmp" => 2,
        "tcp" => 6,
        "udp" => 17,
        "ipv6" => 41,
        "ipv6-icmp" => 58,
        "sctp" => 132,
        _ => {
            let class = ctx.exceptions.OSError.clone();
            return Err(ctx.raise(&class, "protocol not found"));
        }
    };
    Ok(from_i64(number))
}
