#include "ui/screens/policies/cell_card.h"

#include "ui/bridge/load_view.h"
#include "ui/bridge/rule_words.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/badge.h"
#include "ui/kit/button.h"
#include "ui/kit/icon_view.h"
#include "ui/kit/key_hint.h"
#include "ui/kit/label.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"
#include "ui/screens/policies/grant_words.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>

namespace ephor::ui::policies {

namespace {

constexpr int cardWidth = 344;
constexpr int cellGap = 4;
/// A card is read at a glance; the list of rules shows them all.
constexpr std::size_t mostTextRules = 3;

/// One rule; the one that makes the cell is framed.
class StoryRuleRow : public QWidget {
public:
    StoryRuleRow(const StoryRule& rule, QWidget* parent)
        : QWidget(parent)
        , m_makes(rule.part == StoryRule::Part::makesCell)
    {
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins(metrics::space8, 6, metrics::space8, 6);
        row->setSpacing(metrics::space8);
        const Icon glyph = rule.access == ui::Access::none ? Icon::stateDenied : accessIcon(rule.access);
        auto* icon = new IconView(glyph, accessToken(rule.access), metrics::iconCell, this);
        auto* lines = new QVBoxLayout;
        lines->setSpacing(0);
        auto* upper = new QHBoxLayout;
        auto* title
            = new Label(rule.title, m_makes ? TextStyle::smallStrong : TextStyle::small, Token::textPrimary, this);
        title->setOverflow(Label::Overflow::wrap);
        upper->addWidget(title, 1);
        if (m_makes)
            upper->addWidget(new Label(QObject::tr("makes this cell"), TextStyle::smallStrong,
                rule.access == ui::Access::none ? Token::textSecondary : accessToken(rule.access), this));
        lines->addLayout(upper);
        auto* source = new Label(rule.source, TextStyle::monoSmall, Token::textSecondary, this);
        source->setOverflow(Label::Overflow::elide);
        lines->addWidget(source);
        if (!rule.limits.isEmpty()) {
            auto* limits = new Label(rule.limits, TextStyle::small, Token::textPrimary, this);
            limits->setOverflow(Label::Overflow::wrap);
            lines->addWidget(limits);
        }
        if (!rule.why.isEmpty()) {
            auto* why = new Label(rule.why, TextStyle::small, Token::textMuted, this);
            why->setOverflow(Label::Overflow::wrap);
            lines->addWidget(why);
        }
        row->addWidget(icon, 0, Qt::AlignTop);
        row->addLayout(lines, 1);
        m_fill = rule.access == ui::Access::allow ? Token::badgeOk
            : rule.access == ui::Access::ask      ? Token::badgeWarn
            : rule.access == ui::Access::deny     ? Token::badgeError
                                                  : Token::sunken;
        m_edge = rule.access == ui::Access::none ? Token::borderStrong : accessToken(rule.access);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        if (!m_makes)
            return;
        QPainter painter(this);
        paintBox(painter, QRectF(rect()), token(m_fill), token(m_edge), metrics::radiusControl);
    }

private:
    bool m_makes;
    Token m_fill = Token::sunken;
    Token m_edge = Token::borderStrong;
};

void emptyRows(QVBoxLayout* rows)
{
    while (QLayoutItem* item = rows->takeAt(0)) {
        if (item->widget()) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
}

State stateOfAccess(ui::Access access)
{
    switch (access) {
    case ui::Access::allow:
        return State::ok;
    case ui::Access::ask:
        return State::waiting;
    case ui::Access::deny:
        return State::denied;
    case ui::Access::none:
        break;
    }
    return State::neutral;
}

}

CellCard::CellCard(Session& session, QWidget* parent)
    : QFrame(parent)
    , m_session(session)
    , m_agent(new Label({}, TextStyle::strong, Token::textPrimary, this))
    , m_tool(new Label({}, TextStyle::mono, Token::textPrimary, this))
    , m_badge(new StatusBadge(State::neutral, {}, this))
    , m_staged(new Label({}, TextStyle::smallStrong, Token::textPrimary, this))
    , m_sentence(new Label({}, TextStyle::small, Token::textSecondary, this))
    , m_also(new Label({}, TextStyle::small, Token::textPrimary, this))
    , m_alsoLink(new LinkLabel(tr("Open these rules"), this))
    , m_calls(new Label({}, TextStyle::small, Token::textMuted, this))
    , m_runs(new LinkLabel(tr("Runs"), this))
    , m_edit(new LinkLabel(tr("Change"), this))
{
    setAccessibleName(tr("Why this cell is what it is"));
    setFixedWidth(cardWidth);
    setAutoFillBackground(false);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(metrics::space12, metrics::space12, metrics::space12, metrics::space8);
    outer->setSpacing(metrics::space8);
    auto* head = new QHBoxLayout;
    head->setSpacing(metrics::space4);
    m_tool->setOverflow(Label::Overflow::elide);
    head->addWidget(m_agent);
    head->addWidget(new Label(tr("on"), TextStyle::body, Token::textMuted, this));
    head->addWidget(m_tool, 1);
    head->addWidget(m_badge);
    outer->addLayout(head);
    auto* content = new QWidget(this);
    auto* rows = new QVBoxLayout(content);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(metrics::space8);
    m_sentence->setOverflow(Label::Overflow::wrap);
    m_calls->setOverflow(Label::Overflow::wrap);
    m_rules = new QVBoxLayout;
    m_rules->setSpacing(metrics::space2);
    m_staged->setOverflow(Label::Overflow::wrap);
    m_staged->hide();
    rows->addWidget(m_staged);
    rows->addWidget(m_sentence);
    rows->addLayout(m_rules);
    m_also->setOverflow(Label::Overflow::wrap);
    rows->addWidget(m_also);
    m_alsoRules = new QVBoxLayout;
    m_alsoRules->setSpacing(0);
    rows->addLayout(m_alsoRules);
    rows->addWidget(m_alsoLink, 0, Qt::AlignLeft);
    fillWritten({});
    rows->addWidget(m_calls);
    m_view = new LoadView(content, 3, this);
    outer->addWidget(m_view);
    auto* foot = new QHBoxLayout;
    foot->setSpacing(metrics::space8);
    foot->addWidget(m_runs);
    foot->addStretch(1);
    foot->addWidget(m_edit);
    foot->addWidget(new KeyHint(tr("Enter"), this));
    outer->addLayout(foot);
    connect(
        m_view, &LoadView::retryRequested, this, [this] { showFor(m_at, m_agent->text(), m_beside, m_now, m_edited); });
    connect(m_runs, &QAbstractButton::clicked, this, [this] { Q_EMIT runsWanted(text(m_at.agent), text(m_at.tool)); });
    connect(m_edit, &QAbstractButton::clicked, this, &CellCard::editWanted);
    connect(m_alsoLink, &QAbstractButton::clicked, this, [this] { Q_EMIT rulesWanted(text(m_at.agent)); });
    hide();
}

void CellCard::showFor(const CellAt& at, const QString& agentTitle, const QRect& cell, const QDateTime& now,
    const std::optional<StagedEdit>& staged)
{
    const bool isOther = at != m_at || !isVisible();
    m_at = at;
    m_beside = cell;
    m_now = now;
    m_edited = staged;
    m_staged->setVisible(staged.has_value());
    if (staged)
        m_staged->setText(staged->form
                ? tr("Staged: %1 Not in force yet.").arg(grantSentence(*staged->form, agentTitle))
                : tr("Staged: %1, was %2. Not in force yet.")
                      .arg(accessWord(matrixAccess(staged->after)), accessWord(matrixAccess(staged->before))));
    m_agent->setText(agentTitle);
    m_tool->setText(text(at.tool));
    if (isOther) {
        m_badge->hide();
        m_view->beginNew();
        place();
    }
    show();
    raise();
    ExplainGrant::Request ask;
    ask.agent = at.agent;
    ask.tool = at.tool;
    m_explained.request<ExplainGrant>(this, m_session, std::move(ask), [this](Result<ExplainGrant::Response> answer) {
        if (answer)
            fill(*answer);
        else
            m_view->showError(answer.error());
        place();
    });
}

void CellCard::fillWritten(const std::vector<StoryRule>& rules)
{
    emptyRows(m_alsoRules);
    for (std::size_t at = 0; at < std::min(rules.size(), mostTextRules); ++at)
        m_alsoRules->addWidget(new StoryRuleRow(rules[at], this));
    m_also->setText(rules.size() > mostTextRules
            ? tr("%1 rules written as text bear on it too, when their conditions hold:").arg(numberText(rules.size()))
            : tr("Written as text, and bearing on it when its conditions hold:"));
    m_also->setVisible(!rules.empty());
    m_alsoLink->setVisible(!rules.empty());
}

void CellCard::fill(const ExplainGrant::Response& explained)
{
    const CellStory story = cellStory(explained);
    m_badge->setState(stateOfAccess(story.access), story.badge);
    m_badge->show();
    m_sentence->setText(titled(utf8(story.sentence), m_at.agent, utf8(m_agent->text())));
    m_sentence->setVisible(!story.sentence.isEmpty());
    m_calls->setText(story.calls);
    emptyRows(m_rules);
    for (const StoryRule& rule : story.rules)
        m_rules->addWidget(new StoryRuleRow(rule, this));
    fillWritten(story.written);
    m_view->showContent(m_now);
}

// Below the cell, flush with its right end; above where there is no room; else beside it; never over the edge.
void CellCard::place()
{
    layout()->activate();
    const int height = layout()->hasHeightForWidth() ? layout()->heightForWidth(cardWidth) : sizeHint().height();
    resize(cardWidth, std::max(height, 120));
    const QRect room = parentWidget()->rect().adjusted(metrics::space8, 0, -metrics::space8, -metrics::space8);
    int left = m_beside.right() + 1 - width();
    left = std::clamp(left, room.left(), std::max(room.left(), room.right() - width()));
    int top = m_beside.bottom() + cellGap;
    if (top + this->height() > room.bottom() && m_beside.top() - cellGap - this->height() >= room.top())
        top = m_beside.top() - cellGap - this->height();
    if (top + this->height() > room.bottom()) {
        top = std::max(room.top(), room.bottom() + 1 - this->height());
        const int before = m_beside.left() - cellGap - width();
        left = before >= room.left() ? before : m_beside.right() + 1 + cellGap;
        left = std::clamp(left, room.left(), std::max(room.left(), room.right() + 1 - width()));
    }
    move(left, top);
}

void CellCard::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintBox(painter, QRectF(rect()), token(Token::surface), token(Token::borderStrong), metrics::radiusCard);
}

}
