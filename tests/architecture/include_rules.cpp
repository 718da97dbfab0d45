#include "tests/architecture/include_rules.h"

#include <algorithm>
#include <cctype>
#include <initializer_list>

namespace ephor::architecture {

namespace {

bool startsWithAny(std::string_view text, std::initializer_list<std::string_view> prefixes)
{
    return std::ranges::any_of(prefixes, [&](std::string_view prefix) { return text.starts_with(prefix); });
}

bool isUnder(std::string_view path, std::string_view folder)
{
    return path.starts_with(folder) && path.size() > folder.size() && path[folder.size()] == '/';
}

bool isUnderAny(std::string_view path, std::initializer_list<std::string_view> folders)
{
    return std::ranges::any_of(folders, [&](std::string_view folder) { return isUnder(path, folder); });
}

bool isOurs(std::string_view target)
{
    return startsWithAny(target, {"core/", "ui/", "app/", "tests/"});
}

/// <QString>, <QtTest/QTest>, <qglobal.h>: every header of Qt is named so.
bool isQt(std::string_view target)
{
    const auto second
        = [&](auto test) { return target.size() > 1 && test(static_cast<unsigned char>(target[1])) != 0; };
    return (target.starts_with('Q') && second([](int c) { return std::isupper(c) | (c == 't'); }))
        || startsWithAny(target, {"qt6keychain/", "qtkeychain/"})
        || (target.starts_with('q') && target.ends_with(".h") && target.find('/') == std::string_view::npos);
}

bool isDatabaseOrSocket(std::string_view target)
{
    return startsWithAny(target,
        {"sqlite3", "libpq", "postgresql/", "curl/", "boost/asio", "boost/beast", "sys/socket", "sys/un.h", "netinet/",
            "arpa/", "netdb.h", "QtNetwork", "QtSql", "QSql", "QTcp", "QUdp", "QLocalS", "QNetwork", "QSsl",
            "QAbstractSocket", "QHostAddress"});
}

bool isThread(std::string_view target)
{
    return startsWithAny(target, {"QThread", "QtConcurrent", "QFuture"}) || target == "thread" || target == "future";
}

bool isNetworking(std::string_view target)
{
    return startsWithAny(target, {"boost/asio", "boost/beast", "curl/"});
}

std::size_t rankOf(const std::string& room, const std::vector<std::string>& rooms)
{
    return static_cast<std::size_t>(std::ranges::find(rooms, room) - rooms.begin());
}

/// Why a file in `room` may not include `target`, one of our own; empty when it may.
std::string ownFault(const std::string& room, const std::string& target, const std::vector<std::string>& rooms)
{
    const std::string other = roomOf(target, rooms);
    if (target.starts_with("tests/"))
        return "the product does not include its tests";
    if (other.empty())
        return "that header lies in no room of cmake/rooms.txt";
    if (other == room)
        return {};
    if (room == "app/verify" && other != "core/base" && other != "core/proof")
        return "ephor-verify must stay small enough to audit: core/base and core/proof alone";
    if (other.starts_with("app/"))
        return "a program is the end of the chain, and nothing includes it";
    if (room.starts_with("app/") && room != "app/console" && other.starts_with("ui/"))
        return "only app/console has a user interface";
    if (room.starts_with("ui/screens/") && other.starts_with("ui/screens/"))
        return "screens never include each other; what two of them share belongs to ui/kit, ui/bridge or ui/models";
    if (room.starts_with("ui/") && other.starts_with("core/")) {
        if (room == "ui/kit" || room == "ui/charts")
            return room + " knows no domain";
        if (other != "core/api" && other != "core/domain" && other != "core/base")
            return "of the core the ui sees core/api, core/domain and core/base alone";
    }
    if (rankOf(other, rooms) > rankOf(room, rooms))
        return other + " ranks below " + room + " in cmake/rooms.txt, and a room includes only rooms above it";
    return {};
}

/// Why a file in `room` may not include `target`, a header of somebody else; empty when it may.
std::string foreignFault(const std::string& path, const std::string& room, std::string_view target)
{
    if (path.starts_with("core/") && isQt(target))
        return "the core has no Qt";
    if (isUnderAny(path, {"app/ephor", "app/verify"}) && isQt(target))
        return "the headless programs have no Qt";
    if (path.starts_with("ui/") && isDatabaseOrSocket(target))
        return "the ui has no SQL and no socket; it asks the Backend";
    if (path.starts_with("ui/") && room != "ui/bridge" && isThread(target))
        return "in the ui only ui/bridge has threads";
    if (startsWithAny(target, {"QtCharts", "QChart", "QBarSe", "QLineSeries", "QValueAxis"}) && room != "ui/charts")
        return "only ui/charts knows Qt Charts, so that it can be exchanged";
    if (target.starts_with("sqlite3") && !isUnderAny(path, {"core/store", "core/run/connector", "core/demo"}))
        return "SQLite stands behind core/store; core/run/connector opens the databases of others and core/demo makes "
               "them";
    if (isNetworking(target)
        && !isUnderAny(path, {"core/net", "core/http", "core/run", "core/workspace", "core/demo", "app"}))
        return "what leaves the process goes through core/net";
    return {};
}

}

std::vector<std::string> roomsOf(std::string_view list)
{
    std::vector<std::string> rooms;
    for (std::size_t at = 0; at < list.size();) {
        const std::size_t end = std::min(list.find('\n', at), list.size());
        const std::string_view line = list.substr(at, end - at);
        if (!line.empty() && !line.starts_with('#'))
            rooms.emplace_back(line);
        at = end + 1;
    }
    return rooms;
}

std::string roomOf(std::string_view path, const std::vector<std::string>& rooms)
{
    std::string best;
    for (const std::string& room : rooms) {
        if (isUnder(path, room) && room.size() > best.size())
            best = room;
    }
    return best;
}

std::vector<std::string> includeFaults(
    const std::string& path, const std::vector<Include>& includes, const std::vector<std::string>& rooms)
{
    std::vector<std::string> faults;
    const std::string room = roomOf(path, rooms);
    if (room.empty())
        faults.push_back(path + " lies in no room of cmake/rooms.txt; put it into one, or add the room to the list.");
    for (const Include& include : includes) {
        std::string why;
        if (isOurs(include.target))
            why = room.empty() ? std::string() : ownFault(room, include.target, rooms);
        else if (include.quoted && !include.target.ends_with(".moc"))
            why = "our own headers are named from the project's root, those of others stand in angle brackets";
        else
            why = foreignFault(path, room, include.target);
        if (!why.empty()) {
            faults.push_back(
                path + ":" + std::to_string(include.line) + " includes " + include.target + ", but " + why + ".");
        }
    }
    return faults;
}

}
