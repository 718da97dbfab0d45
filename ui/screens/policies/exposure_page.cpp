#include "ui/screens/policies/exposure_page.h"

#include "ui/bridge/exposure_gauge.h"
#include "ui/bridge/load_view.h"
#include "ui/bridge/values.h"
#include "ui/kit/button.h"
#include "ui/kit/card.h"
#include "ui/kit/empty_state.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/label.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

namespace ephor::ui::policies {

namespace {

constexpr int exposureWordsWidth = 300;

}

ExposurePage::ExposurePage(Screen& screen, QWidget* parent)
    : QWidget(parent)
    , m_screen(screen)
{
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(metrics::contentPadding, 0, metrics::contentPadding, metrics::contentPadding);
    auto* card = new Card(tr("Rule of two"), Card::Padding::none, this);
    card->setSubtitle(tr("strangers' text, sensitive data, acts: two at most without a person"));
    m_summary = new Label({}, TextStyle::small, Token::textSecondary, card);
    card->addTrailing(m_summary);
    auto* area = new QScrollArea(card);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list = new QWidget(area);
    m_rows = new QVBoxLayout(m_list);
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(0);
    m_rows->addStretch(1);
    area->setWidget(m_list);
    m_list->setAutoFillBackground(false);
    area->viewport()->setAutoFillBackground(false);
    auto* content = new QWidget(card);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_warning = new Banner(State::warning, tr("All three together:"),
        tr("a stranger's text could talk the agent into handing sensitive data out. Have a person asked before it "
           "acts, "
           "or take one away."),
        content);
    m_warning->hide();
    column->addWidget(m_warning);
    column->addWidget(area, 1);
    m_view = new LoadView(content, 6, card);
    connect(m_view, &LoadView::retryRequested, this, &ExposurePage::load);
    card->setBody(m_view);
    outer->addWidget(card);
}

void ExposurePage::load()
{
    m_view->beginAgain();
    m_read.request<ReadExposure>(this, m_screen.session(), {}, [this](Result<ReadExposure::Response> answer) {
        if (!answer)
            return m_view->showError(answer.error());
        m_agents = std::move(answer->agents);
        // Those that have all three come first.
        std::ranges::stable_sort(m_agents, std::ranges::greater{}, exposureCount);
        show();
    });
}

void ExposurePage::show()
{
    while (m_rows->count() > 1)
        delete m_rows->takeAt(0)->widget();
    const auto all = std::uint64_t(std::ranges::count(m_agents, 3, exposureCount));
    m_summary->setText(
        all == 0 ? QString() : counted(all, tr("1 agent has all three"), tr("%1 agents have all three")));
    if (m_agents.empty()) {
        auto* none = new EmptyState(EmptyState::Kind::firstUse, tr("No agent is in production yet"),
            tr("An agent that reads what strangers wrote, reaches sensitive data and can act on it can be talked into "
               "handing it out. With two of the three that cannot happen. Agents show here once they are released."),
            tr("Open the agents"));
        connect(none, &EmptyState::actionTriggered, this, [this] { Q_EMIT navigate(Route{QStringLiteral("agents")}); });
        return m_view->showInstead(none, m_screen.now());
    }
    m_warning->setVisible(all > 0);
    for (const AgentExposure& agent : m_agents)
        m_rows->insertWidget(m_rows->count() - 1, makeAgent(agent));
    m_view->showContent(m_screen.now());
}

QWidget* ExposurePage::makeAgent(const AgentExposure& agent)
{
    auto* section = new Section({}, m_list);
    auto* columns = new QHBoxLayout;
    columns->setSpacing(metrics::space16);
    auto* words = new QVBoxLayout;
    words->setSpacing(metrics::space4);
    words->setContentsMargins(0, 0, 0, 0);
    const QString name = text(agent.agent);
    auto* title = new LinkLabel(agent.title.empty() ? name : text(agent.title), section);
    title->setTextStyle(TextStyle::strong);
    connect(title, &QAbstractButton::clicked, this, [this, name] { Q_EMIT navigate(routes::agent(name)); });
    words->addWidget(title, 0, Qt::AlignLeft);
    // What all three mean stands above the list, once.
    const QString said = exposureCount(agent) == 3 ? tr("All three.") : exposureSentence(agent);
    for (const QString& line : {said,
             agent.protection.empty() ? tr("Guarded by the standard protection.")
                                      : tr("Guarded by %1.").arg(text(agent.protection))}) {
        auto* label = new Label(line, TextStyle::small, Token::textSecondary, section);
        label->setOverflow(Label::Overflow::wrap);
        words->addWidget(label);
    }
    words->addStretch(1);
    auto* left = new QWidget(section);
    left->setLayout(words);
    left->setFixedWidth(exposureWordsWidth);
    columns->addWidget(left);
    auto* gauge = new ExposureGauge(Qt::Vertical, section);
    gauge->setExposure(agent);
    columns->addWidget(gauge, 1, Qt::AlignTop);
    section->body()->addLayout(columns);
    return section;
}

}
