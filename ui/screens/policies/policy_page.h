#pragma once

#include "core/api/policies.h"
#include "core/domain/change.h"
#include "ui/library/form_page.h"

#include <QPlainTextEdit>
#include <QTimer>

namespace ephor::ui {
class ProblemList;
}

namespace ephor::ui::policies {

class CasesBox;
class PolicyEditor;
class PolicySide;

/// A policy: its rules as text, checked while it is typed, its cases, whether it is enforced or only observed.
class PolicyPage : public library::FormPage<PolicyBody, SavePolicy> {
    Q_OBJECT

public:
    PolicyPage(ScreenContext& context, QWidget* parent);

    /// The policy as it is typed now; nothing where it cannot be read.
    std::optional<DraftPolicy> draft() const;
    void complete();
    void writeByForm();
    void adopt();

Q_SIGNALS:
    /// What is typed, to be tried or backtested beside what is in force.
    void tryWanted(const ephor::DraftPolicy& draft);
    void backtestWanted(const ephor::DraftPolicy& draft);

protected:
    void write(const PolicyBody& body) override;
    std::optional<PolicyBody> read(QString& problem) const override;
    Result<PolicyBody> bodyOf(const DefinitionVersion& version) const override;
    QString jsonOf(const PolicyBody& body) const override;
    QString textOf(const DefinitionVersion& version) const override;
    QString whyNotSave() const override;
    void typedOn() override;
    void versionsKnown() override;

private:
    QWidget* makeEditor();
    QWidget* makeBelow();
    void check();
    void showChecked(const CheckPolicy::Response& checked);
    void showProblems();
    void showMode();
    void proposeFor(const QString& agent, const QString& title, const std::vector<ChangeItem>& items);

    TextField* m_title = nullptr;
    QPlainTextEdit* m_description = nullptr;
    Segmented* m_mode = nullptr;
    Label* m_modeNote = nullptr;
    PolicyEditor* m_editor = nullptr;
    CasesBox* m_cases = nullptr;
    PolicySide* m_side = nullptr;
    ProblemList* m_problemList = nullptr;
    QTimer m_pause;
    Latest m_askCheck;
    std::vector<Problem> m_problems;
    QString m_notChecked; ///< why the text could not be checked
};

/// As a difference shows it: the text, then what else is said.
QString policyText(const PolicyBody& body);

}
