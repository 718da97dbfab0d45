#pragma once

#include "core/api/policies.h"
#include "ui/bridge/request.h"
#include "ui/kit/dialogs.h"

namespace ephor::ui {
class InlineError;
class Segmented;
class Select;
}

namespace ephor::ui::policies {

/// Keeps a tried call as a case of a policy: a new version of it with one case more.
class SaveCaseDialog : public Dialog {
    Q_OBJECT

public:
    /// `policy` is chosen first; may be empty.
    SaveCaseDialog(Session& session, PolicyCase tried, const QString& policy, QWidget* parent);

Q_SIGNALS:
    void savedInto(const QString& policy, quint64 version);

private:
    void judge();
    void act();
    void failed(const Error& error);

    Session& m_session;
    PolicyCase m_case;
    Select* m_policy;
    TextField* m_name;
    Segmented* m_expect;
    InlineError* m_error;
    Button* m_act = nullptr;
};

}
