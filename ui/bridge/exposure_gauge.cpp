#include "ui/bridge/exposure_gauge.h"

#include "ui/bridge/values.h"
#include "ui/kit/icons.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

namespace ephor::ui {

namespace {

constexpr int exposureParts = 3;
constexpr int partGap = 4;
constexpr int gaugeHeight = 24;
constexpr int leastPartWidth = 56;

const std::vector<std::string>& partTools(const AgentExposure& agent, int part)
{
    return part == 0 ? agent.untrusted : part == 1 ? agent.sensitive : agent.acting;
}

QString partWords(int part)
{
    return part == 0 ? ExposureGauge::tr("Strangers' text")
        : part == 1  ? ExposureGauge::tr("Sensitive data")
                     : ExposureGauge::tr("Acts");
}

QString partMeaning(int part)
{
    return part == 0 ? ExposureGauge::tr("What these tools answer, anybody may have written")
        : part == 1  ? ExposureGauge::tr("These tools reach confidential data")
                     : ExposureGauge::tr("These tools change something or send it out");
}

QString toolNames(const std::vector<std::string>& tools)
{
    QStringList names;
    for (const std::string& tool : tools)
        names << text(tool);
    return names.isEmpty() ? ExposureGauge::tr("none") : names.join(QStringLiteral(", "));
}

// As many names as there is room for, and how many more there are.
QString fittingNames(const std::vector<std::string>& tools, double room)
{
    QString words = toolNames(tools);
    std::size_t shown = tools.size();
    while (shown > 1 && textWidth(TextStyle::small, words) > room) {
        --shown;
        words = ExposureGauge::tr("%1 and %2 more")
                    .arg(toolNames({tools.begin(), tools.begin() + std::ptrdiff_t(shown)}),
                        numberText(tools.size() - shown));
    }
    return words;
}

}

int exposureCount(const AgentExposure& agent)
{
    return int(!agent.untrusted.empty()) + int(!agent.sensitive.empty()) + int(!agent.acting.empty());
}

QString exposureSentence(const AgentExposure& agent)
{
    switch (exposureCount(agent)) {
    case 3:
        return ExposureGauge::tr("It has all three: a stranger's text could talk it into handing sensitive data out. "
                                 "Have a person asked before it acts, or take one of the three away.");
    case 2:
        return ExposureGauge::tr("It has two of the three: no person need be asked for that reason.");
    case 1:
        return ExposureGauge::tr("It has one of the three.");
    default:
        return ExposureGauge::tr("It has none of the three.");
    }
}

QString exposureTools(const AgentExposure& agent)
{
    QStringList parts;
    for (int part = 0; part < exposureParts; ++part)
        parts << ExposureGauge::tr("%1: %2.").arg(partWords(part), toolNames(partTools(agent, part)));
    return parts.join(QLatin1Char(' '));
}

ExposureGauge::ExposureGauge(Qt::Orientation orientation, QWidget* parent)
    : QWidget(parent)
    , m_orientation(orientation)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setExposure({});
}

void ExposureGauge::setExposure(const AgentExposure& agent)
{
    m_agent = agent;
    setAccessibleName(tr("Rule of two: %1 of 3").arg(exposureCount(agent)));
    setAccessibleDescription(exposureTools(agent));
    update();
}

int ExposureGauge::partWidth() const
{
    int wide = leastPartWidth;
    for (int part = 0; part < exposureParts; ++part)
        wide = std::max(wide, textWidth(TextStyle::smallStrong, partWords(part)));
    return wide + metrics::iconCell + 3 * metrics::space8;
}

QSize ExposureGauge::sizeHint() const
{
    constexpr int gaps = partGap * (exposureParts - 1);
    return m_orientation == Qt::Horizontal ? QSize(partWidth() * exposureParts + gaps, gaugeHeight)
                                           : QSize(2 * partWidth(), gaugeHeight * exposureParts + gaps);
}

QSize ExposureGauge::minimumSizeHint() const
{
    return m_orientation == Qt::Horizontal ? QSize(leastPartWidth * exposureParts, gaugeHeight)
                                           : QSize(partWidth(), sizeHint().height());
}

QRectF ExposureGauge::partRect(int part) const
{
    if (m_orientation == Qt::Vertical)
        return {0, part * double(gaugeHeight + partGap), double(std::min(width(), partWidth())), double(gaugeHeight)};
    const double wide = (width() - partGap * (exposureParts - 1)) / double(exposureParts);
    return {part * (wide + partGap), (height() - gaugeHeight) / 2.0, wide, double(gaugeHeight)};
}

void ExposureGauge::paintPart(QPainter& painter, int part) const
{
    const bool all = exposureCount(m_agent) == exposureParts;
    const bool has = !partTools(m_agent, part).empty();
    const QRectF box = partRect(part);
    const Token words = !has ? Token::textMuted : all ? Token::badgeErrorText : Token::textPrimary;
    // Filled or hollow, a mark or none: never told by colour alone.
    paintBox(painter, box, has ? token(all ? Token::badgeError : Token::badgeWarn) : QColor(),
        token(has ? words : Token::borderStrong), metrics::radiusControl);
    const QRectF mark(
        box.left() + metrics::space8, box.center().y() - metrics::iconCell / 2.0, metrics::iconCell, metrics::iconCell);
    paintIcon(painter, mark, has ? (all ? Icon::stateWarning : Icon::check) : Icon::minus, token(words));
    const double left = mark.right() + metrics::space4;
    paintText(painter, QRectF(left, box.top(), box.right() - metrics::space4 - left, box.height()),
        has ? TextStyle::smallStrong : TextStyle::small, words, partWords(part));
    if (m_orientation == Qt::Horizontal)
        return;
    const double beside = box.right() + metrics::space8;
    paintText(painter, QRectF(beside, box.top(), width() - beside, box.height()), TextStyle::small,
        has ? Token::textSecondary : Token::textMuted, fittingNames(partTools(m_agent, part), width() - beside));
}

void ExposureGauge::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (int part = 0; part < exposureParts; ++part)
        paintPart(painter, part);
}

bool ExposureGauge::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    for (int part = 0; part < exposureParts; ++part) {
        QRectF box = partRect(part);
        if (m_orientation == Qt::Vertical)
            box.setRight(width());
        if (box.contains(help->pos())) {
            QToolTip::showText(
                help->globalPos(), tr("%1: %2").arg(partMeaning(part), toolNames(partTools(m_agent, part))), this);
            return true;
        }
    }
    return QWidget::event(event);
}

}
