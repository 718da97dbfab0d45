#include "core/trust/sanitize/code_point.h"
#include "core/trust/sanitize/steps.h"

#include <algorithm>

namespace ephor::sanitize {

namespace {

/// -12.50, +1,000, 5 %: what begins with a sign and is only a number is no formula.
bool isPlainNumber(const std::string_view cell)
{
    const bool digits = std::ranges::any_of(cell, [](const char c) { return c >= '0' && c <= '9'; });
    return digits && std::ranges::all_of(cell.substr(1), [](const char c) {
        return (c >= '0' && c <= '9') || c == '.' || c == ',' || c == ' ' || c == '%';
    });
}

}

void defuseFormula(DraftEditor& editor)
{
    const std::string_view text = editor.text();
    // Importers trim blanks and quotes, and tab and carriage return may begin a new cell.
    const std::size_t first = text.find_first_not_of(" \t\r\n\"");
    if (first == std::string_view::npos)
        return;
    const CodePoint sign = codePointAt(text, first);
    // Full-width forms count as their ASCII ones in Excel; | calls a program in older ones.
    constexpr std::u32string_view signs = U"=+-@|＝＋－＠";
    const bool startsFormula = signs.find(sign.value) != std::u32string_view::npos;
    if (!startsFormula || (first == 0 && isPlainNumber(text)))
        return;
    const std::size_t end = first + sign.length;
    editor.replace(0, end, "'" + std::string(text.substr(0, end)), RemovalKind::Formula);
}

}
