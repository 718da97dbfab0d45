#include "core/store/json_extract.h"

#include "core/base/text.h"
#include "core/store/json_members.h"
#include "core/store/sqlite_error.h"

#include <algorithm>
#include <memory>
#include <sqlite3.h>
#include <vector>

namespace ephor::store {

namespace {

// Belongs to one connection, so to one thread at a time.
class JsonExtract {
public:
    ~JsonExtract()
    {
        sqlite3_finalize(m_statement);
        sqlite3_close(m_builtin);
    }

    int prepare()
    {
        const int code = sqlite3_open_v2(":memory:", &m_builtin, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
        return code != SQLITE_OK ? code
                                 : sqlite3_prepare_v3(m_builtin, "SELECT json_extract(?1, ?2)", -1,
                                       SQLITE_PREPARE_PERSISTENT, &m_statement, nullptr);
    }

    void answer(sqlite3_context* context, sqlite3_value** arguments)
    {
        if (sqlite3_value_type(arguments[0]) != SQLITE_TEXT || sqlite3_value_type(arguments[1]) != SQLITE_TEXT)
            return askBuiltin(context, arguments);
        if (!remember(textOfValue(arguments[0])))
            return askBuiltin(context, arguments);
        const auto found = member(known(textOfValue(arguments[1])));
        if (!found)
            return askBuiltin(context, arguments);
        if (found->empty() || *found == "null")
            return sqlite3_result_null(context);
        if (found->front() != '"' || found->find('\\') != found->npos)
            return askBuiltin(context, arguments);
        sqlite3_result_text64(context, found->data() + 1, found->size() - 2, SQLITE_TRANSIENT, SQLITE_UTF8);
    }

private:
    static std::string_view textOfValue(sqlite3_value* value)
    {
        const auto* bytes = reinterpret_cast<const char*>(sqlite3_value_text(value));
        return {bytes, std::size_t(sqlite3_value_bytes(value))};
    }

    bool remember(std::string_view text)
    {
        if (text != m_text) {
            m_text = text;
            m_members = membersOf(m_text);
            m_inner.reset();
        }
        return m_members.has_value();
    }

    /// A path as a statement writes it. Columns ask by the same few again and again.
    struct Path {
        std::string text;
        std::string outer; ///< empty for any path but "$.name" and "$.name.name"
        std::string inner;
    };

    const Path& known(std::string_view text)
    {
        const auto found = std::ranges::find(m_paths, text, &Path::text);
        if (found != m_paths.end())
            return *found;
        if (m_paths.size() >= mostPaths)
            m_paths.clear();
        return m_paths.emplace_back(parsed(text));
    }

    static Path parsed(std::string_view text)
    {
        Path path{std::string(text), {}, {}};
        if (!text.starts_with("$.")
            || text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.", 1) != text.npos)
            return path;
        const auto names = split(text.substr(2), '.');
        if (names.size() > 2 || std::ranges::any_of(names, [](std::string_view name) { return name.empty(); }))
            return path;
        path.outer = names[0];
        if (names.size() == 2)
            path.inner = names[1];
        return path;
    }

    /// The text of the member, empty where there is none. Nothing for any other path, and for a member that holds more
    /// than the path can name.
    std::optional<std::string_view> member(const Path& path)
    {
        if (path.outer.empty())
            return std::nullopt;
        const std::string_view outer = find(*m_members, path.outer);
        if (path.inner.empty() || outer.empty())
            return outer;
        if (!m_inner || m_innerOf != outer.data()) {
            m_innerOf = outer.data();
            m_inner = membersOf(outer);
        }
        return m_inner ? std::optional(find(*m_inner, path.inner)) : std::nullopt;
    }

    static std::string_view find(const JsonMembers& members, std::string_view name)
    {
        const auto found = std::ranges::find(members, name, &JsonMember::name);
        return found == members.end() ? std::string_view() : found->value;
    }

    void askBuiltin(sqlite3_context* context, sqlite3_value** arguments)
    {
        sqlite3_bind_value(m_statement, 1, arguments[0]);
        sqlite3_bind_value(m_statement, 2, arguments[1]);
        if (sqlite3_step(m_statement) == SQLITE_ROW)
            sqlite3_result_value(context, sqlite3_column_value(m_statement, 0));
        else
            sqlite3_result_error(context, sqlite3_errmsg(m_builtin), -1);
        sqlite3_reset(m_statement);
        sqlite3_clear_bindings(m_statement);
    }

    static constexpr std::size_t mostPaths = 64; // more than the columns of all tables; a list is quicker than a map

    std::vector<Path> m_paths;
    sqlite3* m_builtin = nullptr;
    sqlite3_stmt* m_statement = nullptr;
    std::string m_text;
    std::optional<JsonMembers> m_members; ///< of the object that the text is
    const char* m_innerOf = nullptr;
    std::optional<JsonMembers> m_inner;
};

}

Result<void> registerJsonExtract(sqlite3* connection)
{
    auto function = std::make_unique<JsonExtract>();
    int code = function->prepare();
    if (code == SQLITE_OK)
        code = sqlite3_create_function_v2(
            connection, "json_extract", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, function.release(),
            [](sqlite3_context* context, int, sqlite3_value** arguments) {
                static_cast<JsonExtract*>(sqlite3_user_data(context))->answer(context, arguments);
            },
            nullptr, nullptr, [](void* owned) { delete static_cast<JsonExtract*>(owned); });
    return code == SQLITE_OK ? Result<void>() : fail(sqliteError(connection, code));
}

}
