#include "ui/screens/policies/case_dialog.h"

#include "ui/bridge/values.h"
#include "ui/kit/field.h"
#include "ui/kit/label.h"
#include "ui/kit/segmented.h"
#include "ui/screens/policies/call_form.h"

#include <QScrollArea>
#include <QVBoxLayout>
#include <array>

namespace ephor::ui::policies {

namespace {

constexpr int caseDialogWidth = 560;
constexpr int caseFormTall = 400;
constexpr std::array expectations{"allow", "ask", "deny"};

}

int expectIndex(const std::string& word)
{
    const auto found = std::ranges::find(expectations, word);
    return found == expectations.end() ? int(expectations.size()) - 1 : int(found - expectations.begin());
}

std::string expectWord(int index)
{
    return expectations[std::size_t(std::clamp(index, 0, int(expectations.size()) - 1))];
}

CaseDialog::CaseDialog(Session& session, const PolicyCase& shown, QWidget* parent)
    : Dialog(tr("Case"),
          tr("A call that nobody makes, and the verdict it must get. An edit of the rules is held to it."), parent)
    , m_name(new TextField(tr("Name"), this))
    , m_call(new CallForm(session, CallForm::Claim::left, this))
    , m_expect(new Segmented(tr("Must come out as"), {tr("Allow"), tr("Ask"), tr("Deny")}, this))
    , m_problem(new Label({}, TextStyle::small, Token::error, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(caseDialogWidth);
    m_name->setText(text(shown.name));
    m_name->setPlaceholderText(tr("No payment over 1,000 at night"));
    m_name->setMaxLength(512);
    CallQuestion question;
    question.agent = shown.agent == "-" ? QString() : text(shown.agent);
    question.tool = shown.tool == "-" ? QString() : text(shown.tool);
    question.input = shown.input;
    question.person = text(shown.person);
    question.roles = shown.roles;
    question.at = shown.at;
    m_call->setQuestion(question);
    m_expect->setCurrent(expectIndex(shown.expect));
    m_problem->setOverflow(Label::Overflow::wrap);
    m_problem->hide();
    auto* area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus);
    area->setMinimumHeight(caseFormTall);
    area->setWidget(m_call);
    m_call->setAutoFillBackground(false);
    area->viewport()->setAutoFillBackground(false);
    body()->addWidget(new FormRow(tr("Name"), m_name));
    body()->addWidget(area, 1);
    body()->addWidget(new FormRow(tr("Must come out as"), m_expect));
    body()->addWidget(m_problem);
    Button* cancel = addButton(tr("Cancel"), Button::Role::secondary);
    Button* act = addButton(tr("Take the case"), Button::Role::primary);
    act->setObjectName(QStringLiteral("take-case"));
    connect(cancel, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(act, &QAbstractButton::clicked, this, &CaseDialog::take);
    m_name->setFocus();
}

void CaseDialog::take()
{
    QString problem;
    const auto question = m_call->question(problem);
    if (m_name->text().trimmed().isEmpty())
        problem = tr("Give the case a name.");
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    if (!problem.isEmpty() || !question)
        return;
    PolicyCase made;
    made.name = utf8(m_name->text().trimmed());
    made.agent = utf8(question->agent);
    made.tool = utf8(question->tool);
    made.person = utf8(question->person);
    made.roles.assign(question->roles.begin(), question->roles.end());
    made.input = question->input;
    made.at = question->at;
    made.expect = expectWord(m_expect->current());
    Q_EMIT chosen(made);
    accept();
}

}
