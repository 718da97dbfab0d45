#include "ui/bridge/noticed_words.h"

#include "ui/bridge/values.h"

#include <algorithm>

namespace ephor::ui {

namespace {

struct NoticedText {
    Q_DECLARE_TR_FUNCTIONS(NoticedText)
};

bool isOrder(const Noticed& noticed)
{
    return noticed.what == "instruction";
}

bool isRemoval(const Noticed& noticed)
{
    return noticed.what.starts_with("removed:");
}

bool isTelling(const Noticed& noticed)
{
    return noticed.action != ProtectAction::Observe || isOrder(noticed) || isRemoval(noticed);
}

QString timesWords(const Noticed& noticed, const Entities& known)
{
    const QString words = entityWords(noticed.what, known);
    return noticed.count > 1 ? NoticedText::tr("%1 \u00D7 %2").arg(words, numberText(noticed.count)) : words;
}

// The hardest first; of what was only counted, orders to a model and what was taken out.
int weightOf(const Noticed& noticed)
{
    if (noticed.action != ProtectAction::Observe)
        return int(noticed.action) + 2;
    return isOrder(noticed) ? 2 : isRemoval(noticed) ? 1 : 0;
}

}

StateWords noticedWords(const Noticed& noticed, const Entities& known)
{
    const QString words = timesWords(noticed, known);
    // A removal says in its own words what became of it.
    if (isRemoval(noticed))
        return {State::warning, words};
    const StateWords action = actionWords(noticed.action);
    const bool isQuiet = noticed.action == ProtectAction::Observe;
    return {isQuiet && isOrder(noticed) ? State::warning : action.state,
        NoticedText::tr("%1, %2").arg(words, action.words.toLower())};
}

NoticedSummary noticedSummary(const std::vector<Noticed>& noticed, const Entities& known)
{
    std::vector<Noticed> sorted = noticed;
    std::ranges::stable_sort(sorted, std::ranges::greater{}, weightOf);
    NoticedSummary summary;
    QStringList counted;
    for (const Noticed& each : sorted) {
        if (isTelling(each))
            summary.telling.push_back(noticedWords(each, known));
        else
            counted << timesWords(each, known);
    }
    summary.counted = counted.join(QStringLiteral(", "));
    return summary;
}

QString noticedLine(const std::vector<Noticed>& noticed, const Entities& known)
{
    const NoticedSummary summary = noticedSummary(noticed, known);
    QStringList parts;
    for (const StateWords& words : summary.telling)
        parts << words.words;
    if (!summary.counted.isEmpty())
        parts << NoticedText::tr("only counted: %1").arg(summary.counted);
    return parts.join(QStringLiteral("; "));
}

}
