#pragma once

#include <vector>

namespace ephor::ui {

/// What a column would like, in pixels.
struct FittedColumn {
    int column = 0;
    int words = 0; ///< so that its words and its heading are whole
    int all = 0; ///< with the grey words beside them; at least `words`
    bool takesRest = false; ///< gets what is left over
    bool mayShrink = false; ///< words can be cut; figures cannot
};

/// The widths, in the order given, for a table `room` pixels wide. Where the room is short the grey words give way in
/// proportion, then the longest columns of words are cut to one length, never below `narrowestColumn`. Where it is wide
/// the column that takes the rest grows by `widestGap` beyond its words, and what is left all columns share.
std::vector<int> fittedWidths(const std::vector<FittedColumn>& columns, int room);

constexpr int narrowestColumn = 64;
/// A wider gap and the eye loses the row between a name and its figures.
constexpr int widestGap = 200;

}
