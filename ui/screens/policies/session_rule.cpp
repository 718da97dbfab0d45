#include "ui/screens/policies/session_rule.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

namespace ephor::ui::policies {

namespace {

struct SessionRuleWords {
    Q_DECLARE_TR_FUNCTIONS(SessionRuleWords)
};

QString literal(QString words)
{
    words.replace(u'\\', QStringLiteral("\\\\")).replace(u'"', QStringLiteral("\\\"")).replace(u'\n', u' ');
    return u'"' + words + u'"';
}

bool isGroup(const QString& tool)
{
    return tool == QStringLiteral("any") || tool.startsWith(QStringLiteral("effect:"));
}

QString actionOf(const QString& tool)
{
    return QStringLiteral("Action::") + literal(tool);
}

QString inputMember(const QString& argument)
{
    static const QRegularExpression identifier(QStringLiteral("^[A-Za-z_][A-Za-z0-9_]*$"));
    static const QStringList reserved{QStringLiteral("true"), QStringLiteral("false"), QStringLiteral("if"),
        QStringLiteral("then"), QStringLiteral("else"), QStringLiteral("in"), QStringLiteral("is"),
        QStringLiteral("like"), QStringLiteral("has"), QStringLiteral("__cedar")};
    const bool plain = identifier.match(argument).hasMatch() && !reserved.contains(argument);
    return plain ? QStringLiteral("input.") + argument : QStringLiteral("input[") + literal(argument) + u']';
}

QString windowOf(int minutes)
{
    const int hours = minutes / 60;
    const int rest = minutes % 60;
    return (hours > 0 ? QString::number(hours) + u'h' : QString())
        + (rest > 0 ? QString::number(rest) + u'm' : QString());
}

QString windowWords(int minutes)
{
    if (minutes % 60 == 0)
        return minutes == 60 ? SessionRuleWords::tr("1 hour") : SessionRuleWords::tr("%1 hours").arg(minutes / 60);
    return minutes == 1 ? SessionRuleWords::tr("1 minute") : SessionRuleWords::tr("%1 minutes").arg(minutes);
}

QString toolWords(const QString& tool)
{
    if (tool == QStringLiteral("any"))
        return SessionRuleWords::tr("any tool");
    return isGroup(tool) ? SessionRuleWords::tr("any tool of %1").arg(tool.section(u':', 1)) : tool;
}

QString decimalOf(const QString& most)
{
    return most.contains(u'.') ? most : most + QStringLiteral(".0");
}

QString conditionOf(const SessionRule& rule)
{
    const QString within = QStringLiteral(" within %1 ").arg(windowOf(rule.minutes));
    if (rule.kind == SessionRule::Kind::atMost) {
        const QString event = actionOf(rule.tool) + QStringLiteral("::request");
        if (rule.argument.isEmpty())
            return QStringLiteral("when temporal { count%1%2 >= %3 }").arg(within, event, rule.most);
        const QString member = inputMember(rule.argument);
        const QString sum = QStringLiteral("sum") + within + event + QStringLiteral(" of event.") + member;
        return rule.number == SessionRule::Number::decimal
            ? QStringLiteral("when temporal { (") + sum + QStringLiteral(" plus context.") + member
                + QStringLiteral(").greaterThan(decimal(\"") + decimalOf(rule.most) + QStringLiteral("\")) }")
            : QStringLiteral("when temporal { ") + sum + QStringLiteral(" + context.") + member + QStringLiteral(" > ")
                + rule.most + QStringLiteral(" }");
    }
    QString text = (rule.kind == SessionRule::Kind::onlyAfter ? QStringLiteral("unless") : QStringLiteral("when"))
        + QStringLiteral(" temporal { formerly") + within + actionOf(rule.before) + QStringLiteral("::response");
    if (!rule.same.isEmpty()) {
        const QString member = inputMember(rule.same);
        text += QStringLiteral(" where { event.") + member + QStringLiteral(" == context.") + member
            + QStringLiteral(" }");
    }
    return text + QStringLiteral(" }");
}

}

QString whyNoRule(const SessionRule& rule)
{
    if (rule.tool.isEmpty())
        return SessionRuleWords::tr("Choose the tool whose calls are ruled.");
    if (rule.minutes < 1 || rule.minutes > mostWindowMinutes)
        return SessionRuleWords::tr("A window is 1 minute to 24 hours.");
    if (rule.kind != SessionRule::Kind::atMost)
        return rule.before.isEmpty() ? SessionRuleWords::tr("Choose the tool that comes before.") : QString();
    static const QRegularExpression whole(QStringLiteral("^[0-9]{1,18}$"));
    static const QRegularExpression decimal(QStringLiteral("^[0-9]{1,14}(\\.[0-9]{1,4})?$"));
    const bool fits = rule.argument.isEmpty() || rule.number == SessionRule::Number::whole
        ? whole.match(rule.most).hasMatch()
        : decimal.match(rule.most).hasMatch();
    return fits ? QString() : SessionRuleWords::tr("How much is at most? A number.");
}

QString sessionRuleSentence(const SessionRule& rule)
{
    const QString who = rule.agent.isEmpty() ? SessionRuleWords::tr("Every agent") : rule.agent;
    const QString window = windowWords(rule.minutes);
    const QString same = rule.same.isEmpty() ? QString() : SessionRuleWords::tr(" with the same %1").arg(rule.same);
    switch (rule.kind) {
    case SessionRule::Kind::atMost:
        return rule.argument.isEmpty()
            ? SessionRuleWords::tr("%1 may call %2 at most %3 times within %4 of a session.")
                  .arg(who, toolWords(rule.tool), rule.most, window)
            : SessionRuleWords::tr("%1 may call %2 while the sum of %3 within %4 of a session is at most %5.")
                  .arg(who, toolWords(rule.tool), rule.argument, window, rule.most);
    case SessionRule::Kind::onlyAfter:
        return SessionRuleWords::tr("%1 may call %2 only after %3%4 was answered, within %5 of a session.")
            .arg(who, toolWords(rule.tool), toolWords(rule.before), same, window);
    case SessionRule::Kind::neverAfter:
        break;
    }
    return SessionRuleWords::tr("%1 may never call %2 after %3%4 was answered, within %5 of a session.")
        .arg(who, toolWords(rule.tool), toolWords(rule.before), same, window);
}

QString sessionRuleText(const SessionRule& rule)
{
    const QString principal = rule.agent.isEmpty() ? QStringLiteral("principal")
                                                   : QStringLiteral("principal == Agent::") + literal(rule.agent);
    const QString action = QStringLiteral("action ")
        + (isGroup(rule.tool) ? QStringLiteral("in ") : QStringLiteral("== ")) + actionOf(rule.tool);
    return QStringLiteral("@reason(") + literal(sessionRuleSentence(rule)) + QStringLiteral(")\nforbid(") + principal
        + QStringLiteral(", ") + action + QStringLiteral(", resource)\n") + conditionOf(rule) + u';';
}

}
