#pragma once

#include <QString>
#include <QVector>
#include <optional>

namespace ephor::ui {

/// How well a text fits what was typed, and where.
struct FuzzyMatch {
    int score = 0; ///< higher is better
    QVector<int> positions; ///< matched characters of the text, ascending
};

/// Matches all letters of `typed` in order, ignoring case. Starts of words, runs of letters and early matches score
/// higher, and whole words highest. Nothing where a letter is missing. An empty `typed` fits with score 0.
std::optional<FuzzyMatch> fuzzyMatch(const QString& typed, const QString& text);

}
