#include "core/store/backup.h"

#include "core/store/sqlite_error.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>

namespace ephor::store {

namespace {

Error backupError(std::string message, const std::string& path)
{
    return Error(ErrorKind::Unavailable, "store.backup", std::move(message),
        "Choose a new file in a folder with enough room that this user may write.")
        .with("path", path);
}

Result<void> createEmpty(const std::string& path)
{
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0)
        return fail(backupError("The backup's file cannot be created.", path).with("system", std::strerror(errno)));
    ::close(file);
    return {};
}

Result<void> copyPages(Connection& source, const std::string& path)
{
    sqlite3* target = nullptr;
    int code = sqlite3_open_v2(path.c_str(), &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    if (code == SQLITE_OK) {
        if (sqlite3_backup* copy = sqlite3_backup_init(target, "main", source.handle(), "main")) {
            sqlite3_backup_step(copy, -1);
            sqlite3_backup_finish(copy);
        }
        code = sqlite3_errcode(target);
    }
    const Error cause = sqliteError(target, code);
    sqlite3_close(target);
    return code == SQLITE_OK ? Result<void>()
                             : fail(backupError("The backup could not be written.", path).with("cause", cause.code));
}

Result<void> syncPath(const std::string& path)
{
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const bool synced = file >= 0 && ::fsync(file) == 0;
    if (file >= 0)
        ::close(file);
    return synced ? Result<void>() : fail(backupError("The backup could not be written to disk.", path));
}

}

Result<void> backUp(Connection& source, const std::string& path)
{
    const std::string partial = path + ".partial";
    if (std::filesystem::exists(path))
        return fail(backupError("The backup's file exists already.", path));
    EPHOR_TRY_VOID(createEmpty(partial));
    Result<void> result = copyPages(source, partial);
    if (result)
        result = syncPath(partial);
    if (result && ::rename(partial.c_str(), path.c_str()) != 0)
        result
            = fail(backupError("The backup could not be put in its place.", path).with("system", std::strerror(errno)));
    if (result)
        return syncPath(std::filesystem::absolute(path).parent_path().string());
    ::unlink(partial.c_str());
    return result;
}

}
