#pragma once

class QModelIndex;

namespace ephor::ui {

class CellDelegate;

/// Pixels that a row of `rowHeight` must have so that the words of this cell, in a column of that width, stand whole:
/// over several lines, and with the grey words below where they have no room beside. At least `rowHeight`.
int cellHeight(const CellDelegate& cells, const QModelIndex& index, int columnWidth, int rowHeight);

}
