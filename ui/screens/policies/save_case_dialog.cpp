#include "ui/screens/policies/save_case_dialog.h"

#include "ui/bridge/definition_words.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/field.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/segmented.h"
#include "ui/kit/select.h"
#include "ui/screens/policies/case_dialog.h"

#include <QVBoxLayout>

namespace ephor::ui::policies {

SaveCaseDialog::SaveCaseDialog(Session& session, PolicyCase tried, const QString& policy, QWidget* parent)
    : Dialog(tr("Save as a case"),
          tr("The call becomes a regression test of a policy: every later edit of it is held to this verdict."), parent)
    , m_session(session)
    , m_case(std::move(tried))
    , m_policy(new Select(tr("Policy"), this))
    , m_name(new TextField(tr("Name"), this))
    , m_expect(new Segmented(tr("Must come out as"), {tr("Allow"), tr("Ask"), tr("Deny")}, this))
    , m_error(new InlineError({}, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    m_name->setText(tr("%1 calls %2").arg(text(m_case.agent), text(m_case.tool)));
    m_name->setMaxLength(512);
    m_expect->setCurrent(expectIndex(m_case.expect));
    body()->addWidget(new FormRow(tr("Policy"), m_policy));
    body()->addWidget(new FormRow(tr("Name"), m_name));
    body()->addWidget(new FormRow(tr("Must come out as"), m_expect));
    body()->addWidget(m_error);
    m_error->hide();
    Button* cancel = addButton(tr("Cancel"), Button::Role::secondary);
    m_act = addButton(tr("Save the case"), Button::Role::primary);
    m_act->setObjectName(QStringLiteral("save-case"));
    connect(cancel, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(m_act, &QAbstractButton::clicked, this, &SaveCaseDialog::act);
    connect(m_error, &InlineError::retryRequested, this, &SaveCaseDialog::act);
    connect(m_name, &QLineEdit::textChanged, this, &SaveCaseDialog::judge);
    judge();
    request<ListDefinitions>(
        this, m_session, {DefinitionKind::Policy, false}, [this, policy](Result<ListDefinitions::Response> answer) {
            if (!answer)
                return failed(answer.error());
            for (const DefinitionSummary& each : answer->definitions)
                m_policy->addItem(text(each.name), text(each.name));
            m_policy->setCurrentIndex(std::max(0, m_policy->findData(policy)));
            judge();
        });
}

void SaveCaseDialog::judge()
{
    const QString whyNot = m_policy->currentIndex() < 0 ? tr("There is no policy yet: write one first.")
        : m_name->text().trimmed().isEmpty()            ? tr("Give the case a name.")
                                                        : QString();
    m_act->setEnabled(whyNot.isEmpty());
    m_act->setToolTip(whyNot);
}

void SaveCaseDialog::act()
{
    m_error->hide();
    m_act->setEnabled(false);
    m_case.name = utf8(m_name->text().trimmed());
    m_case.expect = expectWord(m_expect->current());
    const Name policy = utf8(m_policy->currentData().toString());
    request<GetDefinition>(
        this, m_session, {DefinitionKind::Policy, policy, 0}, [this, policy](Result<DefinitionVersion> answer) {
            if (!answer)
                return failed(answer.error());
            auto body = policyBody(answer->body);
            if (!body)
                return failed(body.error());
            body->cases.push_back(m_case);
            SavePolicy::Request ask;
            ask.name = policy;
            ask.body = std::move(*body);
            ask.message = utf8(tr("Case: %1").arg(text(m_case.name)));
            ask.expectedVersion = answer->version.number;
            request<SavePolicy>(this, m_session, std::move(ask), [this](Result<SavePolicy::Response> saved) {
                if (!saved)
                    return failed(saved.error());
                Q_EMIT savedInto(text(saved->saved.name), saved->saved.version);
                accept();
            });
        });
}

void SaveCaseDialog::failed(const Error& error)
{
    m_error->setError(errorText(error));
    m_error->show();
    judge();
}

}
