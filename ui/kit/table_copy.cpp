#include "ui/kit/table_copy.h"

#include "ui/kit/cell.h"

#include <QAbstractItemModel>
#include <algorithm>

namespace ephor::ui {

namespace {

QString safeCell(QString text)
{
    for (const QChar breaking : {QLatin1Char('\t'), QLatin1Char('\n'), QLatin1Char('\r')})
        text.replace(breaking, QLatin1Char(' '));
    // A pasted cell that starts like a formula would be run by the spreadsheet; plain negative numbers are safe.
    if (!text.isEmpty() && QStringLiteral("=+-@").contains(text[0])) {
        bool isNumber = false;
        QString digits = text;
        digits.remove(QLatin1Char(',')).toDouble(&isNumber);
        if (!isNumber)
            text.prepend(QLatin1Char('\''));
    }
    return text;
}

}

QString rowsAsTsv(const QAbstractItemModel& model, QList<int> rows, const QList<int>& columns)
{
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    QStringList lines;
    QStringList cells;
    for (const int column : columns)
        cells << safeCell(model.headerData(column, Qt::Horizontal).toString());
    lines << cells.join(QLatin1Char('\t'));
    for (const int row : rows) {
        cells.clear();
        for (const int column : columns) {
            const QModelIndex index = model.index(row, column);
            const QVariant own = index.data(CellRole::copyText);
            cells << safeCell(own.isValid() ? own.toString() : index.data().toString());
        }
        lines << cells.join(QLatin1Char('\t'));
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

}
