#include "ui/screens/changes/side_cards.h"

#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/badge.h"
#include "ui/kit/button.h"
#include "ui/kit/icon_view.h"
#include "ui/kit/label.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"
#include "ui/screens/changes/next_act.h"
#include "ui/screens/changes/pipeline_steps.h"

#include <QCoreApplication>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QPainter>
#include <algorithm>
#include <ranges>

namespace ephor::ui::changes {

namespace {

struct SideWords {
    Q_DECLARE_TR_FUNCTIONS(SideWords)
};

constexpr int checkRow = 32;
constexpr int checkNameWidth = 84;
constexpr std::uint64_t shortestToldMicros = 100'000;
/// As the backend names the check that judges recorded calls again.
constexpr std::string_view backtestCheck = "Backtest";
constexpr int stepKeyWidth = 64;

void emptyBody(Card& card)
{
    while (QLayoutItem* item = card.body()->takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
}

/// A row with a line below it.
class LinedRow : public QWidget {
public:
    explicit LinedRow(int height, QWidget* parent)
        : QWidget(parent)
        , row(new QHBoxLayout(this))
    {
        setMinimumHeight(height);
        row->setContentsMargins(metrics::cardPadding - 1, metrics::space4, metrics::cardPadding - 1, 5);
        row->setSpacing(metrics::space8);
    }

    QHBoxLayout* const row;

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        paintLine(painter, QPointF(0, height() - 1), QPointF(width(), height() - 1), token(Token::grid));
    }
};

Label* wrapped(const QString& words, TextStyle style, Token color, QWidget* parent)
{
    auto* label = new Label(words, style, color, parent);
    label->setOverflow(Label::Overflow::wrap);
    return label;
}

QWidget* quietLine(const QString& words, QWidget* parent)
{
    auto* box = new QWidget(parent);
    auto* rows = new QVBoxLayout(box);
    rows->setContentsMargins(metrics::cardPadding - 1, metrics::space8, metrics::cardPadding - 1, metrics::space8);
    rows->addWidget(wrapped(words, TextStyle::small, Token::textMuted, box));
    return box;
}

}

std::vector<ApprovalLine> approvalLines(const Change& change, const std::string& principal)
{
    std::vector<ApprovalLine> lines;
    for (const ChangeApproval& approval : change.approvals) {
        ApprovalLine line;
        line.name = text(approval.name);
        line.role = approval.person == principal ? SideWords::tr("you") : QString();
        line.detail = momentText(approval.at);
        line.reason = text(approval.reason);
        const bool isOld = !approval.digest.empty() && approval.digest != change.digest;
        if (!approval.approved) {
            line.state = State::denied;
            line.word = SideWords::tr("Rejected");
        } else if (approval.setup) {
            line.state = State::warning;
            line.word = SideWords::tr("Self-approved");
            line.detail = SideWords::tr("%1, setup").arg(line.detail);
        } else if (isOld) {
            line.state = State::warning;
            line.word = SideWords::tr("Of an older draft");
        } else {
            line.word = SideWords::tr("Approved");
        }
        lines.push_back(std::move(line));
    }
    const std::uint64_t given = change.summary.approvalsGiven;
    if (change.summary.state == ChangeState::Approval && change.summary.approvalsNeeded > given) {
        const int missing = int(change.summary.approvalsNeeded - given);
        lines.push_back({missing == 1 ? SideWords::tr("One more person") : SideWords::tr("%1 more people").arg(missing),
            {}, SideWords::tr("May approve, is not the author"), State::waiting, SideWords::tr("Waiting"), {}});
    }
    lines.push_back({text(change.summary.authorName),
        change.summary.author == principal ? SideWords::tr("Author, you") : SideWords::tr("Author"),
        SideWords::tr("Wrote it, so cannot approve it"), State::neutral, SideWords::tr("Cannot"), {}});
    return lines;
}

ChecksCard::ChecksCard(QWidget* parent)
    : Card(tr("Checks"), Padding::none, parent)
    , m_badge(new StatusBadge(State::draft, {}, this))
{
    addLeading(m_badge);
}

void ChecksCard::setChange(const Change& change)
{
    emptyBody(*this);
    const ChangeSummary& summary = change.summary;
    m_badge->setVisible(!change.checks.empty());
    const bool all = summary.checksPassed == summary.checksTotal;
    m_badge->setState(all ? State::ok : State::warning,
        tr("%1 of %2").arg(numberText(summary.checksPassed), numberText(summary.checksTotal)));
    if (change.checks.empty()) {
        body()->addWidget(quietLine(tr("Checks run when the change is submitted."), this));
        return;
    }
    m_nameWidth = checkNameWidth;
    for (const CheckResult& check : change.checks)
        m_nameWidth = std::max(m_nameWidth, textWidth(TextStyle::body, text(check.name)) + metrics::space4);
    for (const CheckResult& check : change.checks)
        body()->addWidget(lineOf(check, summary.id));
}

QWidget* ChecksCard::lineOf(const CheckResult& check, const std::string& change)
{
    auto* line = new LinedRow(checkRow, this);
    const StateWords state = stateOf(check);
    line->row->addWidget(new SeverityGlyph(state.state, metrics::icon, line));
    auto* name = new Label(text(check.name), TextStyle::body, Token::textPrimary, line);
    name->setMinimumWidth(m_nameWidth);
    line->row->addWidget(name);
    auto* detail = new Label(text(check.detail), TextStyle::small, Token::textSecondary, line);
    detail->setOverflow(Label::Overflow::wrap);
    line->row->addWidget(detail, 1);
    if (check.name == backtestCheck && !check.passed) {
        auto* flips = new LinkLabel(tr("See them"), line);
        flips->setObjectName(QStringLiteral("see-flips"));
        flips->setToolTip(tr("Backtest this change and list every verdict that would flip"));
        connect(flips, &QAbstractButton::clicked, this, [this, change] {
            const Route backtest{QStringLiteral("policies"), {QStringLiteral("backtest")}};
            Q_EMIT navigate(backtest.with(QStringLiteral("change"), text(change)));
        });
        line->row->addWidget(flips);
    }
    // Only what somebody waited for; the rest would take room from the words.
    if (check.tookMicros >= shortestToldMicros)
        line->row->addWidget(new Label(durationText(check.tookMicros), TextStyle::small, Token::textMuted, line));
    line->setToolTip(tr("%1, in %2. %3").arg(state.words, durationText(check.tookMicros), text(check.detail)));
    return line;
}

ApprovalsCard::ApprovalsCard(QWidget* parent)
    : Card(tr("Approvals"), Padding::none, parent)
    , m_badge(new StatusBadge(State::waiting, {}, this))
{
    addLeading(m_badge);
    keepTitleWhole();
    auto* duties = new Label(tr("never the author"), TextStyle::small, Token::textMuted, this);
    duties->setOverflow(Label::Overflow::elide);
    addTrailing(duties);
}

void ApprovalsCard::setChange(const Change& change, const std::string& principal)
{
    emptyBody(*this);
    const ChangeSummary& summary = change.summary;
    const bool enough = summary.approvalsGiven >= summary.approvalsNeeded && summary.approvalsNeeded > 0;
    m_badge->setState(enough                         ? State::ok
            : summary.selfApproved                   ? State::warning
            : summary.state == ChangeState::Approval ? State::waiting
                                                     : State::draft,
        tr("%1 of %2").arg(numberText(summary.approvalsGiven), numberText(summary.approvalsNeeded)));
    for (const ApprovalLine& line : approvalLines(change, principal)) {
        QWidget* mark = nullptr;
        if (line.state == State::neutral) {
            mark = new QWidget(this);
            auto* both = new QHBoxLayout(mark);
            both->setContentsMargins(0, 0, 0, 0);
            both->setSpacing(metrics::space4);
            both->addWidget(new IconView(Icon::lock, Token::textMuted, metrics::iconCell, mark));
            both->addWidget(new Label(line.word, TextStyle::small, Token::textMuted, mark));
        } else {
            mark = new StatusText(line.state, line.word, TextStyle::small, this);
        }
        auto* row = new PersonRow(line.name, line.role, line.detail, mark, this);
        row->setToolTip(line.reason);
        body()->addWidget(row);
    }
}

NextStepsCard::NextStepsCard(QWidget* parent)
    : Card(tr("What happens next"), Padding::standard, parent)
{
}

void NextStepsCard::setShown(const GetChange::Response& shown)
{
    emptyBody(*this);
    auto* table = new QWidget(this);
    auto* grid = new QGridLayout(table);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(metrics::space8);
    grid->setVerticalSpacing(6);
    grid->setColumnMinimumWidth(0, stepKeyWidth);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const auto& [when, what] : whatHappensNext(shown)) {
        grid->addWidget(new Label(when, TextStyle::smallStrong, Token::textPrimary, table), row, 0, Qt::AlignTop);
        grid->addWidget(wrapped(what, TextStyle::small, Token::textSecondary, table), row++, 1);
    }
    body()->addWidget(table);
}

