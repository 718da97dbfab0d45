#include "app/verify/report_format.h"

#include "core/base/json.h"

#include <nlohmann/json.hpp>

namespace ephor::verify {

namespace {

std::string_view mark(proof::CheckState state)
{
    switch (state) {
    case proof::CheckState::Held:
        return "ok      ";
    case proof::CheckState::Warned:
        return "warning ";
    case proof::CheckState::Failed:
        return "FAILED  ";
    case proof::CheckState::NotAsked:
        return "not asked";
    case proof::CheckState::NotReached:
        break;
    }
    return "not reached";
}

/// A log's name may hold escape sequences that a terminal would obey: C0, DEL and C1 controls become "?".
std::string printable(std::string_view text)
{
    std::string shown;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const bool c1 = byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
        if (c1)
            ++i;
        shown += c1 || byte < 0x20 || byte == 0x7F ? '?' : text[i];
    }
    return shown;
}

std::string padded(std::string_view text, std::size_t width)
{
    std::string result(text);
    result.resize(std::max(width, result.size()), ' ');
    return result;
}

std::string checkLine(const proof::Check& check)
{
    std::string line = "  " + padded(check.name, 12) + padded(mark(check.state), 13) + printable(check.detail) + "\n";
    if (!check.error)
        return line;
    const std::string indent(27, ' ');
    line += indent + check.error->code;
    for (const auto& [name, value] : check.error->fields)
        line += "  " + name + "=" + printable(value);
    line += "\n";
    if (!check.error->hint.empty())
        line += indent + check.error->hint + "\n";
    return line;
}

std::string verdictLine(const proof::Report& report)
{
    if (report.held())
        return "VERIFIED\n";
    const proof::Check* failed = report.firstFailure();
    std::string line = "NOT VERIFIED";
    if (failed != nullptr)
        line
            += ": the check \"" + failed->name + "\" did not hold (" + (failed->error ? failed->error->code : "") + ")";
    if (report.firstBadEntry)
        line += "; the first bad entry is " + std::to_string(*report.firstBadEntry);
    return line + "\n";
}

}

std::string reportText(const proof::Report& report)
{
    std::string text;
    if (report.checkpoint)
        text += "log    " + printable(report.checkpoint->origin) + "\nsize   " + std::to_string(report.checkpoint->size)
            + "\n";
    if (report.simulatedClock)
        text += "\n  *** clock: simulated *** These entries are a demonstration's, not a record of real events.\n";
    text += "\n";
    for (const proof::Check& check : report.checks)
        text += checkLine(check);
    return text + "\n" + verdictLine(report);
}

std::string reportJson(const proof::Report& report)
{
    Json checks = Json::array();
    for (const proof::Check& check : report.checks) {
        Json item{{"name", check.name}, {"state", std::string(toString(check.state))}, {"detail", check.detail}};
        if (check.error) {
            item["code"] = check.error->code;
            item["hint"] = check.error->hint;
            item["fields"] = Json::object();
            for (const auto& [name, value] : check.error->fields)
                item["fields"][name] = value;
        }
        checks.push_back(std::move(item));
    }
    Json result{{"verified", report.held()}, {"entries", report.entries},
        {"clock", report.simulatedClock ? "simulated" : "real"}, {"firstBadEntry", nullptr}, {"failed", nullptr},
        {"checks", std::move(checks)}};
    if (report.checkpoint) {
        result["origin"] = report.checkpoint->origin;
        result["size"] = report.checkpoint->size;
        result["root"] = toBase64(report.checkpoint->root);
    }
    if (report.firstBadEntry)
        result["firstBadEntry"] = *report.firstBadEntry;
    if (const proof::Check* failed = report.firstFailure(); failed != nullptr && failed->error)
        result["failed"] = failed->error->code;
    return compactJson(result) + "\n";
}

}
