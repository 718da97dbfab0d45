#include "ui/screens/policies/policy_editor.h"

#include "ui/bridge/values.h"
#include "ui/kit/item_list.h"
#include "ui/library/library_rows.h"

#include <QKeyEvent>
#include <QTextBlock>

namespace ephor::ui::policies {

namespace {

/// How long typing must pause before it is asked what may come.
constexpr int completionPauseMilliseconds = 120;
constexpr int completionWidth = 420;
constexpr int mostCompletionRows = 8;

bool beginsWord(const QString& typed)
{
    return typed.size() == 1 && (typed[0].isLetterOrNumber() || QStringLiteral("_.@:\"").contains(typed[0]));
}

Icon completionIcon(const std::string& kind)
{
    if (kind == "action")
        return Icon::tool;
    if (kind == "entity")
        return Icon::agent;
    if (kind == "annotation")
        return Icon::seal;
    return kind == "keyword" ? Icon::policies : Icon::columns;
}

}

int charactersOf(const std::string& text, std::uint64_t bytes)
{
    return int(ui::text(std::string_view(text).substr(0, std::min<std::size_t>(bytes, text.size()))).size());
}

PolicyEditor::PolicyEditor(const QString& accessibleName, Session& session, QWidget* parent)
    : CodeEditor(accessibleName, parent)
    , m_session(session)
    , m_list(new ItemList(tr("What may stand here"), this))
{
    setRules(policyRules());
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setFrameShape(QFrame::Box);
    m_list->hide();
    m_pause.setSingleShot(true);
    m_pause.setInterval(completionPauseMilliseconds);
    connect(&m_pause, &QTimer::timeout, this, [this] { ask(Asked::byTyping); });
    connect(m_list, &ItemList::itemOpened, this, [this] { accept(); });
    connect(this, &QPlainTextEdit::textChanged, this, [this] {
        if (toPlainText() == m_text)
            return;
        m_text = toPlainText();
        Q_EMIT edited();
    });
}

void PolicyEditor::setFound(const std::vector<Problem>& problems)
{
    setProblems(library::textProblems(toPlainText(), problems));
}

void PolicyEditor::complete()
{
    ask(Asked::byKey);
}

// From the first letter after the semicolon before to the rule's own one; strings and comments have none.
std::pair<int, int> PolicyEditor::rangeAtCursor() const
{
    const QString text = toPlainText();
    const int at = textCursor().position();
    int from = 0;
    bool isQuoted = false;
    bool isComment = false;
    for (int place = 0; place < text.size(); ++place) {
        const QChar letter = text[place];
        if (isComment) {
            isComment = letter != u'\n';
        } else if (isQuoted) {
            if (letter == u'\\')
                ++place;
            else
                isQuoted = letter != u'"';
        } else if (letter == u'"') {
            isQuoted = true;
        } else if (letter == u'/' && text.mid(place, 2) == QStringLiteral("//")) {
            isComment = true;
        } else if (letter == u';') {
            if (place + 1 >= at) {
                while (from < place && text[from].isSpace())
                    ++from;
                return at < from ? std::pair(at, at) : std::pair(from, place + 1);
            }
            from = place + 1;
        }
    }
    return {at, at};
}

QString PolicyEditor::ruleAtCursor() const
{
    const auto [from, to] = rangeAtCursor();
    return toPlainText().mid(from, to - from);
}

void PolicyEditor::replaceRuleAtCursor(const QString& rule)
{
    const auto [from, to] = rangeAtCursor();
    QTextCursor cursor = textCursor();
    cursor.setPosition(from);
    cursor.setPosition(to, QTextCursor::KeepAnchor);
    cursor.insertText(rule);
    setTextCursor(cursor);
    setFocus();
}

void PolicyEditor::insertRule(const QString& rule)
{
    QTextCursor cursor = textCursor();
    cursor.beginEditBlock();
    cursor.movePosition(QTextCursor::End);
    const QString before = toPlainText();
    if (!before.trimmed().isEmpty())
        cursor.insertText(before.endsWith(u'\n') ? QStringLiteral("\n") : QStringLiteral("\n\n"));
    cursor.insertText(rule + u'\n');
    cursor.endEditBlock();
    setTextCursor(cursor);
    setFocus();
}

void PolicyEditor::ask(Asked how)
{
    m_pause.stop();
    CompletePolicy::Request wanted;
    const QString all = toPlainText();
    m_askedAt = textCursor().position();
    wanted.text = utf8(all);
    wanted.home = m_home;
    wanted.offset = utf8(all.left(m_askedAt)).size();
    m_asked.request<CompletePolicy>(
        this, m_session, wanted,
        [this, how, sent = std::string(wanted.text)](Result<CompletePolicy::Response> answer) {
            // Typed on meanwhile: the next answer is on its way.
            if (!answer || textCursor().position() != m_askedAt || !hasFocus())
                return m_list->hide();
            m_from = charactersOf(sent, answer->from);
            offer(*answer, how);
        },
        Waiting::nobody);
}

void PolicyEditor::offer(const CompletePolicy::Response& found, Asked how)
{
    m_choices = found.completions;
    const QString typed = toPlainText().mid(m_from, m_askedAt - m_from);
    const bool isWhole = m_choices.size() == 1 && text(m_choices.front().text) == typed;
    if (m_choices.empty() || (how == Asked::byTyping && isWhole))
        return m_list->hide();
    std::vector<ListItem> items;
    for (std::size_t at = 0; at < m_choices.size(); ++at) {
        ListItem item;
        item.key = int(at);
        item.icon = completionIcon(m_choices[at].kind);
        item.title = text(m_choices[at].text);
        item.trailing = text(m_choices[at].detail);
        items.push_back(std::move(item));
    }
    m_list->setItems(std::move(items));
    m_list->setCurrentKey(0);
    place();
    m_list->show();
    m_list->raise();
}

void PolicyEditor::place()
{
    const int rows = std::min(mostCompletionRows, int(m_choices.size()));
    const int tall = rows * std::max(metrics::rowStandard, m_list->sizeHintForRow(0)) + 4;
    QTextCursor from(document());
    from.setPosition(m_from);
    const QRect caret = cursorRect(from).translated(viewport()->pos());
    const int wide = std::min(completionWidth, width() - gutterWidth());
    const int left = std::clamp(caret.left(), 0, std::max(0, width() - wide));
    const bool below = caret.bottom() + tall < height() || caret.top() < tall;
    m_list->setGeometry(left, below ? caret.bottom() + 2 : caret.top() - tall - 2, wide, tall);
}

void PolicyEditor::accept()
{
    const int at = m_list->currentKey().toInt();
    m_list->hide();
    if (at < 0 || std::size_t(at) >= m_choices.size())
        return;
    QTextCursor cursor = textCursor();
    cursor.setPosition(m_from);
    cursor.setPosition(textCursor().position(), QTextCursor::KeepAnchor);
    cursor.insertText(text(m_choices[std::size_t(at)].text));
    setTextCursor(cursor);
}

// The list never has the focus, so that typing goes on.
bool PolicyEditor::steer(QKeyEvent* event)
{
    const int count = int(m_choices.size());
    const int at = m_list->currentKey().toInt();
    switch (event->key()) {
    case Qt::Key_Down:
        m_list->setCurrentKey((at + 1) % count);
        return true;
    case Qt::Key_Up:
        m_list->setCurrentKey((at + count - 1) % count);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Tab:
        accept();
        return true;
    case Qt::Key_Escape:
        m_list->hide();
        return true;
    default:
        return false;
    }
}

void PolicyEditor::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Space && event->modifiers().testFlag(Qt::ControlModifier)) {
        complete();
        return;
    }
    if (m_list->isVisible() && steer(event))
        return;
    CodeEditor::keyPressEvent(event);
    if (isReadOnly() || event->text().isEmpty())
        return;
    if (beginsWord(event->text()) || (event->key() == Qt::Key_Backspace && m_list->isVisible()))
        m_pause.start();
    else
        m_list->hide();
}

void PolicyEditor::focusOutEvent(QFocusEvent* event)
{
    m_list->hide();
    CodeEditor::focusOutEvent(event);
}

}