QString stepWords(const RolloutStep& step)
{
    const QString share = shareText(step.share);
    if (step.act == "start")
        return SideWords::tr("Started at %1").arg(share);
    if (step.act == "promote")
        return SideWords::tr("Promoted to %1").arg(share);
    if (step.act == "pause")
        return SideWords::tr("Held at %1").arg(share);
    if (step.act == "resume")
        return SideWords::tr("Resumed at %1").arg(share);
    if (step.act == "roll-back")
        return SideWords::tr("Rolled back");
    return text(step.act);
}

HistoryCard::HistoryCard(QWidget* parent)
    : Card(tr("Rollout so far"), Padding::none, parent)
{
}

void HistoryCard::setRollout(const Rollout& rollout)
{
    emptyBody(*this);
    for (const RolloutStep& step : rollout.history | std::views::reverse) {
        auto* row = new PersonRow(text(step.by), stepWords(step),
            step.reason.empty() ? momentText(step.at) : tr("%1: %2").arg(momentText(step.at), text(step.reason)),
            nullptr, this);
        row->setToolTip(text(step.reason));
        body()->addWidget(row);
    }
}

RollbackCard::RollbackCard(QWidget* parent)
    : Card(tr("If you roll back"), Padding::standard, parent)
{
    addTrailing(new Label(tr("takes seconds"), TextStyle::small, Token::textMuted, this));
}

