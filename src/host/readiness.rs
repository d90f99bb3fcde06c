//! Waiting for descriptors: the operating system's readiness queue (epoll, kqueue), by way of `mio`.
//!
//! The queue reports a change once ("edge-triggered"): what is ready and stays so is not reported again until somebody
//! watches the descriptor anew. That is what a scheduler wants: a thread that is busy elsewhere does not make the others
//! spin over its socket. Whoever wants to be told as long as something is ready watches again before each wait.

use std::collections::BTreeMap;
use std::io;
use std::time::Duration;

use mio::unix::SourceFd;
use mio::{Events, Poll, Token, Waker};

use super::{Interest, Readiness};

/// The token of the waker; descriptors have their own numbers, which are never that large.
const WAKER: Token = Token(usize::MAX);

/// The readiness queue and what it holds.
pub(super) struct Watcher {
    poll: Poll,
    events: Events,
    watched: BTreeMap<i32, Interest>,
}

impl Watcher {
    /// An empty queue, and what ends a wait for it.
    pub(super) fn new() -> io::Result<(Watcher, Waker)> {
        let poll = Poll::new()?;
        let waker = Waker::new(poll.registry(), WAKER)?;
        Ok((Watcher { poll, events: Events::with_capacity(256), watched: BTreeMap::new() }, waker))
    }

    pub(super) fn watches_any(&self) -> bool {
        !self.watched.is_empty()
    }

    /// Whether a descriptor is watched that something outside may make ready at any time: any but a listening socket,
    /// which becomes ready when this process connects to it.
    pub(super) fn expects_peers(&self) -> bool {
        self.watched.keys().any(|&descriptor| !super::descriptor::is_listening(descriptor))
    }

    /// Watches a descriptor, from now on or anew.
    pub(super) fn watch(&mut self, descriptor: i32, interest: Interest) -> io::Result<()> {
        let Some(wanted) = mio_interest(interest) else {
            self.unwatch(descriptor);
            return Ok(());
        };
        let Ok(number) = usize::try_from(descriptor) else {
            return Err(io::Error::from_raw_os_error(9));
        };
        let (mut source, token) = (SourceFd(&descriptor), Token(number));
        let registry = self.poll.registry();
        let known = self.watched.contains_key(&descriptor);
        let result = if known {
            registry.reregister(&mut source, token, wanted)
        } else {
            registry.register(&mut source, token, wanted)
        };
        match result {
            // The number was closed and given to another file since: the queue has forgotten it.
            Err(error) if known && error.kind() == io::ErrorKind::NotFound => {
                registry.register(&mut source, token, wanted)?;
            }
            Err(error) => {
                self.watched.remove(&descriptor);
                return Err(error);
            }
            Ok(()) => {}
        }
        self.watched.insert(descriptor, interest);
        Ok(())
    }

    /// Ends watching a descriptor.
    pub(super) fn unwatch(&mut self, descriptor: i32) {
        if self.watched.remove(&descriptor).is_some() {
            // An error says that it was closed before, which ends watching as well.
            let _ = self.poll.registry().deregister(&mut SourceFd(&descriptor));
        }
    }

    /// Waits until something is ready, the waker is used, a signal arrives or the time is up.
    pub(super) fn wait(&mut self, timeout: Option<Duration>, ready: &mut Vec<Readiness>) {
        if self.poll.poll(&mut self.events, timeout).is_err() {
            // Interrupted by a signal: the caller looks at what there is to do and waits again.
            return;
        }
        for event in &self.events {
            if event.token() == WAKER {
                continue;
            }
            let Ok(descriptor) = i32::try_from(event.token().0) else { continue };
            ready.push(Readiness {
                descriptor,
                read: event.is_readable() || event.is_read_closed(),
                write: event.is_writable() || event.is_write_closed(),
                error: event.is_error(),
                hang_up: event.is_read_closed() && event.is_write_closed(),
            });
        }
    }
}

fn mio_interest(interest: Interest) -> Option<mio::Interest> {
    match (interest.read, interest.write) {
        (true, true) => Some(mio::Interest::READABLE | mio::Interest::WRITABLE),
        (true, false) => Some(mio::Interest::READABLE),
        (false, true) => Some(mio::Interest::WRITABLE),
        (false, false) => None,
    }
}
