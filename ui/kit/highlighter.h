#pragma once

#include "ui/kit/tokens.h"

#include <QRegularExpression>
#include <QSyntaxHighlighter>
#include <vector>

class QPlainTextEdit;

namespace ephor::ui {

/// One rule: what matches is drawn this way. Later rules win over earlier ones.
struct HighlightRule {
    enum class Weight { normal, strong };
    QRegularExpression pattern;
    Token text = Token::textPrimary;
    Token fill = Token::count; ///< none
    Weight weight = Weight::normal;
    int group = 0; ///< captured part that is drawn; 0 is all of it
};

/// Ready tables.
std::vector<HighlightRule> templateRules(); ///< {{variable}}, {{#section}}, {{! comment }}, {{> partial}}
std::vector<HighlightRule> jsonRules();
std::vector<HighlightRule> yamlRules();
std::vector<HighlightRule> policyRules();

/// A stretch of text that is wrong, and why. Counted in characters from the start of the document.
struct TextProblem {
    int start = 0;
    int length = 0;
    QString message;
    enum class Level { error, warning } level = Level::error;
};

/// Colours an editor's text by rules and underlines problems with a wave. Colouring anew is no change of the text: the
/// editor does not tell `textChanged` for it.
class Highlighter : public QSyntaxHighlighter {
    Q_OBJECT

public:
    explicit Highlighter(QPlainTextEdit* editor);

    void setRules(std::vector<HighlightRule> rules);
    void setProblems(std::vector<TextProblem> problems);

protected:
    void highlightBlock(const QString& text) override;

private:
    void colourAnew();

    QPlainTextEdit* m_editor;
    std::vector<HighlightRule> m_rules;
    std::vector<TextProblem> m_problems;
};

}
