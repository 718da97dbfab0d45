#include "ui/kit/code_view.h"

#include "ui/kit/focus.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"

#include <QHelpEvent>
#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextLayout>
#include <QToolTip>
#include <algorithm>

namespace ephor::ui {

namespace {

/// Line numbers and marks of changed lines; drawn by its editor.
class LineGutter : public QWidget {
public:
    explicit LineGutter(CodeEditor* editor)
        : QWidget(editor)
        , m_editor(editor)
    {
    }

    QSize sizeHint() const override { return {m_editor->gutterWidth(), 0}; }

protected:
    void paintEvent(QPaintEvent* event) override { m_editor->paintGutter(event); }

private:
    CodeEditor* m_editor;
};

}

CodeEditor::CodeEditor(const QString& accessibleName, QWidget* parent)
    : QPlainTextEdit(parent)
    , m_highlighter(new Highlighter(this))
    , m_gutter(new LineGutter(this))
{
    setAccessibleName(accessibleName);
    setFrameShape(QFrame::NoFrame);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setTabChangesFocus(true);
    document()->setDocumentMargin(6);
    const auto restyle = [this] {
        setFont(textFont(TextStyle::mono));
        setViewportMargins(gutterWidth(), 0, 0, 0);
        m_gutter->update();
    };
    restyle();
    connect(&Theme::instance(), &Theme::themeChanged, this, restyle);
    connect(this, &QPlainTextEdit::blockCountChanged, this, [this] { setViewportMargins(gutterWidth(), 0, 0, 0); });
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect& rect, int dy) {
        if (dy != 0)
            m_gutter->scroll(0, dy);
        else
            m_gutter->update(0, rect.y(), m_gutter->width(), rect.height());
    });
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, &CodeEditor::followCursor);
}

void CodeEditor::setRules(std::vector<HighlightRule> rules)
{
    m_highlighter->setRules(std::move(rules));
}

void CodeEditor::setProblems(std::vector<TextProblem> problems)
{
    std::sort(problems.begin(), problems.end(),
        [](const TextProblem& left, const TextProblem& right) { return left.start < right.start; });
    m_problems = problems;
    m_highlighter->setProblems(std::move(problems));
    setAccessibleDescription(
        m_problems.empty() ? QString() : tr("%n problem(s)", nullptr, static_cast<int>(m_problems.size())));
}

void CodeEditor::setChangedLines(const QSet<int>& lines)
{
    m_changed = lines;
    m_gutter->update();
}

void CodeEditor::goToLine(int line)
{
    const QTextBlock block = document()->findBlockByNumber(std::max(0, line - 1));
    if (!block.isValid())
        return;
    setTextCursor(QTextCursor(block));
    centerCursor();
}

int CodeEditor::gutterWidth() const
{
    const QString widest = QString::number(std::max(10, blockCount()));
    return std::max(44, textWidth(TextStyle::monoSmall, widest) + 28);
}

void CodeEditor::paintGutter(QPaintEvent* event)
{
    QPainter painter(m_gutter);
    painter.fillRect(event->rect(), token(Token::surface));
    QTextBlock block = firstVisibleBlock();
    qreal top = blockBoundingGeometry(block).translated(contentOffset()).top();
    const int current = textCursor().blockNumber();
    while (block.isValid() && top <= event->rect().bottom()) {
        // The last block's rectangle has the bottom margin in it; its first line has not.
        const qreal height = blockBoundingRect(block).height();
        const qreal lineTall = block.layout()->lineCount() > 0 ? block.layout()->lineAt(0).height() : height;
        const int line = block.blockNumber() + 1;
        const QRectF row(0, top, m_gutter->width(), lineTall);
        if (block.blockNumber() == current && hasFocus())
            painter.fillRect(row, token(Token::canvas));
        if (m_changed.contains(line))
            painter.fillRect(QRectF(0, top, 3, lineTall), token(Token::okQuiet));
        paintText(painter, row.adjusted(0, 0, -14, 0), TextStyle::monoSmall, Token::textMuted, QString::number(line),
            Qt::AlignRight);
        top += height;
        block = block.next();
    }
}

void CodeEditor::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    const QRect inside = contentsRect();
    m_gutter->setGeometry(inside.left(), inside.top(), gutterWidth(), inside.height());
}

void CodeEditor::focusInEvent(QFocusEvent* event)
{
    QPlainTextEdit::focusInEvent(event);
    repaintFocus();
}

void CodeEditor::focusOutEvent(QFocusEvent* event)
{
    QPlainTextEdit::focusOutEvent(event);
    repaintFocus();
}

void CodeEditor::repaintFocus()
{
    // The base class repaints its cursor alone; the frame and the current line are the editor's own.
    viewport()->update();
    m_gutter->update();
}

void CodeEditor::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_F8 && !m_problems.empty()) {
        const int here = textCursor().position();
        const auto next = std::find_if(
            m_problems.begin(), m_problems.end(), [here](const TextProblem& problem) { return problem.start > here; });
        QTextCursor cursor = textCursor();
        cursor.setPosition(next == m_problems.end() ? m_problems.front().start : next->start);
        setTextCursor(cursor);
        centerCursor();
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

bool CodeEditor::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int at = cursorForPosition(help->pos()).position();
        for (const TextProblem& problem : m_problems) {
            if (at >= problem.start && at <= problem.start + problem.length) {
                QToolTip::showText(help->globalPos(), problem.message, viewport());
                return true;
            }
        }
        QToolTip::hideText();
        return true;
    }
    return QPlainTextEdit::viewportEvent(event);
}

void CodeEditor::paintEvent(QPaintEvent* event)
{
    if (hasFocus() && !isReadOnly()) {
        QPainter painter(viewport());
        const QRectF line = blockBoundingGeometry(textCursor().block()).translated(contentOffset());
        painter.fillRect(QRectF(0, line.top(), viewport()->width(), line.height()), token(Token::canvas));
    }
    QPlainTextEdit::paintEvent(event);
    if (isReadOnly() ? showsFocus(this) : hasFocus()) {
        QPainter painter(viewport());
        paintFocusRing(painter, QRectF(viewport()->rect()), 2);
    }
}

void CodeEditor::followCursor()
{
    repaintFocus();
    Q_EMIT cursorMoved(textCursor().blockNumber() + 1, textCursor().positionInBlock() + 1);
}

CodeView::CodeView(const QString& accessibleName, QWidget* parent)
    : CodeEditor(accessibleName, parent)
{
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
}

}
