#pragma once

#include "ui/bridge/protection_words.h"

#include <QStringList>

/// Words for what was found in a text, without the text. Pure.
namespace ephor::ui {

/// "Card number × 2, masked".
StateWords noticedWords(const Noticed& noticed, const Entities& known);

/// What was found in one text: what was changed, taken out or gives orders by itself; what was only counted together.
struct NoticedSummary {
    std::vector<StateWords> telling;
    QString counted; ///< "Date or time × 4, Person × 2"; empty: nothing
};
NoticedSummary noticedSummary(const std::vector<Noticed>& noticed, const Entities& known);
/// All of it on one line, the telling first; empty without.
QString noticedLine(const std::vector<Noticed>& noticed, const Entities& known);

}
