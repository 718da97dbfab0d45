#include "core/store/sqlite_error.h"

#include <sqlite3.h>
#include <string_view>

namespace ephor::store {

namespace {

struct Cause {
    ErrorKind kind;
    const char* code;
    const char* message;
    const char* hint;
};

Cause causeOf(int code)
{
    switch (code & 0xFF) {
    case SQLITE_FULL:
        return {ErrorKind::Unavailable, "store.full", "The disk is full.",
            "Free some space on the workspace's disk; it then goes on by itself."};
    case SQLITE_IOERR:
        return {ErrorKind::Unavailable, "store.io", "The disk failed to read or write the database.",
            "Check the disk and the system's log, then open the workspace again or restore a backup."};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return {ErrorKind::CheckFailed, "store.corrupt", "The database file is damaged.",
            "Keep a copy of the file for examination and restore the last backup."};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {ErrorKind::Unavailable, "store.busy", "Another program holds a lock on the database.",
            "Close the other program that has the file open and try again."};
    case SQLITE_CONSTRAINT:
        return {ErrorKind::Conflict, "store.constraint", "The change breaks a rule of the stored data.", ""};
    case SQLITE_READONLY:
        return {ErrorKind::Forbidden, "store.read-only", "The database is open for reading only.",
            "Check that this user may write the workspace's folder and that its disk takes writes."};
    case SQLITE_CANTOPEN:
        return {ErrorKind::Unavailable, "store.open", "The database file cannot be opened.",
            "Check that the folder exists and that this user may read and write it."};
    case SQLITE_NOMEM:
        return {ErrorKind::Unavailable, "store.memory", "There is not enough memory for the database.",
            "Close other programs, or give the machine more."};
    default:
        return {ErrorKind::Internal, "store.sql", "The database refused a statement.",
            "This is a fault of Ephor; please report it."};
    }
}

// SQLite takes a damaged number of the format in the file's head for one of the future, and gives it no code of its
// own.
bool headIsDamaged(sqlite3* connection, int code)
{
    return connection && code == SQLITE_ERROR
        && std::string_view(sqlite3_errmsg(connection)) == "unsupported file format";
}

}

Error sqliteError(sqlite3* connection, int code)
{
    const Cause cause = causeOf(headIsDamaged(connection, code) ? SQLITE_CORRUPT : code);
    Error error(cause.kind, cause.code, cause.message, cause.hint);
    error.fields.emplace_back("sqlite", std::to_string(code));
    if (connection)
        error.fields.emplace_back("detail", sqlite3_errmsg(connection));
    return error;
}

bool isEnvironmental(int code)
{
    switch (code & 0xFF) {
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_NOMEM:
    case SQLITE_PROTOCOL:
        return true;
    default:
        return false;
    }
}

}
