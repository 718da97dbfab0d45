#pragma once

#include <atomic>
#include <cstring>
#include <limits>
#include <sqlite3.h>
#include <string>

/// A SQLite VFS in front of the system's that fails writes and syncs when told to: the disk of the fault tests.
namespace fault {

/// What happens to the calls that a rule counts; -1 lets all pass.
struct Rules {
    std::atomic<int> writesUntilFull{-1};
    std::atomic<int> syncsUntilFailure{-1};
    std::atomic<int> writes{0};
    std::atomic<int> syncs{0};
    /// While this file exists, nothing fits: how a full disk behaves towards a reserve.
    std::string fullWhileExists;
};
inline Rules rules;

struct File {
    sqlite3_file base;
    sqlite3_file* real;
};

inline sqlite3_file* realOf(sqlite3_file* file)
{
    return reinterpret_cast<File*>(file)->real;
}

inline bool due(std::atomic<int>& counter)
{
    const int left = counter.load();
    if (left > 0)
        counter.store(left - 1);
    return left == 0;
}

inline int writeFile(sqlite3_file* file, const void* data, int size, sqlite3_int64 offset)
{
    ++rules.writes;
    int exists = 0;
    sqlite3_vfs* system = sqlite3_vfs_find("unix");
    if (!rules.fullWhileExists.empty())
        system->xAccess(system, rules.fullWhileExists.c_str(), SQLITE_ACCESS_EXISTS, &exists);
    if (exists != 0 || due(rules.writesUntilFull))
        return SQLITE_FULL;
    return realOf(file)->pMethods->xWrite(realOf(file), data, size, offset);
}

inline int syncFile(sqlite3_file* file, int flags)
{
    ++rules.syncs;
    if (due(rules.syncsUntilFailure))
        return SQLITE_IOERR_FSYNC;
    return realOf(file)->pMethods->xSync(realOf(file), flags);
}

inline const sqlite3_io_methods* methods()
{
    static const sqlite3_io_methods table = [] {
        sqlite3_io_methods m{};
        m.iVersion = 2;
        m.xClose
            = [](sqlite3_file* f) { return realOf(f)->pMethods ? realOf(f)->pMethods->xClose(realOf(f)) : SQLITE_OK; };
        m.xRead = [](sqlite3_file* f, void* d, int n, sqlite3_int64 at) {
            return realOf(f)->pMethods->xRead(realOf(f), d, n, at);
        };
        m.xWrite = writeFile;
        m.xTruncate
            = [](sqlite3_file* f, sqlite3_int64 size) { return realOf(f)->pMethods->xTruncate(realOf(f), size); };
        m.xSync = syncFile;
        m.xFileSize
            = [](sqlite3_file* f, sqlite3_int64* size) { return realOf(f)->pMethods->xFileSize(realOf(f), size); };
        m.xLock = [](sqlite3_file* f, int level) { return realOf(f)->pMethods->xLock(realOf(f), level); };
        m.xUnlock = [](sqlite3_file* f, int level) { return realOf(f)->pMethods->xUnlock(realOf(f), level); };
        m.xCheckReservedLock
            = [](sqlite3_file* f, int* out) { return realOf(f)->pMethods->xCheckReservedLock(realOf(f), out); };
        m.xFileControl
            = [](sqlite3_file* f, int op, void* arg) { return realOf(f)->pMethods->xFileControl(realOf(f), op, arg); };
        m.xSectorSize = [](sqlite3_file* f) { return realOf(f)->pMethods->xSectorSize(realOf(f)); };
        m.xDeviceCharacteristics
            = [](sqlite3_file* f) { return realOf(f)->pMethods->xDeviceCharacteristics(realOf(f)); };
        m.xShmMap = [](sqlite3_file* f, int page, int size, int extend, void volatile** out) {
            return realOf(f)->pMethods->xShmMap(realOf(f), page, size, extend, out);
        };
        m.xShmLock = [](sqlite3_file* f, int at, int n, int flags) {
            return realOf(f)->pMethods->xShmLock(realOf(f), at, n, flags);
        };
        m.xShmBarrier = [](sqlite3_file* f) { realOf(f)->pMethods->xShmBarrier(realOf(f)); };
        m.xShmUnmap = [](sqlite3_file* f, int erase) { return realOf(f)->pMethods->xShmUnmap(realOf(f), erase); };
        return m;
    }();
    return &table;
}

inline int openFile(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* outFlags)
{
    sqlite3_vfs* system = sqlite3_vfs_find("unix");
    auto* own = reinterpret_cast<File*>(file);
    own->real = reinterpret_cast<sqlite3_file*>(own + 1);
    std::memset(own->real, 0, std::size_t(system->szOsFile));
    const int code = system->xOpen(system, name, own->real, flags, outFlags);
    own->base.pMethods = own->real->pMethods ? methods() : nullptr;
    return code;
}

/// Registers the VFS once and resets the rules. Returns its name.
inline std::string install()
{
    static sqlite3_vfs vfs = [] {
        sqlite3_vfs copy = *sqlite3_vfs_find("unix");
        copy.szOsFile += int(sizeof(File));
        copy.zName = "fault";
        copy.pNext = nullptr;
        copy.xOpen = openFile;
        return copy;
    }();
    sqlite3_vfs_register(&vfs, 0);
    rules.writesUntilFull = -1;
    rules.syncsUntilFailure = -1;
    rules.writes = 0;
    rules.syncs = 0;
    rules.fullWhileExists.clear();
    return "fault";
}

}
