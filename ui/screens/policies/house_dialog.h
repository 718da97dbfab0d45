#pragma once

#include "core/api/policies.h"
#include "ui/bridge/request.h"
#include "ui/kit/dialogs.h"
#include "ui/screens/policies/house_rows.h"

#include <QTimer>
#include <optional>

namespace ephor::ui {
struct ScreenContext;
class InlineError;
class Segmented;
}

namespace ephor::ui::policies {

class BacktestBox;
class PolicyEditor;

/// Adds a forbid over every agent, or lets one that only observes bind. What it would have met stands before the act.
class HouseDialog : public Dialog {
    Q_OBJECT

public:
    /// With a standing rule that observes: only the step to enforcing it.
    HouseDialog(ScreenContext& context, std::optional<StandingRule> observed, QWidget* parent);

Q_SIGNALS:
    void added(const QString& name, ephor::RuleMode mode);

private:
    void makeFields();
    RuleMode mode() const;
    void typed();
    void check();
    void judge();
    QString whyNot() const;
    void act();

    Session& m_session;
    std::optional<StandingRule> m_observed;
    QTimer m_pause;
    Latest m_asked;
    QString m_wrong; ///< what the text gets wrong; empty: nothing known
    bool m_isChecked = false;
    bool m_meetsCalls = true; ///< the text has a rule over calls, so that recorded ones can be looked at
    QString m_seen; ///< the text whose backtest was seen
    TextField* m_name;
    PolicyEditor* m_text;
    Segmented* m_mode;
    Label* m_modeNote;
    Label* m_says;
    BacktestBox* m_box;
    ReasonPicker* m_reason;
    InlineError* m_error;
    Button* m_act = nullptr;
};

}
