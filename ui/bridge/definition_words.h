#pragma once

#include "core/api/definitions.h"
#include "core/base/result.h"
#include "core/domain/protection.h"
#include "ui/bridge/session.h"
#include "ui/kit/diff_lines.h"
#include "ui/kit/item_list.h"

#include <QDateTime>

class QWidget;

/// Definitions as screens show them: bodies, versions, differences. Pure, apart from `permit`.
namespace ephor::ui {

/// The body inside a version. Members of a newer server are read past. Codes: as parseJson and fromJson.
Result<AgentBody> agentBody(const Document& document);
Result<PromptBody> promptBody(const Document& document);
Result<ToolBody> toolBody(const Document& document);
Result<ModelBody> modelBody(const Document& document);
Result<PolicyBody> policyBody(const Document& document);
Result<ProtectionBody> protectionBody(const Document& document);

/// Indented JSON for an editor; an empty document gives an empty text, what cannot be read stands as it is.
QString indentedJson(const Document& document);
/// What an editor holds as a document; blank is null. Codes: as parseJson, with line and column as fields.
Result<Document> documentFrom(const QString& text);

/// Lines as the diff view takes them: changed stretches in characters instead of bytes.
std::vector<DiffLine> diffLinesOf(const std::vector<ephor::DiffLine>& lines);
/// Two texts compared here: for text that is not saved yet.
std::vector<DiffLine> diffLinesBetween(const QString& before, const QString& after);

/// The newest of the versions; 0 where there is none.
std::uint64_t newestVersion(const std::vector<VersionInfo>& versions);
/// The version in production; 0 where there is none.
std::uint64_t productionVersion(const std::vector<VersionInfo>& versions);
/// "v43 · Draft · 2 m ago" with who and why below; the key is the number.
std::vector<ListItem> versionItems(
    const std::vector<VersionInfo>& versions, const std::string& principal, const QDateTime& now);

/// Enables `widget` if the person may, else says in its tooltip what is missing and whom to ask. True if they may.
bool permit(QWidget* widget, const Session& session, Permission permission, const QString& toolTip = {});

}
