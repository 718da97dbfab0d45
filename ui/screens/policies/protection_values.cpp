#include "ui/screens/policies/protection_values.h"

#include "core/base/json.h"
#include "core/domain/reflect.h"
#include "ui/bridge/definition_words.h"
#include "ui/bridge/values.h"
#include "ui/library/library_rows.h"

#include <QRegularExpression>
#include <algorithm>
#include <nlohmann/json.hpp>

namespace ephor::ui::policies {

namespace {

struct ProtectionRows {
    Q_DECLARE_TR_FUNCTIONS(ProtectionRows)
};

/// Characters of a digest that a list shows; a tooltip tells all.
constexpr int shownDigest = 10;

// The first cell of a row, marked where the body is wrong there.
Cell headCell(
    const QString& words, const QString& toolTip, const std::vector<Problem>& problems, const std::string& pointer)
{
    const std::vector<Problem> wrong = problemsAt(problems, pointer);
    Cell cell{.text = words, .toolTip = toolTip};
    if (wrong.empty())
        return cell;
    const State state = wrong.front().warning ? State::warning : State::failed;
    cell.icon = stateIcon(state);
    cell.tone = stateTextToken(state);
    cell.toolTip = problemLines(wrong);
    return cell;
}

std::string pointerTo(const char* list, std::size_t at)
{
    return std::string("/") + list + "/" + std::to_string(at);
}

QString joined(const std::vector<std::string>& names)
{
    QStringList words;
    for (const std::string& name : names)
        words << text(name);
    return words.join(QStringLiteral(", "));
}

}

QString protectionText(const ProtectionBody& body)
{
    return indentedJson(documentOf(toJson(body)));
}

std::vector<std::string> wordsOf(const QString& typed)
{
    static const QRegularExpression between(QStringLiteral("[,\\n]"));
    std::vector<std::string> words;
    for (const QString& part : typed.split(between)) {
        std::string word = utf8(part.trimmed());
        if (!word.empty() && std::ranges::find(words, word) == words.end())
            words.push_back(std::move(word));
    }
    return words;
}

std::vector<Problem> problemsAt(const std::vector<Problem>& problems, const std::string& pointer)
{
    std::vector<Problem> found;
    for (const Problem& problem : problems) {
        if (problem.at == pointer || problem.at.starts_with(pointer + "/"))
            found.push_back(problem);
    }
    std::ranges::stable_partition(found, [](const Problem& problem) { return !problem.warning; });
    return found;
}

QString problemLines(const std::vector<Problem>& problems)
{
    QStringList lines;
    for (const Problem& problem : problems) {
        const QString hint = text(problem.hint);
        lines << (hint.isEmpty() ? text(problem.message) : text(problem.message) + QLatin1Char(' ') + hint);
    }
    return lines.join(u'\n');
}

QStringList protectionRuleTitles()
{
    return {ProtectionRows::tr("What"), ProtectionRows::tr("Where"), ProtectionRows::tr("Tools"),
        ProtectionRows::tr("What becomes of it"), ProtectionRows::tr("From certainty")};
}

std::vector<CellRow> protectionRuleCells(
    const ProtectionBody& body, const Entities& known, const std::vector<Problem>& problems)
{
    std::vector<CellRow> rows;
    for (std::size_t at = 0; at < body.rules.size(); ++at) {
        const ProtectionRule& rule = body.rules[at];
        const StateWords action = actionWords(rule.action);
        CellRow row{qulonglong(at), {}};
        row.cells.push_back(headCell(entityList(rule.what, known, Extent::brief),
            entityList(rule.what, known, Extent::all), problems, pointerTo("rules", at)));
        const QString where = surfaceList(rule.surfaces);
        row.cells.push_back({.text = where, .toolTip = where});
        const QString tools = rule.tools.empty() ? ProtectionRows::tr("every tool") : joined(rule.tools);
        row.cells.push_back({.text = tools, .toolTip = tools});
        row.cells.push_back({.text = action.words, .state = action.state, .toolTip = actionSentence(rule.action)});
        row.cells.push_back({.text = ProtectionRows::tr("%1 %").arg(rule.atLeast),
            .sort = qulonglong(rule.atLeast),
            .toolTip = ProtectionRows::tr("Weaker findings are only counted.")});
        rows.push_back(std::move(row));
    }
    return rows;
}

QStringList detectorTitles()
{
    return {ProtectionRows::tr("Title"), ProtectionRows::tr("Name"), ProtectionRows::tr("Finds"),
        ProtectionRows::tr("Certainty"), ProtectionRows::tr("Words nearby")};
}

std::vector<CellRow> detectorCells(const ProtectionBody& body, const std::vector<Problem>& problems)
{
    std::vector<CellRow> rows;
    for (std::size_t at = 0; at < body.detectors.size(); ++at) {
        const OwnDetector& detector = body.detectors[at];
        CellRow row{qulonglong(at), {}};
        row.cells.push_back(
            headCell(text(detector.title.empty() ? std::string(detector.entity) : std::string(detector.title)), {},
                problems, pointerTo("detectors", at)));
        row.cells.push_back({.text = text(detector.entity)});
        const QString finds = detector.pattern.empty()
            ? counted(detector.words.size(), ProtectionRows::tr("1 word"), ProtectionRows::tr("%1 words"))
            : text(detector.pattern);
        row.cells.push_back({.text = finds,
            .kind = detector.pattern.empty() ? CellKind::text : CellKind::mono,
            .toolTip = detector.pattern.empty() ? joined(detector.words) : finds});
        row.cells.push_back(
            {.text = ProtectionRows::tr("%1 %").arg(detector.score), .sort = qulonglong(detector.score)});
        QStringList nearby;
        for (const Hotwords& hotwords : detector.hotwords)
            nearby << joined(hotwords.words);
        row.cells.push_back({.text = nearby.join(QStringLiteral("; ")), .toolTip = nearby.join(u'\n')});
        rows.push_back(std::move(row));
    }
    return rows;
}

QStringList exceptionTitles()
{
    return {ProtectionRows::tr("Is no"), ProtectionRows::tr("Why"), ProtectionRows::tr("Digest of the value")};
}

std::vector<CellRow> exceptionCells(
    const ProtectionBody& body, const Entities& known, const std::vector<Problem>& problems)
{
    std::vector<CellRow> rows;
    for (std::size_t at = 0; at < body.exceptions.size(); ++at) {
        const ProtectionException& exception = body.exceptions[at];
        CellRow row{qulonglong(at), {}};
        row.cells.push_back(headCell(entityWords(exception.entity, known), {}, problems, pointerTo("exceptions", at)));
        row.cells.push_back({.text = text(exception.reason), .toolTip = text(exception.reason)});
        const QString digest = text(exception.digest);
        row.cells.push_back({.text = digest.section(u':', -1).left(shownDigest), .toolTip = digest});
        rows.push_back(std::move(row));
    }
    return rows;
}

}
