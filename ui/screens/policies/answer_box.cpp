#include "ui/screens/policies/answer_box.h"

#include "ui/bridge/protection_words.h"
#include "ui/bridge/values.h"
#include "ui/kit/field.h"
#include "ui/kit/select.h"
#include "ui/library/form_parts.h"

#include <QHBoxLayout>
#include <QVBoxLayout>
#include <utility>

namespace ephor::ui::policies {

namespace {

constexpr std::uint64_t wholeAnswer = 100;

// An answer cannot wait for a person, so that asking is not offered. Where it stands in a body it is shown as what it
// is.
void fillAnswerModes(Select* select)
{
    for (const FlowMode mode : {FlowMode::Off, FlowMode::Observe, FlowMode::Deny})
        select->addItem(answerModeWords(mode), int(mode));
}

void chooseAnswerMode(Select* select, FlowMode mode)
{
    if (select->findData(int(mode)) < 0)
        select->addItem(answerModeWords(mode), int(mode));
    select->setCurrentIndex(select->findData(int(mode)));
}

QHBoxLayout* besideEachOther(FormRow* left, FormRow* right)
{
    auto* pair = new QHBoxLayout;
    pair->setSpacing(metrics::gap);
    pair->addWidget(left, 1, Qt::AlignTop);
    pair->addWidget(right, 1, Qt::AlignTop);
    return pair;
}

}

AnswerBox::AnswerBox(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(metrics::space12);
    makeFields();
    connect(m_grounded, &QLineEdit::textChanged, this, &AnswerBox::edited);
    for (Select* select : {m_ungrounded, m_judge, m_marker})
        connect(select, &QComboBox::currentIndexChanged, this, &AnswerBox::edited);
    setFocusProxy(m_grounded);
}

void AnswerBox::makeFields()
{
    m_grounded = new TextField(tr("How much of an answer tools must bear out, in percent"), this);
    m_grounded->setPlaceholderText(QStringLiteral("0"));
    m_ungrounded = new Select(tr("An answer below that"), this);
    fillAnswerModes(m_ungrounded);
    m_judge = new Select(tr("Judge of what words leave in doubt"), this);
    m_judge->addItem(tr("No judge: the words decide"), QString());
    auto* rows = static_cast<QVBoxLayout*>(layout());
    rows->addLayout(besideEachOther(
        new FormRow(tr("How much of an answer tools must bear out, in percent"), m_grounded,
            tr("Of its telling sentences. One is borne out when a tool's result has most of its words and every number "
               "in it: an overlap, not an understanding. 0 measures nothing."),
            this),
        new FormRow(tr("An answer below that"), m_ungrounded,
            tr("A refused answer is held back until its end. An answer cannot wait for a person: \u201Cask\u201D "
               "refuses it."),
            this)));
    m_marker = new Select(tr("A call or an answer that gives the prompt away"), this);
    fillAnswerModes(m_marker);
    rows->addLayout(besideEachOther(
        new FormRow(tr("Judge of what words leave in doubt"), m_judge,
            tr("A model that is asked once about the sentences which share too few words with what tools returned. It "
               "costs a call, and its release pins it. Where it does not answer, the doubts stand."),
            this),
        new FormRow(tr("A call or an answer that gives the prompt away"), m_marker,
            tr("Each run's prompt carries a marker that nobody can guess. Whatever holds it has copied from the "
               "prompt: somebody talked the model into showing it. \u201CAsk\u201D stops it too."),
            this)));
}

void AnswerBox::loadModels()
{
    ListDefinitions::Request ask;
    ask.kind = DefinitionKind::Model;
    m_askModels.request<ListDefinitions>(this, m_session, ask, [this](Result<ListDefinitions::Response> answer) {
        if (!answer)
            return; // The judge that is chosen stands in the list all the same.
        const QString chosen = m_judge->currentData().toString();
        const QSignalBlocker quiet(m_judge);
        while (m_judge->count() > 1)
            m_judge->removeItem(1);
        for (const DefinitionSummary& model : answer->definitions)
            m_judge->addItem(text(model.name), text(model.name));
        chooseJudge(chosen);
    });
}

void AnswerBox::chooseJudge(const QString& model)
{
    if (m_judge->findData(model) < 0)
        m_judge->addItem(model, model);
    m_judge->setCurrentIndex(m_judge->findData(model));
}

void AnswerBox::show(const ProtectionBody& body)
{
    if (!std::exchange(m_asksModels, true))
        loadModels();
    m_grounded->setText(body.grounded == 0 ? QString() : QString::number(body.grounded));
    chooseAnswerMode(m_ungrounded, body.ungrounded);
    chooseAnswerMode(m_marker, body.marker);
    chooseJudge(text(body.judge));
}

void AnswerBox::read(ProtectionBody& body, QString& problem) const
{
    const QString typed = m_grounded->text().trimmed();
    bool isNumber = true;
    body.grounded = typed.isEmpty() ? 0 : typed.toULongLong(&isNumber);
    if (!isNumber || body.grounded > wholeAnswer)
        problem = tr("How much of an answer tools must bear out is a whole number from 0 to 100.");
    body.ungrounded = FlowMode(m_ungrounded->currentData().toInt());
    body.marker = FlowMode(m_marker->currentData().toInt());
    body.judge = utf8(m_judge->currentData().toString());
}

}
