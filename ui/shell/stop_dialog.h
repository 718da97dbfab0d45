#pragma once

#include "core/api/runs.h"
#include "ui/bridge/request.h"
#include "ui/kit/dialogs.h"

#include <QDateTime>

class QRadioButton;

namespace ephor::ui {

class Banner;
class InlineError;
class ReasonPicker;
class Select;

/// Stops agents or tools: what, whom, why; and lists the stops in force, each with Lift. Opened with Ctrl+. from
/// everywhere.
class StopDialog : public Dialog {
    Q_OBJECT

public:
    StopDialog(Session& session, const QDateTime& now, QWidget* parent);

    /// Whom a stop binds, in words: "every agent", "Customer refunds, tool orders.refund". Without a title the agent's
    /// name stands for it.
    static QString whom(const StopOrder& order, const QString& agentTitle);

private:
    void buildWhat();
    void buildWhom();
    void load();
    QString titleOf(const StopOrder& order) const;
    void showStops();
    void addStops();
    void refreshButton();
    void stop();
    void lift(const StopOrder& order);
    void fail(const Error& error);
    StopMode mode() const;
    bool stopsTool() const;
    QString buttonWords() const;

    Session& m_session;
    QDateTime m_now;
    QRadioButton* m_noWrites = nullptr;
    QRadioButton* m_noNewRuns = nullptr;
    QRadioButton* m_everything = nullptr;
    Select* m_agent = nullptr;
    Select* m_tool = nullptr;
    ReasonPicker* m_reason = nullptr;
    InlineError* m_error = nullptr;
    QVBoxLayout* m_inForce = nullptr;
    std::vector<StopOrder> m_orders;
    Button* m_stop = nullptr;
    Latest m_stops;
    Latest m_agents;
    Latest m_tools;
    Latest m_act;
};

}
