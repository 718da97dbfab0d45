#include "core/trust/sanitize/hidden_text.h"

#include "core/trust/sanitize/hidden_text_search.h"
#include "core/trust/sanitize/matching_form.h"

#include <algorithm>
#include <tuple>

namespace ephor::sanitize {

namespace {

constexpr std::size_t mostPieces = 256;
constexpr std::size_t mostDecodedBytes = 1024 * 1024;
constexpr int deepest = 2;

class HiddenTextCollector {
public:
    std::vector<HiddenText> run(const std::string_view text)
    {
        search(text, [this](HiddenText piece) { return take(std::move(piece)); });
        const std::size_t outer = m_pieces.size();
        for (std::size_t i = 0; i < outer; ++i) {
            // The list grows meanwhile, so the piece is asked for by its number.
            const std::string inner = m_pieces[i].text;
            search(inner, [this, i](HiddenText piece) {
                piece.start = m_pieces[i].start;
                piece.end = m_pieces[i].end;
                piece.depth = deepest;
                return take(std::move(piece));
            });
        }
        std::ranges::stable_sort(m_pieces, {}, &HiddenText::start);
        return std::move(m_pieces);
    }

private:
    static void search(const std::string_view text, const HiddenTextSink& found)
    {
        findUnseenText(text, found);
        // Codes are of ASCII, so that unseen and full-width characters among them would break them.
        const auto form = matchingForm(text);
        const HiddenTextSink foundInForm = [&](HiddenText piece) {
            std::tie(piece.start, piece.end) = form->originalRange(piece.start, piece.end);
            return found(std::move(piece));
        };
        const std::string_view read = form ? std::string_view(form->text) : text;
        const HiddenTextSink& take = form ? foundInForm : found;
        findEncodedRuns(read, take);
        findEscapedText(read, take);
        findDisguisedWords(read, take);
    }

    bool take(HiddenText piece)
    {
        if (m_pieces.size() >= mostPieces || m_bytes + piece.text.size() > mostDecodedBytes)
            return false;
        m_bytes += piece.text.size();
        m_pieces.push_back(std::move(piece));
        return true;
    }

    std::vector<HiddenText> m_pieces;
    std::size_t m_bytes = 0;
};

}

std::vector<HiddenText> hiddenTexts(const std::string_view text)
{
    return HiddenTextCollector().run(text);
}

}
