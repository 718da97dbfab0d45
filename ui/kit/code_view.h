#pragma once

#include "ui/kit/highlighter.h"

#include <QPlainTextEdit>
#include <QSet>

namespace ephor::ui {

/// Text in the mono face with a gutter of line numbers. Problems show a wave, a tooltip and are reached with F8.
class CodeEditor : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit CodeEditor(const QString& accessibleName, QWidget* parent = nullptr);

    void setRules(std::vector<HighlightRule> rules);
    void setProblems(std::vector<TextProblem> problems);
    const std::vector<TextProblem>& problems() const { return m_problems; }
    /// Lines (1-based) that carry the mark of a change in the gutter.
    void setChangedLines(const QSet<int>& lines);
    void goToLine(int line);
    int gutterWidth() const;
    void paintGutter(QPaintEvent* event);

Q_SIGNALS:
    /// Line and column of the cursor, 1-based.
    void cursorMoved(int line, int column);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void followCursor();
    void repaintFocus();

    Highlighter* m_highlighter;
    QWidget* m_gutter;
    std::vector<TextProblem> m_problems;
    QSet<int> m_changed;
};

/// The same, to read only; the text can be selected and copied.
class CodeView : public CodeEditor {
    Q_OBJECT

public:
    explicit CodeView(const QString& accessibleName, QWidget* parent = nullptr);
};

}
