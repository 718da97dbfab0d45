#include "ui/bridge/definition_words.h"

#include "core/base/diff.h"
#include "core/base/json.h"
#include "core/domain/reflect.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"

#include <QWidget>
#include <nlohmann/json.hpp>

namespace ephor::ui {

namespace {

struct DefinitionWords {
    Q_DECLARE_TR_FUNCTIONS(DefinitionWords)
};

template <class Body> Result<Body> bodyFrom(const Document& document)
{
    EPHOR_TRY(const Json json, parseJson(document.text));
    return fromJson<Body>(json, UnknownMembers::Ignore);
}

DiffLine::Span spanOf(std::string_view line, std::size_t begin, std::size_t end)
{
    const auto characters = [line](std::size_t bytes) { return int(text(line.substr(0, bytes)).size()); };
    const int start = characters(begin);
    return {start, characters(end) - start};
}

QString whoAndWhy(const VersionInfo& version, const std::string& principal)
{
    const QString who = version.author == principal ? DefinitionWords::tr("%1, you").arg(text(version.authorName))
                                                    : text(version.authorName);
    const QString why = text(version.message);
    const QString first = version.change.empty() ? who : text(version.change);
    return why.isEmpty() ? first : first + QStringLiteral(", ") + why;
}

QString whomToAsk(Permission permission)
{
    switch (permission) {
    case Permission::ApproveChanges:
    case Permission::DecideActions:
        return DefinitionWords::tr("a governance officer");
    case Permission::EditDefinitions:
        return DefinitionWords::tr("the owner of the team's agents or an administrator");
    case Permission::Tighten:
    case Permission::Stop:
    case Permission::OperateRollouts:
        return DefinitionWords::tr("a governance officer or an administrator");
    default:
        return DefinitionWords::tr("an administrator");
    }
}

}

Result<AgentBody> agentBody(const Document& document)
{
    return bodyFrom<AgentBody>(document);
}

Result<PromptBody> promptBody(const Document& document)
{
    return bodyFrom<PromptBody>(document);
}

Result<ToolBody> toolBody(const Document& document)
{
    return bodyFrom<ToolBody>(document);
}

Result<ModelBody> modelBody(const Document& document)
{
    return bodyFrom<ModelBody>(document);
}

Result<PolicyBody> policyBody(const Document& document)
{
    return bodyFrom<PolicyBody>(document);
}

Result<ProtectionBody> protectionBody(const Document& document)
{
    return bodyFrom<ProtectionBody>(document);
}

QString indentedJson(const Document& document)
{
    if (document.text.empty() || document.text == "null")
        return {};
    const auto json = parseJson(document.text);
    if (!json)
        return text(document.text);
    return text(json->dump(2, ' ', false, Json::error_handler_t::replace));
}

Result<Document> documentFrom(const QString& typed)
{
    if (typed.trimmed().isEmpty())
        return Document{};
    EPHOR_TRY(const Json json, parseJson(utf8(typed)));
    return documentOf(json);
}

std::vector<DiffLine> diffLinesOf(const std::vector<ephor::DiffLine>& lines)
{
    std::vector<DiffLine> shown;
    shown.reserve(lines.size());
    for (const ephor::DiffLine& line : lines) {
        DiffLine& to = shown.emplace_back();
        to.kind = line.kind == "added" ? DiffLine::Kind::added
            : line.kind == "removed"   ? DiffLine::Kind::removed
                                       : DiffLine::Kind::same;
        to.oldNumber = int(line.before);
        to.newNumber = int(line.after);
        to.text = text(line.text);
        for (std::size_t mark = 0; mark + 1 < line.marks.size(); mark += 2)
            to.changed.push_back(spanOf(line.text, line.marks[mark], line.marks[mark + 1]));
    }
    return shown;
}

std::vector<DiffLine> diffLinesBetween(const QString& before, const QString& after)
{
    const std::string left = utf8(before);
    const std::string right = utf8(after);
    std::vector<DiffLine> shown;
    for (const DiffedLine& line : diffText(left, right).lines) {
        DiffLine& to = shown.emplace_back();
        to.kind = line.kind == DiffKind::Added ? DiffLine::Kind::added
            : line.kind == DiffKind::Removed   ? DiffLine::Kind::removed
                                               : DiffLine::Kind::same;
        to.oldNumber = int(line.before);
        to.newNumber = int(line.after);
        to.text = text(line.text);
        for (const DiffMark& mark : line.marks)
            to.changed.push_back(spanOf(line.text, mark.begin, mark.end));
    }
    return shown;
}

std::uint64_t newestVersion(const std::vector<VersionInfo>& versions)
{
    std::uint64_t newest = 0;
    for (const VersionInfo& version : versions)
        newest = std::max(newest, version.number);
    return newest;
}

std::uint64_t productionVersion(const std::vector<VersionInfo>& versions)
{
    std::uint64_t found = 0;
    for (const VersionInfo& version : versions) {
        if (version.state == "production")
            found = std::max(found, version.number);
    }
    return found;
}

std::vector<ListItem> versionItems(
    const std::vector<VersionInfo>& versions, const std::string& principal, const QDateTime& now)
{
    std::vector<ListItem> items;
    for (const VersionInfo& version : versions) {
        ListItem item;
        item.key = QVariant::fromValue<qulonglong>(version.number);
        item.title = versionText(version.number);
        item.trailing = relativeTime(version.at, now);
        item.detail = whoAndWhy(version, principal);
        const StateWords words = versionStateOf(version.state);
        item.status = words.state;
        item.statusText = words.words;
        items.push_back(std::move(item));
    }
    return items;
}

bool permit(QWidget* widget, const Session& session, Permission permission, const QString& toolTip)
{
    const bool may = session.may(permission);
    widget->setEnabled(may);
    widget->setToolTip(may ? toolTip
                           : DefinitionWords::tr("Your role does not include \u201C%1\u201D. Ask %2.")
                                 .arg(word(permission), whomToAsk(permission)));
    return may;
}

}
