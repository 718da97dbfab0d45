#pragma once

#include "core/api/audit.h"
#include "ui/bridge/route.h"
#include "ui/kit/highlighter.h"

#include <QString>
#include <optional>
#include <vector>

namespace ephor::ui::assurance {

/// An entry's body as people read it: indented, every sealed value on one line.
struct EntryText {
    QString text;
    QSet<int> sealedLines; ///< 1-based
};
EntryText entryText(const Document& body, const std::vector<std::string>& sealedPaths);
/// Rules of JSON, and sealed values filled so that they stand out.
std::vector<HighlightRule> entryRules();

/// A thing the entry refers to, and where the console shows it.
struct EntryReference {
    QString label; ///< "Run"
    QString value; ///< "5b580c5d"
    QString whole; ///< as recorded, for copying
    std::optional<Route> route;
};

/// What the pane tells besides the row.
struct EntryFacts {
    QString onBehalfOf; ///< id, empty for nobody
    bool simulatedClock = false;
    std::vector<EntryReference> references;
    struct Verdict {
        QString gate;
        QString word;
        QString reason;
        QString rule; ///< empty in entries that do not name one
    };
    std::vector<Verdict> verdicts;
};
EntryFacts entryFacts(const Document& body);

/// "/arguments" as "arguments", for the list of sealed fields.
QStringList sealedNames(const std::vector<std::string>& sealedPaths);
/// Where the console shows an actor or a subject such as "agent:refunds"; nothing for what has no page.
std::optional<Route> routeOf(std::string_view prefixed);
/// Entry, hash, path and head as one indented JSON object, for the clipboard and the file beside a proof.
QString entryAsJson(const GetEntry::Response& entry);

}
