#include "tests/architecture/coroutine_rules.h"

#include "tests/architecture/source_text.h"

#include <cctype>

namespace ephor::architecture {

namespace {

constexpr std::string_view awaitWord = "co_await";

std::size_t lastVisible(std::string_view text, std::size_t before)
{
    while (before > 0 && std::isspace(static_cast<unsigned char>(text[before - 1])) != 0)
        --before;
    return before;
}

/// Where the operand of the co_await that ends at `from` ends: at its `;` or at the bracket around it.
std::size_t operandEnd(std::string_view bare, std::size_t from)
{
    for (std::size_t at = from; at < bare.size(); ++at) {
        const char character = bare[at];
        if (character == ';' || character == ')' || character == '}' || character == ']')
            return at;
        if (character == '(' || character == '{' || character == '[')
            at = closingOf(bare, at);
    }
    return bare.size();
}

enum class Brace { Body, List, Temporary };

/// What the brace at `at` opens: a lambda's body, a bare list, or a temporary with its type in front.
Brace braceAt(std::string_view bare, std::size_t begin, std::size_t at)
{
    const std::size_t end = lastVisible(bare, at);
    const char before = end > begin ? bare[end - 1] : '(';
    if (before == ')' || before == ']')
        return Brace::Body;
    const std::size_t arrow = bare.substr(begin, at - begin).rfind("->");
    const std::size_t bracket = bare.substr(begin, at - begin).rfind(')');
    if (arrow != std::string_view::npos && bracket != std::string_view::npos && arrow > bracket)
        return Brace::Body;
    const std::string_view word = wordBefore(bare, at);
    if (word == "mutable" || word == "noexcept")
        return Brace::Body;
    return before == '>' || !word.empty() ? Brace::Temporary : Brace::List;
}

void addBraceFaults(std::vector<std::string>& faults, const std::string& path, std::string_view bare, std::size_t begin)
{
    const std::size_t end = operandEnd(bare, begin);
    for (std::size_t at = begin; at < end; ++at) {
        if (bare[at] != '{')
            continue;
        const Brace brace = braceAt(bare, begin, at);
        const std::string where = path + ":" + std::to_string(lineAt(bare, at));
        if (brace == Brace::Temporary)
            faults.push_back(where
                + " makes a braced temporary inside a co_await, which GCC 12 destroys twice; "
                  "give it a name first and move it.");
        if (brace == Brace::List)
            faults.push_back(
                where + " has a braced list inside a co_await, which GCC 12 does not compile; give it a name first.");
        at = closingOf(bare, at);
    }
}

}

std::vector<std::string> coroutineFaults(const std::string& path, std::string_view source)
{
    std::vector<std::string> faults;
    const std::string bare = bareCode(source);
    for (std::size_t at = bare.find(awaitWord); at != std::string::npos; at = bare.find(awaitWord, at + 1)) {
        const std::size_t bracket = lastVisible(bare, at);
        if (bracket > 0 && bare[bracket - 1] == '(' && wordBefore(bare, bracket - 1) == "switch") {
            faults.push_back(path + ":" + std::to_string(lineAt(bare, at))
                + " switches on a co_await, which crashes under GCC 12; give the awaited value a name first.");
        }
        addBraceFaults(faults, path, bare, at + awaitWord.size());
    }
    return faults;
}

}
