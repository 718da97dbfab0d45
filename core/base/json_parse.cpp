#include "core/base/json.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>
#include <set>
#include <vector>

namespace ephor {

namespace {

std::unexpected<Error> tooLarge(std::string what, std::size_t limit)
{
    return fail(Error(ErrorKind::TooLarge, "json.too-large", "The JSON text is larger than allowed: " + what + ".",
        "Send less at once.")
            .with("limit", std::to_string(limit)));
}

// The library's number of "number overflow": 1E400 is JSON by its grammar, and still has no value.
constexpr int numberOverflow = 406;

// Builds the value while counting: the limits hold before the memory is spent, and a repeated name is seen
// before the second value replaces the first.
class BoundedBuilder final : public nlohmann::json_sax<Json> {
public:
    BoundedBuilder(std::string_view text, const JsonLimits& limits)
        : m_text(text)
        , m_limits(limits)
    {
    }

    bool null() override { return add(nullptr); }
    bool boolean(bool value) override { return add(value); }
    bool number_integer(number_integer_t value) override { return add(value); }
    bool number_unsigned(number_unsigned_t value) override { return add(value); }
    bool number_float(number_float_t value, const string_t&) override { return add(value); }
    bool string(string_t& value) override { return add(std::move(value)); }
    bool binary(binary_t&) override { return false; }

    bool start_object(std::size_t) override { return open(Json::object()); }
    bool start_array(std::size_t) override { return open(Json::array()); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }

    bool key(string_t& name) override
    {
        if (m_open.back()->contains(name)) {
            m_error = Error(ErrorKind::Invalid, "json.duplicate-key", "An object names the same member twice.",
                "Keep one of the two.")
                          .with("member", shorten(name, 128));
            return false;
        }
        m_key = std::move(name);
        return true;
    }

    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& problem) override
    {
        if (m_error.code.empty() && problem.id == numberOverflow) {
            m_error = Error(ErrorKind::Invalid, "json.number-range", "A number is too large for any double.",
                "Write it as a string, or smaller than 1.8e308.");
        } else if (m_error.code.empty()) {
            m_error = Error(
                ErrorKind::Invalid, "json.syntax", "This is not valid JSON.", "Check the text at the place named.");
            m_error.fields.emplace_back("problem", cause(problem.what()));
        }
        locate(position == 0 ? 0 : position - 1);
        return false;
    }

    Result<Json> take()
    {
        if (!m_error.code.empty())
            return fail(std::move(m_error));
        return std::move(m_root);
    }

private:
    // The library's text carries its own id and position; only what went wrong is for people.
    static std::string cause(std::string_view what)
    {
        const std::size_t at = what.find(" - ");
        return std::string(at == std::string_view::npos ? what : what.substr(at + 3));
    }

    void locate(std::size_t offset)
    {
        const TextPosition position = positionAt(m_text, std::min(offset, m_text.size()));
        m_error.fields.emplace_back("line", std::to_string(position.line));
        m_error.fields.emplace_back("column", std::to_string(position.column));
    }

    bool add(Json value) { return place(std::move(value)) != nullptr; }

    Json* place(Json&& value)
    {
        if (++m_count > m_limits.values) {
            m_error = tooLarge("too many values", m_limits.values).error();
            return nullptr;
        }
        if (m_open.empty()) {
            m_root = std::move(value);
            return &m_root;
        }
        if (m_open.back()->is_array())
            return &m_open.back()->emplace_back(std::move(value));
        return &(*m_open.back())[m_key].operator=(std::move(value));
    }

    bool open(Json container)
    {
        if (m_open.size() >= m_limits.depth) {
            m_error = Error(ErrorKind::TooLarge, "json.too-deep", "The JSON text is nested too deeply.", "Flatten it.")
                          .with("limit", std::to_string(m_limits.depth));
            return false;
        }
        Json* const placed = place(std::move(container));
        if (placed == nullptr)
            return false;
        m_open.push_back(placed);
        return true;
    }

    bool close()
    {
        m_open.pop_back();
        return true;
    }

    std::string_view m_text;
    const JsonLimits& m_limits;
    Json m_root;
    std::vector<Json*> m_open;
    std::string m_key;
    std::size_t m_count = 0;
    Error m_error;
};

}

namespace {

// The library skips a byte order mark and takes a null byte for the end of the text; neither is JSON (RFC 8259).
Result<void> refuseEnds(std::string_view text)
{
    const bool marked = text.starts_with("\xEF\xBB\xBF");
    const std::size_t at = marked ? 0 : text.find('\0');
    if (at == std::string_view::npos)
        return {};
    const TextPosition position = positionAt(text, at);
    return fail(
        Error(ErrorKind::Invalid, "json.syntax", "This is not valid JSON.", "Check the text at the place named.")
            .with("problem", marked ? "a byte order mark" : "a null byte")
            .with("line", std::to_string(position.line))
            .with("column", std::to_string(position.column)));
}

}

Result<Json> parseJson(std::string_view text, const JsonLimits& limits)
{
    if (text.size() > limits.bytes)
        return tooLarge("too many bytes", limits.bytes);
    if (!isUtf8(text))
        return fail(ErrorKind::Invalid, "json.utf8", "The text is not valid UTF-8.", "Send it encoded as UTF-8.");
    EPHOR_TRY_VOID(refuseEnds(text));
    BoundedBuilder builder(text, limits);
    try {
        Json::sax_parse(text.begin(), text.end(), &builder);
    } catch (const nlohmann::json::exception& problem) {
        return fail(
            Error(ErrorKind::Invalid, "json.syntax", "This is not valid JSON.").with("problem", problem.what()));
    }
    return builder.take();
}

std::string compactJson(const Json& value)
{
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}
