#pragma once

#include "core/api/definitions.h"
#include "ui/bridge/team_titles.h"
#include "ui/kit/cells_model.h"
#include "ui/kit/highlighter.h"
#include "ui/kit/item_list.h"

#include <QDateTime>

/// From the values of the core to what the library shows. Pure.
namespace ephor::ui::library {

/// Name and title, team, newest, in production, used by, changed; and the one word a kind adds.
/// `unsaved` names those with work that is not saved.
std::vector<CellRow> definitionCells(const std::vector<DefinitionSummary>& definitions, const QDateTime& now,
    const QStringList& unsaved = {}, const TeamNames& teams = {});
QStringList definitionTitles(DefinitionKind kind);
/// Those that hold every word somewhere.
std::vector<DefinitionSummary> fitting(
    const std::vector<DefinitionSummary>& definitions, const QString& words, const TeamNames& teams = {});

/// Who names it, by which version of its own, and whether that serves; one quiet line where nobody does. The key is
/// "agents/customer-refunds/4".
std::vector<ListItem> useItems(const std::vector<Use>& uses);
/// Agents among the uses, each once; those in production first.
std::vector<Use> usingAgents(const std::vector<Use>& uses);

/// A variable of a prompt as the table beside the editor shows it.
struct VariableLine {
    QString name;
    QString type; ///< of its schema; empty where it is not declared
    QList<int> lines; ///< where the text uses it, from 1
    bool isUnknown = false; ///< used and not declared
    QString example; ///< of its schema: "7731-094"
};
/// Undeclared ones first, then used ones, then those that nothing uses.
std::vector<VariableLine> variableLines(const QString& text, const Document& schema,
    const std::vector<std::string>& used, const std::vector<Problem>& problems);
std::vector<CellRow> variableCells(const std::vector<VariableLine>& lines);
/// Every name that a schema declares, dotted.
QStringList declaredNames(const Document& schema);

/// Problems as the editor underlines them. Lines and columns count from 1, columns and lengths in bytes; a problem
/// without a place is left out.
std::vector<TextProblem> textProblems(const QString& text, const std::vector<Problem>& problems);
/// "Line 7: order.reference is not declared." with the level of each; the key is the index.
QString problemSentence(const Problem& problem);
/// The declared name that is most like the unknown one; empty where none is close.
QString nearestName(const QString& unknown, const QStringList& declared);
/// The text with the name at the problem's place replaced; unchanged where it is not there.
QString withReplaced(const QString& text, const Problem& problem, const QString& name);

/// A rough count as people expect it: about four letters a token.
int roughTokens(const QString& text);

}
