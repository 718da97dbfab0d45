#pragma once

#include "core/domain/definition.h"
#include "ui/kit/dialogs.h"

namespace ephor::ui {
class InlineError;
class Segmented;
class Session;
}

namespace ephor::ui::policies {

class CallForm;

/// One case of a policy: a call, and the verdict that it must get.
class CaseDialog : public Dialog {
    Q_OBJECT

public:
    CaseDialog(Session& session, const PolicyCase& shown, QWidget* parent);

Q_SIGNALS:
    void chosen(const ephor::PolicyCase& chosen);

private:
    void take();

    TextField* m_name;
    CallForm* m_call;
    Segmented* m_expect;
    Label* m_problem;
};

/// The order of the answers in a row of choices.
int expectIndex(const std::string& word);
std::string expectWord(int index);

}
