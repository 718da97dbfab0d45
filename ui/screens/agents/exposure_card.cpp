#include "ui/screens/agents/exposure_card.h"

#include "ui/bridge/exposure_gauge.h"
#include "ui/bridge/load_view.h"
#include "ui/bridge/values.h"
#include "ui/kit/button.h"
#include "ui/kit/label.h"

#include <QVBoxLayout>
#include <algorithm>

namespace ephor::ui::agents {

namespace {

Route protectionsOf(const std::string& protection)
{
    return protection.empty() ? Route{QStringLiteral("policies"), {QStringLiteral("protection")}}
                              : routes::definition(QStringLiteral("protections"), text(protection));
}

}

ExposureCard::ExposureCard(ScreenContext& context, QWidget* parent)
    : Card(tr("Rule of two"), Padding::none, parent)
    , m_context(context)
{
    keepTitleWhole();
    auto* all = new LinkLabel(tr("Data protection"), this);
    all->setToolTip(tr("The rule of two of every agent"));
    connect(all, &QAbstractButton::clicked, this, [this] {
        Q_EMIT navigate(Route{QStringLiteral("policies"), {QStringLiteral("protection")}}.with(
            QStringLiteral("view"), QStringLiteral("exposure")));
    });
    addTrailing(all);
    m_view = new LoadView(makeContent(), 3, this);
    connect(m_view, &LoadView::retryRequested, this, &ExposureCard::load);
    setBody(m_view);
}

QWidget* ExposureCard::makeContent()
{
    auto* content = new QWidget(this);
    auto* rows = new QVBoxLayout(content);
    rows->setContentsMargins(metrics::cardPadding, metrics::space8, metrics::cardPadding, metrics::space8);
    rows->setSpacing(metrics::space8);
    m_gauge = new ExposureGauge(Qt::Vertical, content);
    m_sentence = new Label({}, TextStyle::small, Token::textSecondary, content);
    m_sentence->setOverflow(Label::Overflow::wrap);
    m_protectionLink = new LinkLabel({}, content);
    rows->addWidget(m_gauge);
    rows->addWidget(m_sentence);
    rows->addWidget(m_protectionLink, 0, Qt::AlignLeft);
    connect(
        m_protectionLink, &QAbstractButton::clicked, this, [this] { Q_EMIT navigate(protectionsOf(m_protection)); });
    return content;
}

void ExposureCard::begin(const Name& agent)
{
    m_agent = agent;
    m_ask.cancel();
    m_view->beginNew();
}

void ExposureCard::load()
{
    m_view->beginAgain();
    m_ask.request<ReadExposure>(this, m_context.session, {m_agent}, [this](Result<ReadExposure::Response> answer) {
        if (!answer)
            return m_view->showError(answer.error());
        const auto own = std::ranges::find(answer->agents, m_agent, &AgentExposure::agent);
        if (own != answer->agents.end())
            return show(*own);
        auto* none = new Label(tr("Told once the agent is in production: its release says which tools it has."),
            TextStyle::small, Token::textSecondary);
        none->setOverflow(Label::Overflow::wrap);
        none->setContentsMargins(metrics::cardPadding, metrics::space8, metrics::cardPadding, metrics::space8);
        m_view->showInstead(none, m_context.now());
    });
}

void ExposureCard::show(const AgentExposure& agent)
{
    m_protection = agent.protection;
    m_gauge->setExposure(agent);
    m_sentence->setText(exposureSentence(agent));
    m_sentence->setColor(exposureCount(agent) == 3 ? Token::badgeErrorText : Token::textSecondary);
    m_protectionLink->setText(
        agent.protection.empty() ? tr("Standard protection") : tr("Protection %1").arg(text(agent.protection)));
    m_protectionLink->setToolTip(tr("What its texts pass through"));
    m_view->showContent(m_context.now());
}

}
