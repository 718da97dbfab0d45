#include "ui/kit/fuzzy.h"

namespace ephor::ui {

namespace {

constexpr int wordStartScore = 12;
constexpr int runScore = 8;
constexpr int letterScore = 2;
constexpr int wholeWordScore = 20;
constexpr int prefixScore = 16;
// A late match loses at most this much, so that position never outweighs a run.
constexpr int latestPenalty = 6;

bool startsWord(const QString& text, qsizetype at)
{
    if (at == 0)
        return true;
    const QChar before = text[at - 1];
    return !before.isLetterOrNumber() || (before.isLower() && text[at].isUpper());
}

bool endsWord(const QString& text, qsizetype at)
{
    return at + 1 == text.size() || !text[at + 1].isLetterOrNumber();
}

std::optional<FuzzyMatch> greedyFrom(const QString& typed, const QString& text, qsizetype first)
{
    FuzzyMatch match;
    qsizetype from = first;
    for (const QChar letter : typed) {
        if (letter.isSpace())
            continue;
        qsizetype found = text.indexOf(letter, from, Qt::CaseInsensitive);
        if (found < 0)
            return {};
        // A start of a word is worth going further for, unless the run goes on here.
        const bool continues = !match.positions.isEmpty() && found == match.positions.back() + 1;
        if (!continues && !startsWord(text, found)) {
            for (qsizetype later = found; later >= 0; later = text.indexOf(letter, later + 1, Qt::CaseInsensitive)) {
                if (startsWord(text, later)) {
                    found = later;
                    break;
                }
            }
        }
        match.score += letterScore + (startsWord(text, found) ? wordStartScore : 0)
            + (!match.positions.isEmpty() && found == match.positions.back() + 1 ? runScore : 0);
        match.positions.append(static_cast<int>(found));
        from = found + 1;
    }
    return match;
}

}

std::optional<FuzzyMatch> fuzzyMatch(const QString& typed, const QString& text)
{
    const QString wanted = typed.trimmed();
    if (wanted.isEmpty())
        return FuzzyMatch{};
    const qsizetype whole = text.indexOf(wanted, 0, Qt::CaseInsensitive);
    std::optional<FuzzyMatch> best;
    if (whole >= 0) {
        FuzzyMatch match;
        for (qsizetype at = 0; at < wanted.size(); ++at)
            match.positions.append(static_cast<int>(whole + at));
        match.score = static_cast<int>(wanted.size()) * (letterScore + runScore) - runScore;
        if (startsWord(text, whole)) {
            match.score += wordStartScore + prefixScore;
            if (endsWord(text, whole + wanted.size() - 1))
                match.score += wholeWordScore;
        }
        best = match;
    }
    // The far jump to a word's start may run past letters needed later; plain order is the second try.
    for (qsizetype first = text.indexOf(wanted[0], 0, Qt::CaseInsensitive); first >= 0;
        first = text.indexOf(wanted[0], first + 1, Qt::CaseInsensitive)) {
        std::optional<FuzzyMatch> match = greedyFrom(wanted, text, first);
        if (match && (!best || match->score > best->score))
            best = match;
    }
    if (!best) {
        FuzzyMatch plain;
        qsizetype from = 0;
        for (const QChar letter : wanted) {
            if (letter.isSpace())
                continue;
            const qsizetype found = text.indexOf(letter, from, Qt::CaseInsensitive);
            if (found < 0)
                return {};
            plain.positions.append(static_cast<int>(found));
            plain.score += letterScore;
            from = found + 1;
        }
        best = plain;
    }
    if (!best->positions.isEmpty())
        best->score -= std::min(best->positions.front(), latestPenalty);
    return best;
}

}
