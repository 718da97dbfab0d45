#include "core/store/gathering_vfs.h"

#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <sqlite3.h>
#include <vector>

namespace ephor::store {

namespace {

// A commit of a request is some ten pages of 4 kB. SQLite's own VFS takes at most 17 bits of a length: it was made for
// single pages, of 64 kB at most.
constexpr std::size_t mostGathered = 0x1ffff;

struct GatheringVfs {
    sqlite3_vfs vfs{};
    sqlite3_vfs* behind = nullptr;
    std::string name;
};

/// A write-ahead log; behind it lies the file of the VFS behind. Every other file is opened as that VFS does.
struct GatheringFile {
    sqlite3_file base;
    sqlite3_file* real;
    std::vector<char>* gathered; ///< written by SQLite, not yet by us
    sqlite3_int64 from; ///< where it belongs
};

GatheringFile& gathering(sqlite3_file* file)
{
    return *reinterpret_cast<GatheringFile*>(file);
}

sqlite3_file* realOf(sqlite3_file* file)
{
    return gathering(file).real;
}

// What cannot be written is forgotten: SQLite takes the transaction back, and writes over its place next time.
int writeGathered(sqlite3_file* file)
{
    GatheringFile& own = gathering(file);
    if (own.gathered->empty())
        return SQLITE_OK;
    const int code = own.real->pMethods->xWrite(own.real, own.gathered->data(), int(own.gathered->size()), own.from);
    own.gathered->clear();
    return code;
}

int writeLog(sqlite3_file* file, const void* data, int size, sqlite3_int64 at)
{
    GatheringFile& own = gathering(file);
    const bool follows = at == own.from + sqlite3_int64(own.gathered->size());
    if (!follows || own.gathered->size() + std::size_t(size) > mostGathered) {
        if (const int code = writeGathered(file); code != SQLITE_OK)
            return code;
    }
    if (own.gathered->empty())
        own.from = at;
    const char* const bytes = static_cast<const char*>(data);
    try {
        own.gathered->insert(own.gathered->end(), bytes, bytes + size);
    } catch (const std::bad_alloc&) {
        return SQLITE_IOERR_NOMEM;
    }
    return SQLITE_OK;
}

int closeLog(sqlite3_file* file)
{
    const int written = writeGathered(file);
    delete gathering(file).gathered;
    const int closed = realOf(file)->pMethods->xClose(realOf(file));
    return written != SQLITE_OK ? written : closed;
}

/// A method that is that of the file behind, once what was gathered is in it.
template <auto method> struct Settled;
template <class... Arguments, int (*sqlite3_io_methods::*method)(sqlite3_file*, Arguments...)> struct Settled<method> {
    static int call(sqlite3_file* file, Arguments... arguments)
    {
        const int code = writeGathered(file);
        return code != SQLITE_OK ? code : (realOf(file)->pMethods->*method)(realOf(file), arguments...);
    }
};
/// A method that is that of the file behind.
template <auto method> struct Passed;
template <class... Arguments, int (*sqlite3_io_methods::*method)(sqlite3_file*, Arguments...)> struct Passed<method> {
    static int call(sqlite3_file* file, Arguments... arguments)
    {
        return (realOf(file)->pMethods->*method)(realOf(file), arguments...);
    }
};

// Of the first version: shared memory and maps belong to the database file alone.
const sqlite3_io_methods& logMethods()
{
    static const sqlite3_io_methods methods = [] {
        using Methods = sqlite3_io_methods;
        Methods table{};
        table.iVersion = 1;
        table.xClose = closeLog;
        table.xWrite = writeLog;
        table.xRead = &Settled<&Methods::xRead>::call;
        table.xTruncate = &Settled<&Methods::xTruncate>::call;
        table.xSync = &Settled<&Methods::xSync>::call;
        table.xFileSize = &Settled<&Methods::xFileSize>::call;
        table.xFileControl = &Settled<&Methods::xFileControl>::call;
        table.xLock = &Passed<&Methods::xLock>::call;
        table.xUnlock = &Passed<&Methods::xUnlock>::call;
        table.xCheckReservedLock = &Passed<&Methods::xCheckReservedLock>::call;
        table.xSectorSize = &Passed<&Methods::xSectorSize>::call;
        table.xDeviceCharacteristics = &Passed<&Methods::xDeviceCharacteristics>::call;
        return table;
    }();
    return methods;
}

int openGathering(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* outFlags)
{
    sqlite3_vfs* const behind = static_cast<GatheringVfs*>(vfs->pAppData)->behind;
    if ((flags & SQLITE_OPEN_WAL) == 0)
        return behind->xOpen(behind, name, file, flags, outFlags);
    GatheringFile& own = gathering(file);
    own.base.pMethods = nullptr;
    own.real = reinterpret_cast<sqlite3_file*>(&own + 1);
    own.from = 0;
    auto gathered = std::unique_ptr<std::vector<char>>(new (std::nothrow) std::vector<char>);
    if (!gathered)
        return SQLITE_NOMEM;
    own.real->pMethods = nullptr;
    const int code = behind->xOpen(behind, name, own.real, flags, outFlags);
    if (code != SQLITE_OK) {
        // SQLite closes what has methods, even where it could not be opened.
        if (own.real->pMethods)
            own.real->pMethods->xClose(own.real);
        return code;
    }
    own.gathered = gathered.release();
    own.base.pMethods = &logMethods();
    return SQLITE_OK;
}

// The functions of a VFS are told which one they are called for.
template <auto method> struct Behind;
template <class Outcome, class... Arguments, Outcome (*sqlite3_vfs::*method)(sqlite3_vfs*, Arguments...)>
struct Behind<method> {
    static Outcome call(sqlite3_vfs* vfs, Arguments... arguments)
    {
        sqlite3_vfs* const behind = static_cast<GatheringVfs*>(vfs->pAppData)->behind;
        return (behind->*method)(behind, arguments...);
    }
};

std::unique_ptr<GatheringVfs> makeGathering(sqlite3_vfs* behind)
{
    auto made = std::make_unique<GatheringVfs>();
    made->behind = behind;
    made->name = std::string("gathering-") + behind->zName;
    using Vfs = sqlite3_vfs;
    Vfs& vfs = made->vfs;
    vfs.iVersion = 1;
    vfs.szOsFile = behind->szOsFile + int(sizeof(GatheringFile));
    vfs.mxPathname = behind->mxPathname;
    vfs.zName = made->name.c_str();
    vfs.pAppData = made.get();
    vfs.xOpen = openGathering;
    vfs.xDelete = &Behind<&Vfs::xDelete>::call;
    vfs.xAccess = &Behind<&Vfs::xAccess>::call;
    vfs.xFullPathname = &Behind<&Vfs::xFullPathname>::call;
    vfs.xRandomness = &Behind<&Vfs::xRandomness>::call;
    vfs.xSleep = &Behind<&Vfs::xSleep>::call;
    vfs.xCurrentTime = &Behind<&Vfs::xCurrentTime>::call;
    vfs.xGetLastError = &Behind<&Vfs::xGetLastError>::call;
    return made;
}

}

const char* gatheringVfs(const std::string& behind)
{
    static std::mutex mutex;
    // Never taken down: SQLite knows them until the process ends.
    static auto& known = *new std::map<std::string, std::unique_ptr<GatheringVfs>>;
    const std::scoped_lock lock(mutex);
    std::unique_ptr<GatheringVfs>& made = known[behind];
    if (!made) {
        sqlite3_vfs* const found = sqlite3_vfs_find(behind.empty() ? nullptr : behind.c_str());
        // Opening then says that there is none of that name.
        if (!found)
            return behind.c_str();
        made = makeGathering(found);
        sqlite3_vfs_register(&made->vfs, 0);
    }
    return made->name.c_str();
}

}
