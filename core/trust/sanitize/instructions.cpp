#include "core/trust/sanitize/instructions.h"

#include "core/trust/sanitize/byte_set.h"
#include "core/trust/sanitize/hidden_text.h"
#include "core/trust/sanitize/instruction_rules.h"
#include "core/trust/sanitize/matching_form.h"

#include <algorithm>
#include <map>

namespace ephor::sanitize {

namespace {

constexpr std::size_t mostSigns = 1'000;
// The longest sentence of a rule: steps times their distances.
constexpr std::uint32_t negationWithin = 2;

class SignFinder {
public:
    explicit SignFinder(std::string_view text)
        : m_text(text)
        , m_form(matchingForm(text))
    {
    }

    std::vector<InstructionSign> run()
    {
        const std::string_view read = m_form ? std::string_view(m_form->text) : m_text;
        findWords(read);
        findMarks(read);
        return std::move(m_signs);
    }

private:
    void add(const std::size_t start, const std::size_t end, const std::string_view rule, const double weight)
    {
        if (m_signs.size() >= mostSigns)
            return;
        const auto [from, to] = m_form ? m_form->originalRange(start, end) : std::pair(start, end);
        m_signs.push_back({from, to, rule, weight, false});
    }

    void findWords(const std::string_view read)
    {
        const auto words = instructionWords(read);
        for (std::size_t i = 0; i < words.size(); ++i)
            for (const WordRule& rule : wordRules()) {
                if ((words[i].classes & rule.steps[0].classes) == 0)
                    continue;
                const std::size_t last = lastWord(words, i, rule);
                if (last != i && (rule.maybeNegated || !isNegated(words, i)))
                    add(words[i].start, words[last].end, rule.rule, rule.weight);
            }
    }

    /// Of the first words that fit the steps; `first` where they do not fit.
    static std::size_t lastWord(
        const std::vector<InstructionWord>& words, const std::size_t first, const WordRule& rule)
    {
        std::size_t at = first;
        for (std::size_t step = 1; step < rule.steps.size() && rule.steps[step].classes != 0; ++step) {
            std::size_t next = at + 1;
            const auto inReach = [&] {
                return next < words.size() && words[next].classes != 0
                    && words[next].number - words[at].number <= rule.steps[step].within;
            };
            while (inReach() && (words[next].classes & rule.steps[step].classes) == 0)
                ++next;
            if (!inReach())
                return first;
            at = next;
        }
        return at;
    }

    static bool isNegated(const std::vector<InstructionWord>& words, const std::size_t first)
    {
        for (std::size_t i = first; i > 0 && words[i - 1].classes != 0; --i) {
            if (words[first].number - words[i - 1].number > negationWithin)
                return false;
            if ((words[i - 1].classes & wording::negation) != 0)
                return true;
        }
        return false;
    }

    void findMarks(const std::string_view read)
    {
        static constexpr ByteSet beginnings("<[#");
        for (std::size_t at = beginnings.find(read, 0); at < read.size(); at = beginnings.find(read, at + 1))
            for (const MarkRule& rule : markRules())
                if (standsAt(read, at, rule.mark) && (rule.mark[0] != '#' || beginsLine(read, at)))
                    add(at, at + rule.mark.size(), rule.rule, rule.weight);
    }

    static bool standsAt(const std::string_view read, const std::size_t at, const std::string_view mark)
    {
        if (read[at] != mark[0] || read.size() - at < mark.size())
            return false;
        return std::ranges::equal(read.substr(at, mark.size()), mark,
            [](const char c, const char lower) { return (c >= 'A' && c <= 'Z' ? char(c | 0x20) : c) == lower; });
    }

    static bool beginsLine(const std::string_view read, std::size_t at)
    {
        while (at > 0 && read[at - 1] == ' ')
            --at;
        return at == 0 || read[at - 1] == '\n';
    }

    std::string_view m_text;
    std::optional<MatchingForm> m_form;
    std::vector<InstructionSign> m_signs;
};

bool overlapsPlain(const std::vector<InstructionSign>& signs, const InstructionSign& sign)
{
    return std::ranges::any_of(signs, [&](const InstructionSign& other) {
        return other.rule == sign.rule && other.start < sign.end && sign.start < other.end;
    });
}

void addHidden(const std::string_view text, std::vector<InstructionSign>& signs)
{
    for (const HiddenText& piece : hiddenTexts(text))
        for (InstructionSign sign : SignFinder(piece.text).run()) {
            sign.start = piece.start;
            sign.end = piece.end;
            // Nobody encodes such words by chance.
            sign.weight = 1 - (1 - sign.weight) / 2;
            sign.hidden = true;
            if (signs.size() < mostSigns && !overlapsPlain(signs, sign))
                signs.push_back(sign);
        }
}

}

std::vector<InstructionSign> instructionSigns(const std::string_view text)
{
    std::vector<InstructionSign> signs = SignFinder(text).run();
    addHidden(text, signs);
    std::ranges::stable_sort(signs, {}, &InstructionSign::start);
    return signs;
}

double instructionWeight(const std::span<const InstructionSign> signs)
{
    std::map<std::string_view, double> heaviest;
    for (const InstructionSign& sign : signs)
        heaviest[sign.rule] = std::max(heaviest[sign.rule], sign.weight);
    double honest = 1;
    for (const auto& [rule, weight] : heaviest)
        honest *= 1 - weight;
    return 1 - honest;
}

}
