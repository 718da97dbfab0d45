#include "ui/kit/proof_path.h"

#include "ui/kit/paint.h"
#include "ui/kit/text_style.h"
#include "ui/kit/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>

namespace ephor::ui {

namespace {

constexpr double widestNode = 104;
constexpr double narrowestNode = 72;
constexpr double nodeHeight = 22;
constexpr double stepRise = 40;
constexpr double halfRise = (stepRise - nodeHeight) / 2;
constexpr double siblingGap = 13;
constexpr double noteGap = 7;
/// From the signed head down to the root that was recomputed.
constexpr double rootDrop = 34;
// The first steps are drawn one by one; a long way up is told in words, as nobody compares twenty hashes by eye.
constexpr int drawnSteps = 2;

/// So wide that the note beside the second step, which stands half a node further right, has room.
double nodeWidthIn(double room)
{
    const double note = textWidth(TextStyle::micro, ProofPath::tr("step %1").arg(drawnSteps));
    return std::clamp((room - 1.5 * siblingGap - noteGap - note) / 2.5, narrowestNode, widestNode);
}

struct ProofPainter {
    QPainter& painter;
    double nodeWidth;

    void node(double x, double y, const QString& words, Token edge, Token fill) const
    {
        const QRectF box(x, y, nodeWidth, nodeHeight);
        paintBox(painter, box, token(fill), token(edge), metrics::radiusControl);
        paintText(
            painter, box.adjusted(4, 0, -4, 0), TextStyle::monoSmall, Token::textPrimary, words, Qt::AlignHCenter);
    }
    void note(double x, double y, const QString& words, Token color) const
    {
        paintText(painter, QRectF(x, y, 120, nodeHeight), TextStyle::micro, color, words);
    }
    /// Right of a node, or left of it where larger type leaves no room there.
    void beside(double centre, double y, double room, const QString& words, Token color) const
    {
        const double wide = textWidth(TextStyle::micro, words);
        const double right = centre + nodeWidth / 2 + noteGap;
        note(right + wide <= room ? right : centre - nodeWidth / 2 - noteGap - wide, y, words, color);
    }
    void line(const QPointF& from, const QPointF& to, Qt::PenStyle style = Qt::SolidLine) const
    {
        painter.setPen(QPen(token(Token::borderControl), 1, style));
        painter.drawLine(from, to);
    }
};

int shownSteps(const ProofSteps& proof)
{
    return std::min(drawnSteps, static_cast<int>(proof.steps.size()));
}

bool skipsSteps(const ProofSteps& proof)
{
    return static_cast<int>(proof.steps.size()) > drawnSteps;
}

}

ProofPath::ProofPath(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setAccessibleName(tr("Proof path"));
}

void ProofPath::setProof(const ProofSteps& proof)
{
    m_proof = proof;
    QStringList words{proof.entry};
    for (const ProofSteps::Step& step : proof.steps)
        words << tr("joined with %1 gives %2").arg(step.sibling, step.computed);
    words << tr("recomputed root %1").arg(proof.root) << proof.head;
    if (proof.result == ProofSteps::Result::holds)
        words << tr("equal, signed");
    if (proof.result == ProofSteps::Result::broken)
        words << tr("not equal");
    setAccessibleDescription(words.join(QLatin1Char('\n')));
    updateGeometry();
    update();
}

QSize ProofPath::sizeHint() const
{
    const double height = 2 * rootDrop + (skipsSteps(m_proof) ? 36 : 10) + (shownSteps(m_proof) + 0.5) * stepRise;
    return {330, static_cast<int>(height)};
}

void ProofPath::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double nodeWidth = nodeWidthIn(width());
    const ProofPainter draw{painter, nodeWidth};
    const bool holds = m_proof.result == ProofSteps::Result::holds;
    const bool broken = m_proof.result == ProofSteps::Result::broken;
    const Token mark = holds ? Token::ok : broken ? Token::error : Token::borderStrong;
    const Token fill = holds ? Token::badgeOk : broken ? Token::badgeError : Token::surface;

    double y = height() - nodeHeight - 1;
    double x = 0;
    QString words = m_proof.entry;
    const int shown = shownSteps(m_proof);
    for (int at = 0; at < shown; ++at) {
        const ProofSteps::Step& step = m_proof.steps[static_cast<std::size_t>(at)];
        const double other = x + nodeWidth + siblingGap;
        const bool siblingLeft = step.siblingSide == ProofSteps::Step::Side::left;
        const double mine = siblingLeft ? other : x;
        const double theirs = siblingLeft ? x : other;
        const double join = y - halfRise;
        const double middle = x + nodeWidth + siblingGap / 2;
        draw.line({mine + nodeWidth / 2, y}, {mine + nodeWidth / 2, join});
        draw.line({theirs + nodeWidth / 2, y}, {theirs + nodeWidth / 2, join});
        draw.line({x + nodeWidth / 2, join}, {other + nodeWidth / 2, join});
        draw.line({middle, join}, {middle, join - halfRise});
        draw.node(mine, y, words, at == 0 ? mark : Token::borderStrong, at == 0 ? fill : Token::surface);
        draw.node(theirs, y, step.sibling, Token::borderStrong, Token::surface);
        draw.note(
            other + nodeWidth + noteGap, y, at == 0 ? tr("neighbour") : tr("step %1").arg(at + 1), Token::textMuted);
        words = step.computed;
        x = middle - nodeWidth / 2;
        y -= stepRise;
    }
    if (shown == 0) {
        draw.node(x, y, words, mark, fill);
        y -= stepRise;
    }
    const double centre = x + nodeWidth / 2;
    const double rootY = rootDrop;
    draw.line({centre, y + nodeHeight + halfRise}, {centre, rootY + nodeHeight},
        skipsSteps(m_proof) ? Qt::DotLine : Qt::SolidLine);
    if (skipsSteps(m_proof)) {
        const int total = static_cast<int>(m_proof.steps.size());
        draw.note(centre + 8, (y + nodeHeight + halfRise + rootY + nodeHeight) / 2 - nodeHeight / 2,
            tr("%1 more steps, %2 in all").arg(total - shown).arg(total), Token::textMuted);
    }
    draw.line({centre, rootY}, {centre, nodeHeight});
    draw.node(centre - nodeWidth / 2, rootY, m_proof.root, broken ? Token::error : Token::borderStrong, Token::surface);
    draw.beside(centre, rootY, width(), tr("recomputed"), Token::textMuted);
    draw.node(centre - nodeWidth / 2, 0, m_proof.head, mark, fill);
    if (holds || broken)
        draw.beside(centre, 0, width(), holds ? tr("equal, signed") : tr("not equal"),
            holds ? Token::ok : Token::badgeErrorText);
}

}
