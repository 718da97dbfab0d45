#pragma once

#include <QList>
#include <QModelIndex>
#include <QString>

class QAbstractItemModel;

namespace ephor::ui {

/// The chosen rows as tab-separated text with a header line, as spreadsheets take it. Tabs and line ends inside a cell
/// become spaces; a cell that a spreadsheet would run as a formula gets an apostrophe before it.
QString rowsAsTsv(const QAbstractItemModel& model, QList<int> rows, const QList<int>& columns);

}
