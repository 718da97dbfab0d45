#pragma once

#include "ui/models/paged_table_base.h"

#include <QObject>

class QAbstractItemView;

namespace ephor::ui {

/// Keeps the chosen row of a view by its key while the rows of a paged model move, are forgotten and come back.
/// Make it after the view has its model.
class KeepSelection : public QObject {
    Q_OBJECT

public:
    KeepSelection(QAbstractItemView* view, PagedTableBase* model);

    QString key() const { return m_key; }
    /// Chooses that row now, or when its page comes. An empty key chooses nothing.
    void setKey(const QString& key);

Q_SIGNALS:
    /// Another row was chosen by the person; not told when the same one moved.
    void keyChanged(const QString& key);

private:
    void find();
    void take();

    QAbstractItemView* m_view;
    PagedTableBase* m_model;
    QString m_key;
    bool m_finding = false;
};

}
