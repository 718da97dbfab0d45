#pragma once

#include <string>

namespace ephor::store {

/// The name of a VFS before the one called `behind` (empty: the system's), made when first asked for: what SQLite
/// writes into a write-ahead log piece after piece goes to the file as one write, at the latest before it is synced or
/// read. Only for a connection with synchronous=FULL: that one tells others of a commit after its sync, any other
/// before, and they would read what is not in the file yet. Thread-safe.
const char* gatheringVfs(const std::string& behind);

}
