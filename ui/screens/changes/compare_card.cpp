#include "ui/screens/changes/compare_card.h"

#include "ui/bridge/load_view.h"
#include "ui/bridge/values.h"
#include "ui/kit/badge.h"
#include "ui/kit/bars.h"
#include "ui/kit/button.h"
#include "ui/kit/label.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"
#include "ui/screens/changes/pipeline_steps.h"

#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>
#include <utility>

namespace ephor::ui::changes {

namespace {

constexpr int compareRow = 28;
constexpr int firstInset = 12;
/// Below this, in the type of 100 %, what the figures rest on has no room beside them.
constexpr int leastForBasis = 640;
constexpr std::size_t unitsAt = 0;

/// Lines between the rows of the grid.
class CompareTable : public QWidget {
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        const auto* grid = static_cast<QGridLayout*>(layout());
        for (int row = 0; row + 1 < grid->rowCount(); ++row) {
            const QRect cell = grid->cellRect(row, 0);
            paintLine(painter, QPointF(0, cell.bottom() + 1), QPointF(width(), cell.bottom() + 1),
                token(row == 0 ? Token::borderSubtle : Token::grid));
        }
    }
};

/// The colour of a side, as its interval is drawn.
class SideSwatch : public QWidget {
public:
    SideSwatch(Token color, QWidget* parent)
        : QWidget(parent)
        , m_color(color)
    {
        setFixedSize(8, 8);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        paintBox(painter, QRectF(rect()), token(m_color), {}, 2);
    }

private:
    Token m_color;
};

Label* cellLabel(const QString& words, TextStyle style, Token color, QWidget* parent)
{
    return new Label(words, style, color, parent);
}

}

CompareCard::CompareCard(QWidget* parent)
    : Card(tr("Canary against baseline"), Padding::none, parent)
    , m_table(new CompareTable)
    , m_grid(new QGridLayout(m_table))
    , m_view(new LoadView(m_table, 6, this))
    , m_canary(new Label({}, TextStyle::micro, Token::textSecondary, this))
    , m_baseline(new Label({}, TextStyle::micro, Token::textSecondary, this))
    , m_rule(new Label({}, TextStyle::small, Token::textMuted, this))
{
    m_grid->setContentsMargins(firstInset, 0, firstInset, 0);
    m_grid->setHorizontalSpacing(metrics::space16);
    m_grid->setVerticalSpacing(0);
    m_grid->setColumnStretch(0, 3);
    m_grid->setColumnStretch(1, 5);
    m_grid->setColumnStretch(2, 5);
    m_grid->setColumnStretch(3, 3);
    m_grid->setColumnStretch(4, 5);
    auto* copy = new IconButton(Icon::copy, tr("Copy the comparison"), this);
    copy->setSize(Button::Size::compact);
    connect(copy, &QAbstractButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(comparisonText(m_shown)); });
    m_swatch = new SideSwatch(Token::series2, this);
    keepTitleWhole();
    addTrailing(new SideSwatch(Token::series1, this));
    addTrailing(m_canary);
    addTrailing(m_swatch);
    addTrailing(m_baseline);
    addTrailing(copy);
    setBody(m_view);
    m_rule->setOverflow(Label::Overflow::wrap);
    footer()->addWidget(m_rule, 1);
}

void CompareCard::setCompared(const CompareRollout::Response& compared, const QDateTime& now)
{
    m_shown = comparisonOf(compared);
    m_compared = compared;
    setTitle(m_shown.hasBaseline ? tr("Canary against baseline") : tr("The release in numbers"));
    const bool ended
        = compared.rollout.state == RolloutState::RolledBack || compared.rollout.state == RolloutState::Completed;
    setSubtitle(ended
            ? tr("same window, %1 to %2").arg(momentText(compared.window.from), momentText(compared.window.to))
            : tr("same window, %1 to now").arg(momentText(compared.window.from)));
    refreshLegend(compared);
    m_rule->setText(compared.stoppingRule
            ? tr("A sequential test stands behind the intervals: they may be read at any time.")
            : tr("Not a stopping rule: 95 % Wilson intervals of the counts so far. Looking often and acting on the "
                 "first "
                 "difference finds differences that chance made."));
    fill(compared);
    m_view->showContent(now);
}

void CompareCard::resizeEvent(QResizeEvent* event)
{
    Card::resizeEvent(event);
    const Room room = width() / Theme::instance().typeScale() < leastForBasis ? Room::tight : Room::wide;
    if (std::exchange(m_room, room) != room && m_compared)
        fill(*m_compared);
}

void CompareCard::refreshLegend(const CompareRollout::Response& compared)
{
    const Rollout& rollout = compared.rollout;
    m_canary->setText(tr("%1, %2").arg(versionText(rollout.candidateNumber), shareText(rollout.share)));
    m_baseline->setText(m_shown.hasBaseline
            ? tr("%1, %2").arg(versionText(rollout.baselineNumber), shareText(1 - rollout.share))
            : QString());
    m_baseline->setVisible(m_shown.hasBaseline);
    m_swatch->setVisible(m_shown.hasBaseline);
}

