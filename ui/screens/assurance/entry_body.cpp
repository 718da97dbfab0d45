#include "ui/screens/assurance/entry_body.h"

#include "core/base/json.h"
#include "core/domain/short_id.h"
#include "ui/bridge/values.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace ephor::ui::assurance {

namespace {

struct BodyWording {
    Q_DECLARE_TR_FUNCTIONS(BodyWording)
};

Json bodyOf(const Document& body)
{
    auto parsed = parseJson(body.text);
    return parsed ? std::move(*parsed) : Json();
}

QString quoted(const std::string& words)
{
    return text(compactJson(Json(words)));
}

/// Writes JSON indented by two, and notes the lines of sealed values.
class BodyWriter {
public:
    explicit BodyWriter(const std::vector<std::string>& sealedPaths)
        : m_sealed(sealedPaths)
    {
    }

    void write(const Json& value, const std::string& at, int depth)
    {
        if (isSealed(at)) {
            m_lines.insert(m_line);
            m_text += text(compactJson(value)).replace(QLatin1Char(':'), QStringLiteral(": "));
        } else if (value.is_object() && !value.empty()) {
            writeMembers(value, at, depth);
        } else if (value.is_array() && !value.empty()) {
            writeItems(value, at, depth);
        } else {
            m_text += text(compactJson(value));
        }
    }
    EntryText taken() { return {std::move(m_text), std::move(m_lines)}; }

private:
    bool isSealed(const std::string& at) const
    {
        constexpr std::string_view data = "/data";
        return at.starts_with(data)
            && std::find(m_sealed.begin(), m_sealed.end(), at.substr(data.size())) != m_sealed.end();
    }
    void breakLine(int depth)
    {
        m_text += QLatin1Char('\n') + QString(2 * depth, QLatin1Char(' '));
        ++m_line;
    }
    void writeMembers(const Json& value, const std::string& at, int depth)
    {
        m_text += QLatin1Char('{');
        bool first = true;
        for (const auto& [name, member] : value.items()) {
            m_text += first ? QString() : QStringLiteral(",");
            first = false;
            breakLine(depth + 1);
            m_text += quoted(name) + QStringLiteral(": ");
            write(member, at + "/" + name, depth + 1);
        }
        breakLine(depth);
        m_text += QLatin1Char('}');
    }
    void writeItems(const Json& value, const std::string& at, int depth)
    {
        m_text += QLatin1Char('[');
        for (std::size_t item = 0; item < value.size(); ++item) {
            m_text += item == 0 ? QString() : QStringLiteral(",");
            breakLine(depth + 1);
            write(value[item], at + "/" + std::to_string(item), depth + 1);
        }
        breakLine(depth);
        m_text += QLatin1Char(']');
    }

    const std::vector<std::string>& m_sealed;
    QString m_text;
    QSet<int> m_lines;
    int m_line = 1;
};

std::string stringIn(const Json& object, const char* name)
{
    const auto found = object.is_object() ? object.find(name) : object.end();
    return object.is_object() && found != object.end() && found->is_string() ? found->get<std::string>()
                                                                             : std::string();
}

/// Names of references in the order people look for them; the others follow as they are.
struct NamedReference {
    std::string_view name;
    const char* label;
};
constexpr std::array<NamedReference, 12> named{{
    {"run", QT_TRANSLATE_NOOP("BodyWording", "Run")},
    {"change", QT_TRANSLATE_NOOP("BodyWording", "Change")},
    {"approval", QT_TRANSLATE_NOOP("BodyWording", "Approval")},
    {"agent", QT_TRANSLATE_NOOP("BodyWording", "Agent")},
    {"tool", QT_TRANSLATE_NOOP("BodyWording", "Tool")},
    {"call", QT_TRANSLATE_NOOP("BodyWording", "Call")},
    {"release", QT_TRANSLATE_NOOP("BodyWording", "Release")},
    {"rollout", QT_TRANSLATE_NOOP("BodyWording", "Rollout")},
    {"policy", QT_TRANSLATE_NOOP("BodyWording", "Rule")},
    {"person", QT_TRANSLATE_NOOP("BodyWording", "Person")},
    {"key", QT_TRANSLATE_NOOP("BodyWording", "Service key")},
    {"version", QT_TRANSLATE_NOOP("BodyWording", "Version")},
}};

QString labelOf(const std::string& name)
{
    const auto known
        = std::find_if(named.begin(), named.end(), [&](const NamedReference& one) { return one.name == name; });
    if (known != named.end())
        return BodyWording::tr(known->label);
    QString words = text(name);
    words[0] = words[0].toUpper();
    return words;
}

std::optional<Route> referenceRoute(const std::string& name, const std::string& value)
{
    if (value.find(':') != std::string::npos)
        return routeOf(value);
    return routeOf(name + ":" + value);
}

EntryReference referenceOf(const std::string& name, const std::string& value)
{
    const QString whole = text(value);
    const QString tail = whole.section(QLatin1Char(':'), -1);
    const bool isDigest = whole.startsWith(QStringLiteral("sha256:"));
    const QString shown = isDigest || isUuid(utf8(tail)) ? shortId(utf8(tail)) : whole;
    return {labelOf(name), shown, whole, referenceRoute(name, value)};
}

}

