#include "ui/screens/policies/marked_text.h"

#include "ui/kit/theme.h"

#include <QHelpEvent>
#include <QToolTip>

namespace ephor::ui::policies {

std::vector<int> codePointStarts(const QString& text)
{
    std::vector<int> starts;
    starts.reserve(std::size_t(text.size()) + 1);
    for (int at = 0; at < int(text.size()); ++at) {
        starts.push_back(at);
        if (text[at].isHighSurrogate() && at + 1 < int(text.size()) && text[at + 1].isLowSurrogate())
            ++at;
    }
    starts.push_back(int(text.size()));
    return starts;
}

MarkedText::MarkedText(const QString& accessibleName, QWidget* parent)
    : QPlainTextEdit(parent)
{
    setAccessibleName(accessibleName);
    setTabChangesFocus(true);
    connect(this, &QPlainTextEdit::textChanged, this, [this] { setMarks({}); });
    connect(&Theme::instance(), &Theme::themeChanged, this, &MarkedText::paintMarks);
}

void MarkedText::setMarks(std::vector<TextMark> marks)
{
    if (marks == m_marks)
        return;
    m_marks = std::move(marks);
    paintMarks();
}

void MarkedText::paintMarks()
{
    QList<QTextEdit::ExtraSelection> selections;
    for (const TextMark& mark : m_marks) {
        QTextEdit::ExtraSelection selection;
        selection.format.setBackground(token(mark.fill));
        selection.format.setForeground(token(Token::textPrimary));
        selection.format.setUnderlineStyle(QTextCharFormat::SingleUnderline);
        selection.format.setUnderlineColor(token(Token::textMuted));
        selection.cursor = textCursor();
        selection.cursor.setPosition(std::min(mark.start, document()->characterCount() - 1));
        selection.cursor.setPosition(
            std::min(mark.start + mark.length, document()->characterCount() - 1), QTextCursor::KeepAnchor);
        selections.append(selection);
    }
    setExtraSelections(selections);
}

void MarkedText::choose(std::size_t mark)
{
    if (mark >= m_marks.size())
        return;
    QTextCursor cursor = textCursor();
    cursor.setPosition(std::min(m_marks[mark].start, document()->characterCount() - 1));
    setTextCursor(cursor);
    ensureCursorVisible();
}

bool MarkedText::viewportEvent(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QPlainTextEdit::viewportEvent(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int at = cursorForPosition(help->pos()).position();
    for (const TextMark& mark : m_marks) {
        if (at >= mark.start && at < mark.start + mark.length) {
            QToolTip::showText(help->globalPos(), mark.toolTip, this);
            return true;
        }
    }
    QToolTip::hideText();
    return true;
}

}
