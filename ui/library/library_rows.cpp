#include "ui/library/library_rows.h"

#include "core/base/json.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/format.h"

#include <QRegularExpression>
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

namespace ephor::ui::library {

namespace {

struct LibraryWords {
    Q_DECLARE_TR_FUNCTIONS(LibraryWords)
};

/// How deep a schema is followed: a name of more parts is not one a person wrote.
constexpr int deepestName = 8;

struct Declared {
    QString type;
    QString example;
};

QString typeWord(const Json& schema)
{
    if (schema.contains("format") && schema["format"].is_string())
        return text(schema["format"].get<std::string>());
    if (!schema.contains("type"))
        return LibraryWords::tr("any");
    const Json& type = schema["type"];
    if (type == "string")
        return LibraryWords::tr("text");
    if (type == "array")
        return LibraryWords::tr("list");
    return type.is_string() ? text(type.get<std::string>()) : LibraryWords::tr("any");
}

QString exampleOf(const Json& schema)
{
    const Json* found = nullptr;
    if (schema.contains("examples") && schema["examples"].is_array() && !schema["examples"].empty())
        found = &schema["examples"].front();
    else if (schema.contains("const"))
        found = &schema["const"];
    else if (schema.contains("default"))
        found = &schema["default"];
    if (!found)
        return {};
    return found->is_string() ? text(found->get<std::string>()) : text(compactJson(*found));
}

void collect(const Json& schema, const QString& prefix, int depth, std::map<QString, Declared>& into)
{
    if (!schema.is_object() || depth > deepestName)
        return;
    if (schema.contains("items"))
        collect(schema["items"], prefix, depth + 1, into);
    if (!schema.contains("properties") || !schema["properties"].is_object())
        return;
    for (const auto& [key, member] : schema["properties"].items()) {
        if (!member.is_object())
            continue;
        const QString name = prefix + text(key);
        into[name] = {typeWord(member), exampleOf(member)};
        collect(member, name + u'.', depth + 1, into);
    }
}

std::map<QString, Declared> declaredIn(const Document& schema)
{
    std::map<QString, Declared> declared;
    if (const auto json = parseJson(schema.text))
        collect(*json, {}, 0, declared);
    return declared;
}

QList<int> linesUsing(const QString& text, const QString& name)
{
    QList<int> lines;
    const QRegularExpression tag(
        QStringLiteral(R"(\{\{\{?[#^&/]?\s*%1\s*\}?\}\})").arg(QRegularExpression::escape(name)));
    int line = 0;
    for (const QString& words : text.split(u'\n')) {
        ++line;
        if (tag.match(words).hasMatch())
            lines << line;
    }
    return lines;
}

int distance(const QString& left, const QString& right)
{
    std::vector<int> row(std::size_t(right.size()) + 1);
    for (std::size_t at = 0; at < row.size(); ++at)
        row[at] = int(at);
    for (int i = 1; i <= left.size(); ++i) {
        int diagonal = row[0];
        row[0] = i;
        for (int j = 1; j <= right.size(); ++j) {
            const int above = row[std::size_t(j)];
            const int change = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
            row[std::size_t(j)] = std::min({change, above + 1, row[std::size_t(j) - 1] + 1});
            diagonal = above;
        }
    }
    return row.back();
}

/// Characters from the start of the text to a place given in lines and bytes; -1 where there is none.
struct Place {
    int start = -1;
    int length = 0;
};

Place placeOf(const QString& text, const Problem& problem)
{
    if (problem.line == 0)
        return {};
    int start = 0;
    for (std::uint64_t line = 1; line < problem.line; ++line) {
        const auto end = text.indexOf(u'\n', start);
        if (end < 0)
            return {};
        start = int(end) + 1;
    }
    const auto end = text.indexOf(u'\n', start);
    const std::string line = utf8(text.mid(start, end < 0 ? -1 : end - start));
    const std::size_t column = std::min<std::size_t>(std::max<std::uint64_t>(1, problem.column) - 1, line.size());
    const std::size_t length = std::min<std::size_t>(std::max<std::uint64_t>(1, problem.length), line.size() - column);
    const std::string_view view(line);
    return {start + int(ui::text(view.substr(0, column)).size()), int(ui::text(view.substr(column, length)).size())};
}

}

QStringList definitionTitles(DefinitionKind kind)
{
    QStringList titles{LibraryWords::tr("Name"), LibraryWords::tr("Title"), LibraryWords::tr("Team")};
    titles << (kind == DefinitionKind::Tool      ? LibraryWords::tr("Effect")
            : kind == DefinitionKind::Model      ? LibraryWords::tr("Provider")
            : kind == DefinitionKind::Protection ? LibraryWords::tr("Holds")
                                                 : LibraryWords::tr("Owner"));
    titles << LibraryWords::tr("Production") << LibraryWords::tr("Newest") << LibraryWords::tr("Used by")
           << LibraryWords::tr("Changed");
    return titles;
}

std::vector<CellRow> definitionCells(const std::vector<DefinitionSummary>& definitions, const QDateTime& now,
    const QStringList& unsaved, const TeamNames& teams)
{
    std::vector<CellRow> rows;
    for (const DefinitionSummary& definition : definitions) {
        const bool ahead = definition.newest > definition.production.value_or(0);
        const bool showsOwner = definition.kind == DefinitionKind::Prompt || definition.kind == DefinitionKind::Policy;
        QString detail = showsOwner ? text(definition.ownerName) : text(definition.detail);
        if (!showsOwner && !detail.isEmpty())
            detail[0] = detail[0].toUpper();
        const StateWords production = definition.retired ? StateWords{State::paused, LibraryWords::tr("Retired")}
            : definition.production                      ? StateWords{State::ok, versionText(*definition.production)}
                                                         : StateWords{State::draft, LibraryWords::tr("Not released")};
        rows.push_back({text(definition.name),
            {Cell{.text = text(definition.name),
                 .secondary = unsaved.contains(text(definition.name)) ? LibraryWords::tr("unsaved") : QString()},
                Cell{.text = text(definition.title)}, Cell{.text = teams.of(definition.team)},
                Cell{.text = detail.isEmpty() ? format::unknown() : detail},
                Cell{.text = production.words,
                    .state = production.state,
                    .sort = qulonglong(definition.production.value_or(0))},
                Cell{.text = versionText(definition.newest),
                    .secondary = ahead && definition.production ? LibraryWords::tr("ahead") : QString(),
                    .sort = qulonglong(definition.newest)},
                Cell{.text = LibraryWords::tr("%n agent(s)", nullptr, int(definition.usedBy)),
                    .sort = qulonglong(definition.usedBy)},
                Cell{.text = relativeTime(definition.changedAt, now),
                    .secondary = text(definition.changedBy),
                    .sort = qlonglong(definition.changedAt.time_since_epoch().count()),
                    .toolTip = absoluteTime(definition.changedAt)}}});
    }
    return rows;
}

std::vector<DefinitionSummary> fitting(
    const std::vector<DefinitionSummary>& definitions, const QString& words, const TeamNames& teams)
{
    std::vector<DefinitionSummary> kept;
    for (const DefinitionSummary& definition : definitions) {
        const QString all = QStringList{text(definition.name), text(definition.title), text(definition.team),
            teams.of(definition.team), text(definition.ownerName), text(definition.detail)}
                                .join(u' ');
        if (std::ranges::all_of(words.split(u' ', Qt::SkipEmptyParts),
                [&all](const QString& word) { return all.contains(word, Qt::CaseInsensitive); }))
            kept.push_back(definition);
    }
    return kept;
}

std::vector<ListItem> useItems(const std::vector<Use>& uses)
{
    std::vector<ListItem> items;
    for (const Use& use : uses) {
        ListItem item;
        item.key = QStringLiteral("%1/%2/%3").arg(librarySegment(use.by.kind), text(use.by.name)).arg(use.by.version);
        item.icon = iconOf(use.by.kind);
        item.title = use.title.empty() ? text(use.by.name) : text(use.title);
        item.detail = QStringLiteral("%1 %2 \u00B7 %3")
                          .arg(word(use.by.kind), versionText(use.by.version),
                              use.production ? LibraryWords::tr("production") : LibraryWords::tr("not released"));
        item.kind = use.production ? ListItem::Kind::item : ListItem::Kind::quiet;
        items.push_back(std::move(item));
    }
    if (items.empty())
        items.push_back(
            {.key = QString(), .title = LibraryWords::tr("Nothing names it yet"), .kind = ListItem::Kind::quiet});
    return items;
}

std::vector<Use> usingAgents(const std::vector<Use>& uses)
{
    std::map<std::string, Use> agents;
    for (const Use& use : uses) {
        if (use.by.kind != DefinitionKind::Agent)
            continue;
        const auto [found, isNew] = agents.emplace(use.by.name, use);
        if (!isNew && use.production)
            found->second = use;
    }
    std::vector<Use> sorted;
    for (auto& [name, use] : agents)
        sorted.push_back(std::move(use));
    std::ranges::stable_sort(
        sorted, [](const Use& left, const Use& right) { return left.production > right.production; });
    return sorted;
}

QStringList declaredNames(const Document& schema)
{
    QStringList names;
    for (const auto& [name, declared] : declaredIn(schema))
        names << name;
    return names;
}

std::vector<VariableLine> variableLines(const QString& text, const Document& schema,
    const std::vector<std::string>& used, const std::vector<Problem>& problems)
{
    const std::map<QString, Declared> declared = declaredIn(schema);
    std::set<QString> names;
    for (const std::string& name : used)
        names.insert(ui::text(name));
    std::set<QString> unknown;
    for (const Problem& problem : problems) {
        if (problem.code == "prompt.unknown-variable" || problem.code == "prompt.not-in-agent")
            unknown.insert(ui::text(problem.at));
    }
    names.insert(unknown.begin(), unknown.end());
    std::vector<VariableLine> lines;
    const auto add = [&](const QString& name) {
        const auto found = declared.find(name);
        VariableLine line{name, found == declared.end() ? QString() : found->second.type, linesUsing(text, name),
            unknown.contains(name), found == declared.end() ? QString() : found->second.example};
        lines.push_back(std::move(line));
    };
    for (const QString& name : names)
        add(name);
    for (const auto& [name, type] : declared) {
        if (!names.contains(name))
            add(name);
    }
    const auto rank = [](const VariableLine& line) { return line.isUnknown ? 0 : line.lines.isEmpty() ? 2 : 1; };
    std::ranges::stable_sort(
        lines, [&rank](const VariableLine& left, const VariableLine& right) { return rank(left) < rank(right); });
    return lines;
}

std::vector<CellRow> variableCells(const std::vector<VariableLine>& lines)
{
    std::vector<CellRow> rows;
    for (const VariableLine& line : lines) {
        QStringList where;
        for (const int number : line.lines)
            where << QString::number(number);
        Cell last{.text = line.lines.isEmpty() ? LibraryWords::tr("not used")
                                               : LibraryWords::tr("line %1").arg(where.join(QStringLiteral(", "))),
            .tone = line.lines.isEmpty() ? std::optional(Token::textMuted) : std::nullopt,
            .toolTip = line.example.isEmpty() ? QString() : LibraryWords::tr("Example: %1").arg(line.example)};
        if (line.isUnknown)
            last = {.text = LibraryWords::tr("Not declared"),
                .kind = CellKind::strongText,
                .tone = Token::badgeErrorText,
                .toolTip = LibraryWords::tr("Line %1").arg(where.join(QStringLiteral(", ")))};
        rows.push_back({line.name,
            {Cell{.text = line.name,
                 .tone = line.isUnknown ? std::optional(Token::badgeErrorText) : std::optional(Token::textPrimary)},
                Cell{.text = line.type.isEmpty() ? format::unknown() : line.type}, last}});
    }
    return rows;
}

std::vector<TextProblem> textProblems(const QString& text, const std::vector<Problem>& problems)
{
    std::vector<TextProblem> shown;
    for (const Problem& problem : problems) {
        const Place place = placeOf(text, problem);
        if (place.start < 0 || ui::text(problem.at).startsWith(QStringLiteral("/partials/")))
            continue;
        TextProblem one;
        one.start = place.start;
        one.length = std::max(1, place.length);
        one.message = ui::text(problem.message);
        if (!problem.hint.empty())
            one.message += u' ' + ui::text(problem.hint);
        one.level = problem.warning ? TextProblem::Level::warning : TextProblem::Level::error;
        shown.push_back(std::move(one));
    }
    return shown;
}

QString problemSentence(const Problem& problem)
{
    const QString message = text(problem.message);
    return problem.line == 0 ? message : LibraryWords::tr("Line %1: %2").arg(problem.line).arg(message);
}

QString nearestName(const QString& unknown, const QStringList& declared)
{
    QString best;
    int least = std::max(2, int(unknown.size()) / 2);
    const QString family = unknown.section(u'.', 0, 0) + u'.';
    for (const QString& name : declared) {
        // A name of the same object is likelier meant than one of another object.
        const int apart = distance(unknown, name) - (unknown.contains(u'.') && name.startsWith(family) ? 2 : 0);
        if (apart < least) {
            least = apart;
            best = name;
        }
    }
    return best;
}

QString withReplaced(const QString& text, const Problem& problem, const QString& name)
{
    const Place place = placeOf(text, problem);
    const QString old = ui::text(problem.at);
    if (place.start < 0 || old.isEmpty())
        return text;
    const auto lineEnd = text.indexOf(u'\n', place.start);
    const auto found = text.indexOf(old, place.start);
    if (found < 0 || (lineEnd >= 0 && found > lineEnd))
        return text;
    QString changed = text;
    return changed.replace(found, old.size(), name);
}

int roughTokens(const QString& text)
{
    constexpr int lettersEach = 4;
    return int((text.size() + lettersEach - 1) / lettersEach);
}

}
