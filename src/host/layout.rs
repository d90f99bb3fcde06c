//! Where memory lies: asking the system to put it at the same addresses in every run.
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

/// Other systems have no such request.
#[cfg(not(target_os = "linux"))]
pub fn fix_addresses() -> bool {
    false
}
