#pragma once

#include "core/base/error.h"
#include "ui/models/page_window.h"

#include <QAbstractTableModel>
#include <QStringList>

namespace ephor::ui {

/// What a paged model needs of QObject: signals cannot be in a template.
class PagedTableBase : public QAbstractTableModel {
    Q_OBJECT

public:
    explicit PagedTableBase(const QStringList& titles, QObject* parent);

    int columnCount(const QModelIndex& parent = {}) const final;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const final;
    /// The stable key of a loaded row; empty where it is not here yet.
    virtual QString keyAt(int row) const = 0;
    /// Among the loaded rows; -1 where it is not here.
    virtual int rowOfKey(const QString& key) const = 0;

Q_SIGNALS:
    /// Rows `first` to `last` are here now.
    void pageArrived(int first, int last);
    /// Rows may have moved: whoever keeps a selection by row finds it again by key.
    void rowsMoved();
    /// The number of rows to tell people, and whether it is exact. Nothing known: no call.
    void totalChanged(quint64 total, bool exact);
    /// Whether something is being fetched.
    void loadingChanged(bool loading);
    void failed(const ephor::Error& error);

protected:
    QStringList m_titles;
};

}
