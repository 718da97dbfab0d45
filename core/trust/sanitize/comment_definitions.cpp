#include "core/base/text.h"
#include "core/trust/sanitize/steps.h"

#include <optional>

namespace ephor::sanitize {

namespace {

std::string_view withoutBlanksBefore(std::string_view text)
{
    while (!text.empty() && (text[0] == ' ' || text[0] == '\t'))
        text.remove_prefix(1);
    return text;
}

/// The text of a definition that leads nowhere, if the line is one (CommonMark §4.7): a label, a destination that is
/// empty or a lone #, a title.
std::optional<std::string_view> commentOf(std::string_view line)
{
    constexpr std::size_t longestLabel = 999;
    const std::size_t close = line.find("]:");
    if (close == std::string_view::npos || close > longestLabel || line.substr(1, close - 1).find('[') != line.npos)
        return std::nullopt;
    std::string_view rest = withoutBlanksBefore(line.substr(close + 2));
    bool nowhere = false;
    for (const std::string_view destination : {"<>", "<#>", "#"}) {
        if (rest.starts_with(destination)) {
            rest.remove_prefix(destination.size());
            nowhere = true;
            break;
        }
    }
    const std::string_view title = trim(rest);
    const bool apart = !rest.empty() && (rest[0] == ' ' || rest[0] == '\t');
    if (!nowhere || !apart || title.size() < 2)
        return std::nullopt;
    const char opening = title.front();
    const char closing = opening == '(' ? ')' : opening;
    const bool quoted = (opening == '(' || opening == '"' || opening == '\'') && title.back() == closing;
    return quoted ? std::optional(title.substr(1, title.size() - 2)) : std::nullopt;
}

}

void removeCommentDefinitions(DraftEditor& editor)
{
    const std::string_view text = editor.text();
    for (std::size_t mark = text.find("]:"); mark != std::string_view::npos;) {
        // CommonMark §2.1: a carriage return alone ends a line as well.
        const std::size_t before = text.find_last_of("\r\n", mark);
        const std::size_t start = before == std::string_view::npos ? 0 : before + 1;
        const std::size_t end = std::min(text.find_first_of("\r\n", mark), text.size());
        // In quotations and lists a definition is one as well.
        const std::size_t label = text.find_first_not_of(" \t>*+-", start);
        if (label < mark && text[label] == '[') {
            if (const auto comment = commentOf(text.substr(label, end - label)))
                editor.replace(label, end, {}, RemovalKind::HiddenMarkup, *comment);
        }
        mark = text.find("]:", end);
    }
}

}