void CompareCard::fill(const CompareRollout::Response& compared)
{
    while (QLayoutItem* item = m_grid->takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
    addHeads(compared);
    for (std::size_t at = 0; at < m_shown.lines.size(); ++at)
        addLine(int(at) + 1, m_shown.lines[at], compared);
    m_table->update();
}

void CompareCard::addHeads(const CompareRollout::Response& compared)
{
    const auto head = [this](int column, const QString& words, Qt::Alignment alignment) {
        auto* label = cellLabel(words, TextStyle::micro, Token::textMuted, m_table);
        label->setAlignment(alignment | Qt::AlignVCenter);
        m_grid->addWidget(label, 0, column);
    };
    head(0, tr("Measure"), Qt::AlignLeft);
    head(1,
        m_shown.hasBaseline ? tr("Canary %1").arg(versionText(compared.rollout.candidateNumber))
                            : versionText(compared.rollout.candidateNumber),
        Qt::AlignRight);
    head(2, m_shown.hasBaseline ? tr("Baseline %1").arg(versionText(compared.rollout.baselineNumber)) : QString(),
        Qt::AlignRight);
    head(3, m_shown.hasBaseline ? tr("Difference") : QString(), Qt::AlignRight);
    head(4, tr("Reading"), Qt::AlignLeft);
    m_grid->setRowMinimumHeight(0, compareRow);
}

QWidget* CompareCard::sideWidget(const CompareLine& line, const VariantNumbers& side)
{
    const bool isCanary = side.variant != Variant::Baseline;
    const CompareCell& cell = isCanary ? line.canary : line.baseline;
    auto* box = new QWidget(m_table);
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::space8);
    row->addStretch(1);
    if (line.weight == CompareLine::Weight::detail) {
        if (cell.interval) {
            auto* bar = new IntervalBar(box);
            bar->setScale(m_shown.scale.from, m_shown.scale.to);
            bar->setInterval(cell.interval->low, cell.interval->estimate, cell.interval->high,
                isCanary ? Token::series1 : Token::series2);
            bar->setAccessibleName(tr("95 % interval, %1 %").arg(cell.value));
            row->addWidget(bar);
        }
        row->addWidget(cellLabel(cell.value, TextStyle::small, Token::textPrimary, box));
        return box;
    }
    // A reading that is cut says less than figures without what they rest on, which the tooltip has.
    if (m_room == Room::tight)
        box->setToolTip(cell.basis);
    else if (!cell.basis.isEmpty()) {
        auto* basis = cellLabel(cell.basis, TextStyle::small, Token::textMuted, box);
        basis->setOverflow(Label::Overflow::elide);
        row->addWidget(basis);
    }
    if (&line == &m_shown.lines[unitsAt]) {
        auto* link = new LinkLabel(cell.value, box);
        link->setTextStyle(isCanary ? TextStyle::strong : TextStyle::body);
        link->setAccessibleName(
            isCanary ? tr("Runs of the canary: %1").arg(cell.value) : tr("Runs of the baseline: %1").arg(cell.value));
        link->setToolTip(tr("Runs: %1. Opens their list").arg(numberText(side.runs)));
        connect(link, &QAbstractButton::clicked, this,
            [this, variant = side.variant, release = text(side.release)] { Q_EMIT runsWanted(variant, release); });
        row->addWidget(link);
        return box;
    }
    row->addWidget(cellLabel(cell.value, isCanary ? TextStyle::strong : TextStyle::body, Token::textPrimary, box));
    return box;
}

void CompareCard::addLine(int row, const CompareLine& line, const CompareRollout::Response& compared)
{
    const bool isDetail = line.weight == CompareLine::Weight::detail;
    const TextStyle style = isDetail ? TextStyle::small : TextStyle::body;
    m_grid->setRowMinimumHeight(row, compareRow);
    m_grid->addWidget(
        cellLabel(line.measure, style, isDetail ? Token::textMuted : Token::textPrimary, m_table), row, 0);
    if (const VariantNumbers* canary = canaryOf(compared))
        m_grid->addWidget(sideWidget(line, *canary), row, 1);
    if (const VariantNumbers* baseline = baselineOf(compared)) {
        m_grid->addWidget(sideWidget(line, *baseline), row, 2);
        auto* difference = cellLabel(line.difference, style, Token::textPrimary, m_table);
        difference->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        m_grid->addWidget(difference, row, 3);
    }
    const Token color = line.tone == State::neutral ? Token::textSecondary : stateTextToken(line.tone);
    auto* reading = cellLabel(line.reading, TextStyle::body, color, m_table);
    reading->setOverflow(Label::Overflow::elide);
    if (line.tone == State::neutral) {
        m_grid->addWidget(reading, row, 4);
        return;
    }
    auto* box = new QWidget(m_table);
    auto* both = new QHBoxLayout(box);
    both->setContentsMargins(0, 0, 0, 0);
    both->setSpacing(6);
    both->addWidget(new SeverityGlyph(line.tone, metrics::iconCell, box));
    both->addWidget(reading, 1);
    m_grid->addWidget(box, row, 4);
}

}
