#include "app/ephor/output.h"

#include "core/base/text.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

namespace ephor::cli {

namespace {

constexpr std::size_t widestCell = 48; // a table stays readable in a terminal of ordinary width
constexpr std::size_t mostColumns = 8;

std::string plain(const Json& value)
{
    if (value.is_string())
        return value.get<std::string>();
    if (value.is_null())
        return "—";
    return compactJson(value);
}

bool isTable(const Json& value)
{
    return value.is_array() && !value.empty()
        && std::ranges::all_of(value, [](const Json& row) { return row.is_object(); });
}

// Whether any row says something in the column: an empty one only takes the room of another.
bool saysAnything(const Json& rows, const std::string& column)
{
    return std::ranges::any_of(rows, [&](const Json& row) {
        const auto found = row.find(column);
        return found != row.end() && !found->is_null()
            && !(found->is_string() && found->get_ref<const std::string&>().empty());
    });
}

// Columns of simple values, the telling ones first: a reader looks for name and state, not for the alphabet.
std::vector<std::string> columnsOf(const Json& rows)
{
    static const std::vector<std::string> first{"id", "index", "name", "title", "state", "agent", "kind", "operation",
        "detail", "subject", "outcome", "origin", "effect", "says", "permission", "permitted", "rule", "reason"};
    std::vector<std::string> columns;
    for (const std::string& name : first) {
        if (rows.front().contains(name) && !rows.front()[name].is_structured() && saysAnything(rows, name))
            columns.push_back(name);
    }
    for (const auto& [name, value] : rows.front().items()) {
        if (!value.is_structured() && std::ranges::find(columns, name) == columns.end() && saysAnything(rows, name))
            columns.push_back(name);
    }
    if (columns.size() > mostColumns)
        columns.resize(mostColumns);
    return columns;
}

std::string padded(const std::string& text, std::size_t width)
{
    const std::size_t length = codePointCount(text);
    return length >= width ? text : text + std::string(width - length, ' ');
}

void printTable(std::ostream& out, const Json& rows)
{
    const auto columns = columnsOf(rows);
    std::vector<std::size_t> widths;
    const auto cell = [](const Json& row, const std::string& column) {
        const auto found = row.find(column);
        return found == row.end() ? std::string() : shorten(plain(*found), widestCell);
    };
    for (const std::string& column : columns) {
        std::size_t width = column.size();
        for (const Json& row : rows)
            width = std::max(width, codePointCount(cell(row, column)));
        widths.push_back(width);
    }
    for (std::size_t i = 0; i < columns.size(); ++i)
        out << padded(columns[i], widths[i]) << "  ";
    out << "\n";
    for (const Json& row : rows) {
        for (std::size_t i = 0; i < columns.size(); ++i)
            out << padded(cell(row, columns[i]), widths[i]) << "  ";
        out << "\n";
    }
}

void printObject(std::ostream& out, const Json& object, std::size_t depth)
{
    const std::string indent(depth * 2, ' ');
    std::size_t width = 0;
    for (const auto& [name, value] : object.items())
        width = std::max(width, name.size());
    for (const auto& [name, value] : object.items()) {
        if (isTable(value)) {
            out << indent << name << ":\n";
            printTable(out, value);
        } else if (value.is_object() && !value.empty()) {
            out << indent << name << ":\n";
            printObject(out, value, depth + 1);
        } else {
            out << indent << padded(name, width) << "  " << plain(value) << "\n";
        }
    }
}

}

Exit exitFor(const Error& error)
{
    switch (error.kind) {
    case ErrorKind::Invalid:
        return Exit::Usage;
    case ErrorKind::CheckFailed:
        return Exit::CheckFailed;
    default:
        return Exit::Failed;
    }
}

void printAnswer(std::ostream& out, const Json& answer, Format format)
{
    if (format == Format::Json) {
        out << compactJson(answer) << "\n";
    } else if (isTable(answer)) {
        printTable(out, answer);
    } else if (answer.is_object()) {
        answer.empty() ? void(out << "Done.\n") : printObject(out, answer, 0);
    } else {
        out << plain(answer) << "\n";
    }
}

Json errorJson(const Error& error)
{
    Json fields = Json::object();
    for (const auto& [name, value] : error.fields)
        fields[name] = value;
    return {{"error",
        {{"kind", toString(error.kind)}, {"code", error.code}, {"message", error.message}, {"hint", error.hint},
            {"fields", fields}}}};
}

void printError(std::ostream& out, std::ostream& err, const Error& error, Format format)
{
    if (format == Format::Json) {
        out << compactJson(errorJson(error)) << "\n";
        return;
    }
    err << "ephor: " << error.message << (error.hint.empty() ? "" : " " + error.hint) << "\n";
    err << "  (" << error.code;
    for (const auto& [name, value] : error.fields)
        err << ", " << name << "=" << shorten(value, 200);
    err << ")\n";
}

}
