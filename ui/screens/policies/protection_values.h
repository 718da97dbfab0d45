#pragma once

#include "core/api/protection.h"
#include "ui/kit/cells_model.h"
#include "ui/bridge/protection_words.h"

#include <QString>
#include <optional>

/// A protection as text that can be kept, and its lists as rows. Pure.
namespace ephor::ui::policies {

/// Indented JSON, as the difference shows it.
QString protectionText(const ProtectionBody& body);

/// One a line, or with commas between; blanks and doubles are left out.
std::vector<std::string> wordsOf(const QString& typed);

/// What is wrong with the part of the body at this JSON pointer or below it, errors before warnings.
std::vector<Problem> problemsAt(const std::vector<Problem>& problems, const std::string& pointer);
/// Sentences of them, one a line; empty without.
QString problemLines(const std::vector<Problem>& problems);

// The keys of rows are indexes. A row that is wrong says so in its first cell.
QStringList protectionRuleTitles();
std::vector<CellRow> protectionRuleCells(
    const ProtectionBody& body, const Entities& known, const std::vector<Problem>& problems);
QStringList detectorTitles();
std::vector<CellRow> detectorCells(const ProtectionBody& body, const std::vector<Problem>& problems);
QStringList exceptionTitles();
std::vector<CellRow> exceptionCells(
    const ProtectionBody& body, const Entities& known, const std::vector<Problem>& problems);

}
