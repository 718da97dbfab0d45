#pragma once

#include <QObject>

namespace ephor::ui {

class DataTable;

/// Rows as high as their longest words need, so that a small table cuts no sentence: up to eight lines a cell, the grey
/// words below where they have no room beside. A table of more than `mostWrappedRows` rows keeps rows of one line.
class WrappedRows : public QObject {
    Q_OBJECT

public:
    /// Belongs to the table, and follows its model and the widths of its columns.
    explicit WrappedRows(DataTable* table);

    static bool areIn(const DataTable& table);
    /// For the table, when all its rows were given one height.
    static void fitAgain(const DataTable& table);

private:
    void watch();
    void fitSoon();
    void fit();

    DataTable* m_table;
    const QObject* m_watched = nullptr;
    bool m_willFit = false;
};

constexpr int mostWrappedRows = 500; ///< measuring more would be felt with every change of a width
constexpr int mostCellLines = 8; ///< a longer text is read elsewhere

}
