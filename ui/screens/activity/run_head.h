#pragma once

#include "core/api/audit.h"
#include "core/api/runs.h"
#include "ui/bridge/route.h"
#include "ui/kit/card.h"

#include <QDateTime>
#include <optional>

namespace ephor::ui {
class Banner;
class Button;
class FactGrid;
class Label;
class StatusBadge;
}

namespace ephor::ui::activity {

/// The first card of a run's page: what happened in three sentences, and the facts.
class RunHead : public Card {
    Q_OBJECT

public:
    explicit RunHead(QWidget* parent = nullptr);

    void setRun(const GetRun::Response& answer, const std::optional<RecordStatus>& record, const QDateTime& now);
    /// The views of the run, as the lower edge of the card.
    void addTabs(QWidget* tabs);
    /// The run can be ended by this person where `whyNot` is empty; else that is the tooltip of a disabled button.
    void setCancel(const QString& whyNot);
    void showProblem(const QString& strong, const QString& text);

Q_SIGNALS:
    void navigate(const ephor::ui::Route& route);
    void exportWanted();
    void cancelWanted();

private:
    void fillMarks(const GetRun::Response& answer);
    void fillFacts(const GetRun::Response& answer, const std::optional<RecordStatus>& record, const QDateTime& now);
    Label* addWhole(const QString& label, const QString& value, const QString& note);
    QWidget* linkTo(const QString& words, const Route& route, const QString& toolTip);

    StatusBadge* m_state;
    Label* m_recorded;
    Button* m_cancel;
    Banner* m_banner;
    Label* m_what;
    Label* m_why;
    Label* m_took;
    QHBoxLayout* m_marks;
    Label* m_read;
    FactGrid* m_facts;
    Route m_bannerRoute;
};

}