void RollbackCard::setCompared(const CompareRollout::Response& compared)
{
    const bool isDone = compared.rollout.state == RolloutState::RolledBack;
    setTitle(isDone ? tr("What the rollback did") : tr("If you roll back"));
    emptyBody(*this);
    auto* table = new QWidget(this);
    auto* columns = new QHBoxLayout(table);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(metrics::space16);
    const auto column = [&](const QString& title, QStringList phrases) {
        auto* rows = new QVBoxLayout;
        rows->setSpacing(metrics::space4);
        rows->addWidget(new Label(title, TextStyle::micro, Token::textMuted, table));
        for (const QString& phrase : phrases)
            rows->addWidget(wrapped(phrase, TextStyle::small, Token::textSecondary, table));
        rows->addStretch(1);
        columns->addLayout(rows, 1);
    };
    QStringList back;
    if (compared.rollout.baselineNumber > 0)
        back << (isDone ? tr("All traffic went to %1") : tr("All traffic goes to %1"))
                    .arg(versionText(compared.rollout.baselineNumber));
    for (const std::string& phrase : compared.bringsBack)
        back << text(phrase);
    QStringList stays{
        tr("Answers and acts already sent"), tr("Runs that have begun, until they end"), tr("The whole record")};
    for (const std::string& phrase : compared.stays)
        stays << text(phrase);
    column(isDone ? tr("Brought back") : tr("Brings back"), back);
    column(isDone ? tr("Stayed as it was") : tr("Stays as it is"), stays);
    body()->addWidget(table);
}

}
