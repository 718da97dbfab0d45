#include "ui/screens/settings/provider_row.h"

#include "ui/bridge/definition_words.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/badge.h"
#include "ui/kit/button.h"
#include "ui/kit/chip.h"
#include "ui/kit/icon_view.h"
#include "ui/kit/label.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ephor::ui::settings {

QString providerWords(const ModelBody& body)
{
    QStringList parts{word(body.provider)};
    if (body.provider == ProviderKind::Simulated) {
        parts << ProviderRow::tr("nothing leaves this machine");
        return parts.join(QStringLiteral(" · "));
    }
    parts << (body.baseUrl.empty() ? ProviderRow::tr("no address") : text(body.baseUrl));
    if (!body.model.empty())
        parts << text(body.model);
    parts << (body.secret.empty() ? ProviderRow::tr("no secret") : text(body.secret));
    return parts.join(QStringLiteral(" · "));
}

QString testWords(const TestModel::Response& response)
{
    if (!response.ok)
        return response.problem.empty() ? ProviderRow::tr("It did not answer.") : text(response.problem);
    QStringList parts{ProviderRow::tr("Answered in %1").arg(durationText(response.latencyMicros)),
        ProviderRow::tr("%1 tokens").arg(numberText(response.tokens)), moneyText(response.cost)};
    if (response.simulated)
        parts << ProviderRow::tr("simulated");
    return parts.join(QStringLiteral(" · "));
}

ProviderRow::ProviderRow(const DefinitionSummary& model, const Session& session, QWidget* parent)
    : Section({}, parent)
    , m_name(model.name)
    , m_all(text(model.name) + u' ' + text(model.title) + u' ' + text(model.detail))
    , m_where(new Label({}, TextStyle::body, Token::textSecondary, this))
    , m_result(new StatusText(State::unknown, tr("Not tested"), TextStyle::body, this))
    , m_detail(new Label({}, TextStyle::small, Token::textMuted, this))
    , m_test(new Button(tr("Test"), Button::Role::secondary, this))
{
    auto* row = new QHBoxLayout;
    row->setSpacing(metrics::space12);
    row->addWidget(new IconView(Icon::model, Token::textSecondary, metrics::icon, this), 0, Qt::AlignTop);
    auto* words = new QVBoxLayout;
    words->setSpacing(metrics::space2);
    auto* heading = new QHBoxLayout;
    heading->setSpacing(metrics::space8);
    auto* name = new LinkLabel(text(model.title.empty() ? model.name : model.title), this);
    name->setTextStyle(TextStyle::strong);
    name->setToolTip(tr("Open in the library"));
    heading->addWidget(name);
    heading->addWidget(new Chip(versionText(model.production.value_or(model.newest)), this));
    heading->addWidget(
        new Label(model.usedBy == 1 ? tr("used by 1 agent") : tr("used by %1 agents").arg(numberText(model.usedBy)),
            TextStyle::small, Token::textMuted, this));
    heading->addStretch(1);
    words->addLayout(heading);
    m_where->setOverflow(Label::Overflow::elide);
    words->addWidget(m_where);
    auto* tested = new QHBoxLayout;
    tested->setSpacing(metrics::space8);
    m_detail->setOverflow(Label::Overflow::elide);
    tested->addWidget(m_result);
    tested->addWidget(m_detail, 1);
    words->addLayout(tested);
    row->addLayout(words, 1);
    m_test->setAccessibleName(tr("Test %1").arg(text(model.name)));
    permit(m_test, session, Permission::EditDefinitions,
        tr("Sends one short question; costs what the answer says, and is recorded"));
    row->addWidget(m_test, 0, Qt::AlignTop);
    body()->addLayout(row);
    connect(m_test, &QAbstractButton::clicked, this, &ProviderRow::testRequested);
    connect(name, &QAbstractButton::clicked, this, &ProviderRow::opened);
}

bool ProviderRow::fits(const QString& typed) const
{
    const QStringList words = typed.split(u' ', Qt::SkipEmptyParts);
    return std::all_of(
        words.begin(), words.end(), [this](const QString& one) { return m_all.contains(one, Qt::CaseInsensitive); });
}

void ProviderRow::setBody(const ModelBody& model)
{
    const QString words = providerWords(model);
    m_where->setText(words);
    m_where->setToolTip(words);
    m_all += u' ' + words;
}

void ProviderRow::setBodyError(const Error& error)
{
    m_where->setText(errorLine(error));
}

void ProviderRow::setTesting()
{
    m_test->setEnabled(false);
    m_result->setState(State::running, tr("Asking"));
    m_detail->setText({});
}

void ProviderRow::setTested(const TestModel::Response& response)
{
    m_test->setEnabled(true);
    m_result->setState(response.ok ? State::ok : State::failed, response.ok ? tr("Answers") : tr("Does not answer"));
    m_detail->setText(testWords(response));
    m_detail->setToolTip(response.answer.empty() ? QString() : tr("It said: %1").arg(text(response.answer)));
}

void ProviderRow::setTestError(const Error& error)
{
    m_test->setEnabled(true);
    m_result->setState(State::failed, tr("Not tested"));
    m_detail->setText(errorLine(error));
    m_detail->setToolTip(errorLine(error));
}

}
