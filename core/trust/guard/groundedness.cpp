#include "core/trust/guard/groundedness.h"

#include "core/base/text.h"

#include <algorithm>
#include <unordered_set>

namespace ephor::guard {

namespace {

constexpr std::size_t shortestWord = 5;
// A sentence with fewer says nothing that could be made up: "You are welcome."
constexpr std::size_t fewestTellingWords = 3;

using Words = std::unordered_set<std::string>;

bool isWordByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || std::uint8_t(c) >= 0x80;
}

bool isNumber(std::string_view word)
{
    return std::ranges::any_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

// "payments" and "payment", "shipped" and "ship" are one word to a reader.
std::string stemOf(std::string word)
{
    for (const std::string_view ending : {"ingly", "ments", "ment", "ing", "ies", "ed", "es", "en", "er", "s"}) {
        if (word.size() >= ending.size() + 4 && word.ends_with(ending)) {
            word.resize(word.size() - ending.size());
            break;
        }
    }
    return word;
}

// Telling words and numbers; "1,200.50" is the number 1200.50.
std::vector<std::string> wordsOf(std::string_view text)
{
    const std::string lower = lowerAscii(text);
    std::vector<std::string> words;
    std::string word;
    const auto end = [&] {
        while (!word.empty() && word.back() == '.')
            word.pop_back();
        if (isNumber(word))
            words.push_back(word);
        else if (word.size() >= shortestWord)
            words.push_back(stemOf(word));
        word.clear();
    };
    for (std::size_t i = 0; i < lower.size(); ++i) {
        const char c = lower[i];
        const bool inNumber
            = !word.empty() && isNumber(word) && i + 1 < lower.size() && lower[i + 1] >= '0' && lower[i + 1] <= '9';
        if (isWordByte(c) || (c == '.' && inNumber))
            word += c;
        else if (!(c == ',' && inNumber))
            end();
    }
    end();
    return words;
}

std::vector<std::pair<std::size_t, std::size_t>> sentencesOf(std::string_view text)
{
    std::vector<std::pair<std::size_t, std::size_t>> sentences;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool stop = text[i] == '.' || text[i] == '!' || text[i] == '?';
        const bool ends
            = text[i] == '\n' || (stop && (i + 1 == text.size() || text[i + 1] == ' ' || text[i + 1] == '\n'));
        if (!ends)
            continue;
        sentences.emplace_back(begin, i + 1);
        begin = i + 1;
    }
    if (begin < text.size())
        sentences.emplace_back(begin, text.size());
    return sentences;
}

double supportOf(const std::vector<std::string>& words, const Words& passage, const Words& everything)
{
    std::size_t found = 0;
    for (const std::string& word : words) {
        if (isNumber(word) && !everything.contains(word))
            return 0;
        found += passage.contains(word);
    }
    return double(found) / double(words.size());
}

}

Groundedness groundedness(std::string_view answer, std::span<const std::string> passages)
{
    std::vector<Words> known;
    Words everything;
    for (const std::string& passage : passages) {
        Words words;
        for (std::string& word : wordsOf(passage)) {
            everything.insert(word);
            words.insert(std::move(word));
        }
        known.push_back(std::move(words));
    }
    Groundedness result;
    std::size_t supported = 0;
    for (const auto& [start, end] : sentencesOf(answer)) {
        const std::string_view text = answer.substr(start, end - start);
        const std::vector<std::string> words = wordsOf(text);
        const bool hasNumber = std::ranges::any_of(words, [](const std::string& word) { return isNumber(word); });
        if (text.ends_with('?') || (words.size() < fewestTellingWords && !hasNumber))
            continue;
        GroundedSentence sentence{start, end, 0, false, known.size()};
        for (std::size_t i = 0; i < known.size(); ++i) {
            const double support = supportOf(words, known[i], everything);
            if (support > sentence.support) {
                sentence.support = support;
                sentence.passage = i;
            }
        }
        sentence.supported = sentence.support >= enoughSupport;
        supported += sentence.supported;
        result.sentences.push_back(sentence);
    }
    if (!result.sentences.empty())
        result.share = double(supported) / double(result.sentences.size());
    return result;
}

}
