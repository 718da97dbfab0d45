#pragma once

namespace ephor {

/// For the calling thread, when nobody waits for what it does: whoever wakes up while it works gets the processor at
/// once, instead of when its turn of a few milliseconds ends. It keeps its share of a busy machine, so that nothing
/// piles up behind it. Where the system refuses, nothing changes.
void letOthersInterrupt();

}
