#pragma once

#include "core/api/changes.h"
#include "ui/bridge/route.h"
#include "ui/kit/state.h"

#include <QDateTime>
#include <QWidget>

class QVBoxLayout;

namespace ephor::ui {
class Banner;
class Button;
class Card;
class CellsModel;
class DataTable;
class KeyValueList;
class Label;
class ReasonPicker;
class StatusBadge;
}

namespace ephor::ui::inbox {

/// What a change asks, in short. It is decided on its own page, where its difference is; only ratifying is done here.
class ChangePage : public QWidget {
    Q_OBJECT

public:
    explicit ChangePage(QWidget* parent = nullptr);

    /// Whether this change waits to be ratified by the person.
    enum class Ratify { no, yes };
    void setChange(const GetChange::Response& change, Ratify ratify, const QDateTime& now);
    /// After the act: what came of it, in place.
    void showResult(State state, const QString& words, const QString& detail);
    /// Ratifying is under way.
    void setBusy();

Q_SIGNALS:
    void navigate(const ephor::ui::Route& route);
    void ratified(const QString& reason);

private:
    QWidget* makeHead();
    QWidget* makeRatify();

    QString m_id;
    Label* m_title = nullptr;
    Label* m_subtitle = nullptr;
    StatusBadge* m_state = nullptr;
    Label* m_description = nullptr;
    KeyValueList* m_items = nullptr;
    CellsModel* m_checks = nullptr;
    Card* m_checksCard = nullptr;
    Card* m_ratify = nullptr;
    Banner* m_result = nullptr;
    ReasonPicker* m_reason = nullptr;
    Button* m_act = nullptr;
};

/// "prompt refunds, v41 to v42" and "payments.send: allow becomes ask", a line each. Pure.
QStringList changeLines(const Change& change);

}
