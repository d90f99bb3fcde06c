//! Where memory lies: asking the system to put it at the same addresses in every run, and the allocator to serve all threads
//! from one place.
//!
//! Linux moves the parts of a process about at random, and what `id()` tells, and the order of sets of objects that hash
//! by identity, move with it. A process cannot lie still any more once it runs, but it can ask for that and start
//! itself anew.

/// Asks that programs which this process starts are laid out alike. `false` when they are already, or when the system
/// will not.
#[cfg(target_os = "linux")]
pub fn fix_addresses() -> bool {
    const ASK: libc::c_ulong = 0xffff_ffff;
    // SAFETY: the call takes and gives a number and touches no memory.
    let now = unsafe { libc::personality(ASK) };
    if now < 0 || now & libc::ADDR_NO_RANDOMIZE != 0 {
        return false;
    }
    // SAFETY: as above.
    let before = unsafe { libc::personality((now | libc::ADDR_NO_RANDOMIZE) as libc::c_ulong) };
    before >= 0
}

/// Asks the allocator of the C library to serve all threads from one arena: the interpreter's thread allocates, and hardly any
/// other. An arena of its own would be made for that thread at start-up, and grow in steps of a page.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub fn share_arena() {
    // SAFETY: the call takes two numbers and may be made at any time.
    unsafe { libc::mallopt(libc::M_ARENA_MAX, 1) };
}

/// Other allocators are left as they are.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub fn share_arena() {}

/// Other systems have no such request.
#[cfg(not(target_os = "linux"))]
pub fn fix_addresses() -> bool {
    false
}
