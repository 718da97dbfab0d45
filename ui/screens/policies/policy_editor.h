#pragma once

#include "core/api/policies.h"
#include "ui/bridge/request.h"
#include "ui/kit/code_view.h"

#include <QTimer>

namespace ephor::ui {
class ItemList;
}

namespace ephor::ui::policies {

/// Where a completion begins in the text, counted in characters, from the bytes the core counts.
int charactersOf(const std::string& text, std::uint64_t bytes);

/// The text of rules, with what may stand at the cursor: by Ctrl+Space, and while a word is being typed.
class PolicyEditor : public CodeEditor {
    Q_OBJECT

public:
    PolicyEditor(const QString& accessibleName, Session& session, QWidget* parent);

    /// Where the text is to stand, which decides what is offered.
    void setHome(RuleHome home) { m_home = home; }
    /// Underlines them; those without a place are left out.
    void setFound(const std::vector<Problem>& problems);
    /// Asks what may stand at the cursor and offers it.
    void complete();
    /// Puts text where the cursor is, as an edit that can be undone, on lines of its own.
    void insertRule(const QString& rule);
    /// The rule that the cursor stands in, with its annotations; empty between rules. As the text is written: a rule
    /// ends with its semicolon.
    QString ruleAtCursor() const;
    /// Puts another rule in its place, as an edit that can be undone.
    void replaceRuleAtCursor(const QString& rule);

Q_SIGNALS:
    /// The text changed. Unlike textChanged it does not tell of colouring.
    void edited();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    /// Whether somebody asked, or a word is being typed: then a single whole word is not offered again.
    enum class Asked { byKey, byTyping };
    void ask(Asked how);
    void offer(const CompletePolicy::Response& found, Asked how);
    void place();
    std::pair<int, int> rangeAtCursor() const;
    void accept();
    bool steer(QKeyEvent* event);

    Session& m_session;
    RuleHome m_home = RuleHome::Release;
    QString m_text;
    Latest m_asked;
    QTimer m_pause;
    ItemList* m_list;
    std::vector<PolicyCompletion> m_choices;
    int m_from = 0; ///< in characters
    int m_askedAt = 0; ///< place of the cursor when it was asked
};

}
