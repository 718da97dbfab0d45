#include "ui/kit/dialogs.h"
#include "ui/kit/focus.h"
#include "ui/kit/label.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"

#include <QButtonGroup>
#include <QGridLayout>
#include <QPainter>
#include <QPlainTextEdit>
#include <QRadioButton>
#include <QVBoxLayout>
#include <array>
#include <numeric>

namespace ephor::ui {

namespace {

constexpr int reasonColumns = 5;
constexpr int leastChoiceWidth = 48;
/// Of a dialog that has no width yet.
constexpr int leastRoom = 432;

/// A reason in a frame of its own, as on the decision page.
class FramedChoice : public QRadioButton {
public:
    using QRadioButton::QRadioButton;

    QSize sizeHint() const override
    {
        return {textWidth(TextStyle::small, text()) + 38,
            std::max(metrics::controlHeight, lineHeight(TextStyle::small) + 10)};
    }
    /// Narrower than its words, so that the picker can become narrow enough to stand in fewer columns.
    QSize minimumSizeHint() const override { return {leastChoiceWidth, sizeHint().height()}; }

protected:
    bool hitButton(const QPoint& at) const override { return rect().contains(at); }

    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        const QRectF box(rect());
        paintBox(painter, box, token(isChecked() ? Token::selection : Token::surface), token(Token::borderStrong),
            metrics::radiusControl);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(token(isChecked() ? Token::accent : Token::borderControl), isChecked() ? 4 : 1.5));
        painter.setBrush(token(Token::surface));
        const double radius = isChecked() ? 4.25 : 5.25;
        painter.drawEllipse(QPointF(17, box.center().y()), radius, radius);
        paintText(painter, box.adjusted(30, 0, -8, 0), TextStyle::small, Token::textPrimary, text());
        if (showsFocus(this))
            paintFocusRing(painter, box, metrics::radiusControl);
    }
};

}

ReasonPicker::ReasonPicker(const QStringList& reasons, QWidget* parent)
    : QWidget(parent)
    , m_group(new QButtonGroup(this))
    , m_words(new QPlainTextEdit(this))
    , m_reasons(reasons)
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(metrics::space8);
    if (!reasons.isEmpty())
        m_reasons << tr("Other, in words");
    m_choices = new QGridLayout;
    m_choices->setSpacing(metrics::space8);
    for (int at = 0; at < m_reasons.size(); ++at) {
        auto* choice = new FramedChoice(m_reasons[at], this);
        choice->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
        m_group->addButton(choice, at);
        setTabOrder(choice, m_words);
    }
    // A dialog becomes as wide as its reasons; elsewhere the room is given.
    const bool isInDialog = parent != nullptr && parent->isWindow();
    arrange(isInDialog ? std::max(leastRoom, parent->width()) : QWIDGETSIZE_MAX);
    rows->addLayout(m_choices);
    m_words->setAccessibleName(tr("Reason in words"));
    m_words->setPlaceholderText(tr("Why"));
    m_words->setTabChangesFocus(true);
    m_words->setMaximumHeight(3 * lineHeight(TextStyle::body) + 14);
    m_words->setVisible(m_reasons.isEmpty());
    rows->addWidget(m_words);
    setFocusProxy(m_reasons.isEmpty() ? static_cast<QWidget*>(m_words) : m_group->button(0));
    connect(m_group, &QButtonGroup::idClicked, this, [this](int id) {
        const bool other = id == m_reasons.size() - 1;
        m_words->setVisible(other);
        if (other)
            m_words->setFocus();
        Q_EMIT changed();
    });
    connect(m_words, &QPlainTextEdit::textChanged, this, &ReasonPicker::changed);
}

int ReasonPicker::widthIn(int columns) const
{
    std::array<int, reasonColumns> widest{};
    for (int at = 0; at < m_reasons.size(); ++at) {
        int& column = widest[std::size_t(at % columns)];
        column = std::max(column, m_group->button(at)->sizeHint().width());
    }
    return std::accumulate(widest.begin(), widest.end(), (columns - 1) * m_choices->spacing());
}

void ReasonPicker::arrange(int room)
{
    int columns = reasonColumns;
    while (columns > 1 && widthIn(columns) > room)
        --columns;
    if (columns == m_columns)
        return;
    m_columns = columns;
    for (int at = 0; at < m_reasons.size(); ++at) {
        QAbstractButton* choice = m_group->button(at);
        m_choices->removeWidget(choice);
        m_choices->addWidget(choice, at / columns, at % columns);
    }
}

void ReasonPicker::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange(width());
}

QString ReasonPicker::reason() const
{
    const int chosen = m_group->checkedId();
    const bool words = m_reasons.isEmpty() || chosen == m_reasons.size() - 1;
    if (words)
        return m_words->toPlainText().trimmed();
    return chosen < 0 ? QString() : m_reasons[chosen];
}

void ReasonPicker::clear()
{
    m_group->setExclusive(false);
    for (QAbstractButton* button : m_group->buttons())
        button->setChecked(false);
    m_group->setExclusive(true);
    m_words->clear();
    m_words->setVisible(m_reasons.isEmpty());
    Q_EMIT changed();
}

}
