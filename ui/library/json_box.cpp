#include "ui/library/json_box.h"

#include "ui/bridge/definition_words.h"
#include "ui/bridge/wording.h"

#include <QTextBlock>

namespace ephor::ui::library {

JsonBox::JsonBox(const QString& accessibleName, QWidget* parent)
    : CodeEditor(accessibleName, parent)
{
    setRules(jsonRules());
    connect(this, &QPlainTextEdit::textChanged, this, [this] {
        if (toPlainText() == m_text)
            return;
        m_text = toPlainText();
        Q_EMIT edited();
    });
}

void JsonBox::setDocument(const Document& document)
{
    m_text = indentedJson(document);
    setPlainText(m_text);
    mark({}, 0);
}

void JsonBox::mark(const QString& problem, int line)
{
    if (problem == m_problem)
        return;
    m_problem = problem;
    if (problem.isEmpty())
        return setProblems({});
    const QTextBlock block = QPlainTextEdit::document()->findBlockByNumber(std::max(0, line - 1));
    setProblems({{block.position(), std::max(1, block.length() - 1), problem}});
}

std::optional<Document> JsonBox::document()
{
    auto read = documentFrom(toPlainText());
    if (read) {
        mark({}, 0);
        return std::move(*read);
    }
    int line = 0;
    for (const auto& [name, value] : read.error().fields) {
        if (name == "line")
            line = QString::fromStdString(value).toInt();
    }
    mark(accessibleName() + QStringLiteral(": ") + errorLine(read.error()), line);
    return std::nullopt;
}

}
