#include "ui/kit/column_fit.h"

#include <algorithm>

namespace ephor::ui {

namespace {

/// The longest length of a column of words with which all columns fit.
int cutLength(const std::vector<FittedColumn>& columns, int room)
{
    int low = narrowestColumn;
    int high = std::max(narrowestColumn, room);
    while (low < high) {
        const int middle = (low + high + 1) / 2;
        int taken = 0;
        for (const FittedColumn& column : columns)
            taken += column.mayShrink ? std::min(column.words, middle) : column.words;
        if (taken <= room)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

void giveRest(const std::vector<FittedColumn>& columns, std::vector<int>& widths, int rest)
{
    const int taking = static_cast<int>(
        std::count_if(columns.begin(), columns.end(), [](const auto& one) { return one.takesRest; }));
    const int gap = taking > 0 ? std::min(rest / taking, widestGap) : 0;
    rest -= gap * taking;
    // What no column is there for, all share, so that rows reach the edge and no column looks forgotten.
    const int share = rest / static_cast<int>(columns.size());
    for (std::size_t at = 0; at < columns.size(); ++at)
        widths[at] += share + (columns[at].takesRest ? gap : 0);
    widths.back() += rest - share * static_cast<int>(columns.size());
}

}

std::vector<int> fittedWidths(const std::vector<FittedColumn>& columns, int room)
{
    std::vector<int> widths;
    if (columns.empty())
        return widths;
    int words = 0;
    int all = 0;
    for (const FittedColumn& column : columns) {
        words += column.words;
        all += column.all;
    }
    if (words > room) {
        const int longest = cutLength(columns, room);
        for (const FittedColumn& column : columns)
            widths.push_back(column.mayShrink ? std::min(column.words, longest) : column.words);
        words = 0;
        for (const int width : widths)
            words += width;
        if (words < room)
            giveRest(columns, widths, room - words);
        return widths;
    }
    if (all > room) {
        for (const FittedColumn& column : columns)
            widths.push_back(column.words + (column.all - column.words) * (room - words) / std::max(1, all - words));
        return widths;
    }
    for (const FittedColumn& column : columns)
        widths.push_back(column.all);
    giveRest(columns, widths, room - all);
    return widths;
}

}
