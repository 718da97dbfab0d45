#include "ui/models/keep_selection.h"

#include <QAbstractItemView>
#include <QItemSelectionModel>

namespace ephor::ui {

KeepSelection::KeepSelection(QAbstractItemView* view, PagedTableBase* model)
    : QObject(view)
    , m_view(view)
    , m_model(model)
{
    connect(view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &KeepSelection::take);
    connect(model, &PagedTableBase::pageArrived, this, &KeepSelection::find);
    connect(model, &PagedTableBase::rowsMoved, this, &KeepSelection::find);
    connect(model, &QAbstractItemModel::modelReset, this, &KeepSelection::find);
}

void KeepSelection::setKey(const QString& key)
{
    m_key = key;
    if (key.isEmpty())
        m_view->selectionModel()->clear();
    else
        find();
}

void KeepSelection::find()
{
    if (m_key.isEmpty())
        return;
    const int row = m_model->rowOfKey(m_key);
    if (row < 0 || row == m_view->currentIndex().row())
        return;
    m_finding = true;
    m_view->selectionModel()->setCurrentIndex(
        m_model->index(row, 0), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_finding = false;
}

void KeepSelection::take()
{
    if (m_finding)
        return;
    const QString key = m_model->keyAt(m_view->currentIndex().row());
    if (key.isEmpty() || key == m_key)
        return;
    m_key = key;
    Q_EMIT keyChanged(key);
}

}
