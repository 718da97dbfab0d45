#include "ui/bridge/explanation_words.h"

#include "core/base/json.h"
#include "ui/bridge/values.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <nlohmann/json.hpp>

namespace ephor::ui {

namespace {

struct ExplanationWords {
    Q_DECLARE_TR_FUNCTIONS(ExplanationWords)
};

QString wordsAt(const Json& json, const char* name)
{
    const auto found = json.find(name);
    return found != json.end() && found->is_string() ? text(found->get<std::string>()) : QString();
}

const Json& listAt(const Json& json, const char* name)
{
    static const Json none = Json::array();
    const auto found = json.find(name);
    return found != json.end() && found->is_array() ? *found : none;
}

QString chainOf(const Json& path)
{
    QStringList steps;
    for (const Json& step : path) {
        if (step.is_string())
            steps << plainTerms(text(step.get<std::string>()));
    }
    return steps.join(QStringLiteral(" \u203A "));
}

QStringList valuesAt(const Json& json)
{
    QStringList values;
    for (const Json& value : listAt(json, "values")) {
        const QString problem = wordsAt(value, "problem");
        values << (problem.isEmpty()
                ? ExplanationWords::tr("%1 is %2").arg(wordsAt(value, "text"), wordsAt(value, "value"))
                : ExplanationWords::tr("%1: %2").arg(wordsAt(value, "text"), problem));
    }
    return values;
}

void readScope(const Json& json, ExplainedRule& rule)
{
    for (const Json& part : listAt(json, "scope")) {
        if (!listAt(part, "path").empty())
            rule.paths << chainOf(listAt(part, "path"));
        if (part.value("holds", false))
            continue;
        const QString groups = chainOf(listAt(part, "memberOf"));
        const QString wants = ExplanationWords::tr("It is for %1").arg(plainTerms(wordsAt(part, "wanted")));
        const QString entity = plainTerms(wordsAt(part, "entity"));
        rule.scope << (groups.isEmpty() ? ExplanationWords::tr("%1, and this is %2.").arg(wants, entity)
                                        : ExplanationWords::tr("%1, and %2 is only in %3.").arg(wants, entity, groups));
    }
}

ExplainedRule ruleFrom(const Json& json)
{
    ExplainedRule rule;
    rule.id = wordsAt(json, "id");
    rule.effect = wordsAt(json, "effect");
    rule.text = wordsAt(json, "text");
    rule.reason = wordsAt(json, "reason");
    rule.values = valuesAt(json);
    readScope(json, rule);
    const auto condition = json.find("condition");
    if (condition == json.end() || !condition->is_object())
        return rule;
    const QString error = wordsAt(*condition, "error");
    const QString atom = wordsAt(*condition, "atom");
    rule.condition = !error.isEmpty()     ? ExplanationWords::tr("%1 could not be told: %2").arg(atom, error)
        : condition->value("held", false) ? ExplanationWords::tr("It wants that not %1").arg(atom)
                                          : ExplanationWords::tr("It wants %1").arg(atom);
    rule.values = valuesAt(*condition);
    return rule;
}

}

QString plainTerms(const QString& words)
{
    static const QRegularExpression scope(QStringLiteral("^(?:principal|action|resource) (?:==|in) "));
    static const QRegularExpression kind(QStringLiteral("^(?:principal|resource) is (\\w+)"));
    static const QRegularExpression entity(QStringLiteral("\\b[A-Za-z_]\\w*::\"([^\"]*)\""));
    QString plain = words;
    plain.remove(scope);
    plain.replace(kind, QStringLiteral("a \\1"));
    return plain.replace(entity, QStringLiteral("\\1"));
}

Explained explainedOf(const Document& explanation)
{
    Explained explained;
    const auto json = parseJson(explanation.text.empty() ? "null" : explanation.text);
    if (!json || !json->is_object())
        return explained;
    explained.sentence = plainTerms(wordsAt(*json, "sentence"));
    explained.allows = wordsAt(*json, "decision") == QStringLiteral("allow");
    for (const Json& rule : listAt(*json, "determining")) {
        if (rule.is_object())
            explained.determining.push_back(ruleFrom(rule));
    }
    if (const Json& near = listAt(*json, "near"); !near.empty() && near.front().is_object())
        explained.nearest = ruleFrom(near.front());
    const auto flip = json->find("flip");
    if (flip != json->end() && flip->is_object())
        explained.flip = wordsAt(*flip, "sentence");
    for (const Json& error : listAt(*json, "errors"))
        explained.errors << ExplanationWords::tr("%1: %2").arg(wordsAt(error, "policy"), wordsAt(error, "message"));
    return explained;
}

}
