#include "ui/bridge/route.h"

#include <QUrl>

namespace ephor::ui {

namespace {

/// Longest text read as a route: pasted text is not trusted to be short.
constexpr int longestRoute = 4'096;

QString decoded(QStringView part)
{
    return QUrl::fromPercentEncoding(part.toUtf8());
}

QString encoded(const QString& part)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(part, QByteArrayLiteral("@:.,")));
}

}

Route Route::parse(const QString& text)
{
    Route route;
    QStringView rest = QStringView(text).trimmed().left(longestRoute);
    if (const auto hash = rest.indexOf(u'#'); hash >= 0) {
        route.fragment = decoded(rest.mid(hash + 1));
        rest = rest.left(hash);
    }
    if (const auto mark = rest.indexOf(u'?'); mark >= 0) {
        for (const QStringView pair : rest.mid(mark + 1).split(u'&', Qt::SkipEmptyParts)) {
            const auto equals = pair.indexOf(u'=');
            const QString value = equals < 0 ? QString() : decoded(pair.mid(equals + 1));
            if (!value.isEmpty())
                route.query.insert(decoded(pair.left(equals)), value);
        }
        rest = rest.left(mark);
    }
    for (const QStringView part : rest.split(u'/', Qt::SkipEmptyParts))
        route.path.append(decoded(part));
    if (route.path.isEmpty())
        return routes::home();
    route.place = route.path.takeFirst().toLower();
    return route;
}

QString Route::format() const
{
    QString text = encoded(place);
    for (const QString& part : path)
        text += u'/' + encoded(part);
    QChar mark = u'?';
    for (auto value = query.begin(); value != query.end(); ++value) {
        if (value.value().isEmpty())
            continue;
        text += mark + encoded(value.key()) + u'=' + encoded(value.value());
        mark = u'&';
    }
    if (!fragment.isEmpty())
        text += u'#' + encoded(fragment);
    return text;
}

Route Route::with(const QString& key, const QString& value) const
{
    Route route = *this;
    if (value.isEmpty())
        route.query.remove(key);
    else
        route.query.insert(key, value);
    return route;
}

namespace routes {

Route home()
{
    return {QStringLiteral("home"), {}, {}, {}};
}

Route inbox(const QString& item)
{
    return {QStringLiteral("inbox"), item.isEmpty() ? QStringList{} : QStringList{item}, {}, {}};
}

Route agent(const QString& name, const QString& tab)
{
    return Route{QStringLiteral("agents"), {name}, {}, {}}.with(QStringLiteral("tab"), tab);
}

Route definition(const QString& kind, const QString& name)
{
    if (kind == QStringLiteral("agents"))
        return agent(name);
    if (kind == QStringLiteral("policies"))
        return {kind, {QStringLiteral("definitions"), name}, {}, {}};
    if (kind == QStringLiteral("protections"))
        return {QStringLiteral("policies"), {QStringLiteral("protection"), name}, {}, {}};
    return {QStringLiteral("library"), {kind, name}, {}, {}};
}

Route change(const QString& id)
{
    return {QStringLiteral("changes"), {id}, {}, {}};
}

Route run(const QString& id)
{
    return {QStringLiteral("activity"), {QStringLiteral("runs"), id}, {}, {}};
}

Route entry(quint64 index)
{
    return {QStringLiteral("assurance"), {QStringLiteral("record"), QString::number(index)}, {}, {}};
}

Route matrix(const QString& agent, const QString& tool)
{
    return Route{QStringLiteral("policies"), {QStringLiteral("matrix")}, {}, {}}
        .with(QStringLiteral("agent"), agent)
        .with(QStringLiteral("tool"), tool);
}

Route rule(const QString& id, const QString& agent)
{
    return Route{QStringLiteral("policies"), {QStringLiteral("rules")}, {}, {}}
        .with(QStringLiteral("rule"), id)
        .with(QStringLiteral("agent"), agent);
}

}

}
