#pragma once

#include "core/api/audit.h"

#include <QString>
#include <QStringList>

namespace ephor::ui::assurance {

/// "1282488.tlog-proof".
QString proofFileName(std::uint64_t index);
/// One argument of a POSIX shell, quoted where it must be.
QString shellQuoted(const QString& argument);
/// The line that checks a proof or an export without this program's word. Without keys it says where to put one.
QString verifyCommand(const QString& path, const QStringList& keys);

/// Writes the proof and, beside it with the ending .json, the canonical entry. Both or, with a sentence, an error.
Result<QStringList> writeProof(const ProveEntry::Response& proof, const QString& path);

}
