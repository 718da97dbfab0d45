#include "ui/kit/highlighter.h"

#include "ui/kit/theme.h"

#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QTextDocument>

namespace ephor::ui {

namespace {

QRegularExpression pattern(const char* text)
{
    return QRegularExpression(QString::fromLatin1(text));
}

}

std::vector<HighlightRule> templateRules()
{
    return {
        {pattern(R"(\{\{[^}]*\}\})"), Token::link, Token::badgeInfo},
        {pattern(R"(\{\{\s*[#/^>][^}]*\}\})"), Token::series4, Token::surface},
        {pattern(R"(\{\{![^}]*\}\})"), Token::textMuted, Token::surface},
    };
}

std::vector<HighlightRule> jsonRules()
{
    return {
        {pattern(R"(\b(true|false|null)\b)"), Token::series4},
        {pattern(R"(-?\b\d+(\.\d+)?([eE][-+]?\d+)?\b)"), Token::link},
        {pattern(R"("(\\.|[^"\\])*")"), Token::ok},
        {pattern(R"(("(\\.|[^"\\])*")\s*:)"), Token::textMuted, Token::count, HighlightRule::Weight::normal, 1},
    };
}

std::vector<HighlightRule> yamlRules()
{
    return {
        {pattern(R"(\b(true|false|null)\b)"), Token::series4},
        {pattern(R"(\b\d+(\.\d+)?\b)"), Token::link},
        {pattern(R"("(\\.|[^"\\])*"|'[^']*')"), Token::ok},
        {pattern(R"(^\s*(?:- )?([\w.\-]+):)"), Token::textMuted, Token::count, HighlightRule::Weight::strong, 1},
        {pattern(R"((^|\s)#.*$)"), Token::textMuted},
    };
}

std::vector<HighlightRule> policyRules()
{
    return {
        {pattern(R"(\b\d+(\.\d+)?(ms|s|m|h|d)?\b)"), Token::link},
        {pattern(
             R"(\b(when|unless|if|then|else|in|is|has|like|temporal|formerly|previous|since|within|count|sum|of|plus|where|true|false)\b)"),
            Token::series4},
        {pattern(R"(\b(principal|action|resource|context|event)\b)"), Token::series2},
        {pattern(R"(\b[A-Z]\w*(?=::))"), Token::series2},
        {pattern(R"(^\s*(permit)\b)"), Token::ok, Token::count, HighlightRule::Weight::strong, 1},
        {pattern(R"(^\s*(forbid)\b)"), Token::badgeErrorText, Token::count, HighlightRule::Weight::strong, 1},
        {pattern(R"(@\w+)"), Token::warn},
        {pattern(R"("(\\.|[^"\\])*")"), Token::ok},
        {pattern(R"(//.*$)"), Token::textMuted},
    };
}

Highlighter::Highlighter(QPlainTextEdit* editor)
    : QSyntaxHighlighter(editor->document())
    , m_editor(editor)
{
    connect(&Theme::instance(), &Theme::themeChanged, this, &Highlighter::colourAnew);
}

void Highlighter::colourAnew()
{
    const QSignalBlocker quiet(m_editor);
    rehighlight();
}

void Highlighter::setRules(std::vector<HighlightRule> rules)
{
    m_rules = std::move(rules);
    colourAnew();
}

void Highlighter::setProblems(std::vector<TextProblem> problems)
{
    m_problems = std::move(problems);
    colourAnew();
}

void Highlighter::highlightBlock(const QString& text)
{
    for (const HighlightRule& rule : m_rules) {
        QTextCharFormat format;
        format.setForeground(token(rule.text));
        if (rule.fill != Token::count && rule.fill != Token::surface)
            format.setBackground(token(rule.fill));
        if (rule.weight == HighlightRule::Weight::strong)
            format.setFontWeight(QFont::DemiBold);
        auto matches = rule.pattern.globalMatch(text);
        while (matches.hasNext()) {
            const QRegularExpressionMatch match = matches.next();
            setFormat(static_cast<int>(match.capturedStart(rule.group)),
                static_cast<int>(match.capturedLength(rule.group)), format);
        }
    }
    const int start = currentBlock().position();
    for (const TextProblem& problem : m_problems) {
        const int from = std::max(0, problem.start - start);
        const int to = std::min(static_cast<int>(text.size()), problem.start + problem.length - start);
        const bool error = problem.level == TextProblem::Level::error;
        for (int at = from; at < to; ++at) {
            QTextCharFormat marked = format(at);
            marked.setForeground(token(error ? Token::badgeErrorText : Token::warn));
            marked.setBackground(token(error ? Token::badgeError : Token::badgeWarn));
            marked.setUnderlineStyle(QTextCharFormat::WaveUnderline);
            marked.setUnderlineColor(token(error ? Token::error : Token::warn));
            setFormat(at, 1, marked);
        }
    }
}

}