EntryText entryText(const Document& body, const std::vector<std::string>& sealedPaths)
{
    BodyWriter writer(sealedPaths);
    writer.write(bodyOf(body), "", 0);
    return writer.taken();
}

std::vector<HighlightRule> entryRules()
{
    std::vector<HighlightRule> rules = jsonRules();
    rules.push_back({QRegularExpression(QStringLiteral(R"(\{"c": "[^"]*"\})")), Token::warn, Token::badgeWarn});
    return rules;
}

EntryFacts entryFacts(const Document& body)
{
    EntryFacts facts;
    const Json json = bodyOf(body);
    facts.onBehalfOf = text(stringIn(json, "onBehalfOf"));
    facts.simulatedClock = stringIn(json, "clock") == "simulated";
    const Json refs = json.is_object() && json.contains("refs") ? json["refs"] : Json();
    for (const NamedReference& one : named) {
        if (const std::string value = stringIn(refs, std::string(one.name).c_str()); !value.empty())
            facts.references.push_back(referenceOf(std::string(one.name), value));
    }
    if (refs.is_object()) {
        for (const auto& [name, value] : refs.items()) {
            const bool known = std::any_of(
                named.begin(), named.end(), [&n = name](const NamedReference& one) { return one.name == n; });
            if (!known && value.is_string() && !value.get<std::string>().empty() && !name.empty())
                facts.references.push_back(referenceOf(name, value.get<std::string>()));
        }
    }
    const Json data = json.is_object() && json.contains("data") ? json["data"] : Json();
    if (!data.is_object() || !data.contains("verdicts") || !data["verdicts"].is_array())
        return facts;
    for (const Json& verdict : data["verdicts"])
        facts.verdicts.push_back({text(stringIn(verdict, "gate")), text(stringIn(verdict, "word")),
            text(stringIn(verdict, "reason")), text(stringIn(verdict, "rule"))});
    return facts;
}

QStringList sealedNames(const std::vector<std::string>& sealedPaths)
{
    QStringList names;
    for (const std::string& path : sealedPaths)
        names << text(path).mid(path.starts_with("/") ? 1 : 0).replace(QLatin1Char('/'), QLatin1Char('.'));
    return names;
}

std::optional<Route> routeOf(std::string_view prefixed)
{
    const auto colon = prefixed.find(':');
    if (colon == std::string_view::npos || colon + 1 == prefixed.size())
        return std::nullopt;
    const std::string_view kind = prefixed.substr(0, colon);
    const QString name = text(prefixed.substr(colon + 1));
    if (kind == "run")
        return routes::run(name);
    if (kind == "change")
        return routes::change(name);
    if (kind == "approval" || kind == "approvals")
        return routes::inbox(name);
    if (kind == "agent")
        return routes::agent(name);
    if (kind == "prompt" || kind == "model" || kind == "tool")
        return routes::definition(text(kind) + QLatin1Char('s'), name);
    if (kind == "person")
        return Route{
            QStringLiteral("settings"), {QStringLiteral("people")}, {{QStringLiteral("person"), text(prefixed)}}, {}};
    if (kind == "key")
        return Route{
            QStringLiteral("settings"), {QStringLiteral("keys")}, {{QStringLiteral("key"), text(prefixed)}}, {}};
    if (kind == "grant")
        return routes::matrix(name.section(QLatin1Char('/'), 0, 0), name.section(QLatin1Char('/'), 1));
    return std::nullopt;
}

QString entryAsJson(const GetEntry::Response& entry)
{
    Json whole;
    whole["index"] = entry.row.index;
    whole["entry"] = bodyOf(entry.body);
    whole["leafHash"] = entry.leafHash;
    whole["path"] = entry.path;
    whole["head"] = entry.head;
    return text(whole.dump(2, ' ', false, Json::error_handler_t::replace));
}

}
