#pragma once

#include "core/api/insight.h"
#include "ui/kit/card.h"

#include <QDateTime>

namespace ephor::ui {
class ItemList;
class Label;
class LoadView;
}

namespace ephor::ui::home {

/// What changed since the last visit, newest first.
class ChangedCard : public Card {
    Q_OBJECT

public:
    explicit ChangedCard(QWidget* parent = nullptr);

    LoadView* view() const { return m_view; }
    void setChanged(const WhatChanged::Response& changed, const QDateTime& now);

Q_SIGNALS:
    void opened(const QString& route);

private:
    ItemList* m_list;
    LoadView* m_view;
    Label* m_visit;
};

}
