#include "core/store/json_extract.h"

#include "core/base/json.h"
#include "core/base/text.h"
#include "core/store/sqlite_error.h"

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <sqlite3.h>

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
        const auto found = member(textOfValue(arguments[1]));
        if (!found)
            return askBuiltin(context, arguments);
        if (*found == nullptr || (*found)->is_null())
            return sqlite3_result_null(context);
        const auto* text = (*found)->get_ptr<const std::string*>();
        if (!text)
            return askBuiltin(context, arguments);
        sqlite3_result_text64(context, text->data(), text->size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    }

private:
    static std::string_view textOfValue(sqlite3_value* value)
    {
        const auto* bytes = static_cast<const char*>(static_cast<const void*>(sqlite3_value_text(value)));
        return {bytes, std::size_t(sqlite3_value_bytes(value))};
    }

    bool remember(std::string_view text)
    {
        if (text == m_text)
            return m_json.has_value();
        m_text = text;
        auto parsed = parseJson(text);
        m_json = parsed ? std::optional(std::move(*parsed)) : std::nullopt;
        return m_json.has_value();
    }

    /// For "$.name.name": the member, or null where there is none. Nothing for any other path.
    std::optional<const Json*> member(std::string_view path) const
    {
        if (!path.starts_with("$.")
            || path.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.", 1) != path.npos)
            return std::nullopt;
        const Json* value = &*m_json;
        for (const std::string_view name : split(path.substr(2), '.')) {
            const auto found = value->is_object() ? value->find(name) : value->end();
            if (found == value->end())
                return nullptr;
            value = &*found;
        }
        return value;
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

    sqlite3* m_builtin = nullptr;
    sqlite3_stmt* m_statement = nullptr;
    std::string m_text;
    std::optional<Json> m_json;
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
