//! What the program asks of the system for itself.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Files that are open besides connections: the store, its journal, the program's own.
const OTHERS: usize = 64;

/// Leaves no picture of the memory behind when the program dies: no core dump, and no reading by others of the same user.
/// Where the system refuses, docs/self-help.md tells what to set.
pub fn leave_no_dump() {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
}

/// Raises the number of files that may be open as far as the system lets it, and says how many connections that leaves room for, of
/// those that are wanted; one at least.
pub fn room_for(connections: usize) -> usize {
    let wanted = u64::try_from(connections + OTHERS).unwrap_or(u64::MAX);
    let limit = getrlimit(Resource::Nofile);
    let best = limit.maximum.map_or(wanted, |most| most.min(wanted));
    if limit.current.is_some_and(|now| now < best) {
        let _ = setrlimit(Resource::Nofile, Rlimit { current: Some(best), maximum: limit.maximum });
    }
    let now = getrlimit(Resource::Nofile).current.unwrap_or(wanted);
    usize::try_from(now).unwrap_or(usize::MAX).saturating_sub(OTHERS).clamp(1, connections)
}
