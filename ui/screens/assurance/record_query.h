#pragma once

#include "core/api/audit.h"
#include "ui/bridge/route.h"
#include "ui/kit/filter_bar.h"

#include <QDateTime>
#include <QStringList>
#include <optional>
#include <vector>

namespace ephor::ui::assurance {

/// Somebody who acts, by the name people type: "Ines Marchetti" for "person:…".
struct KnownActor {
    QString name;
    QString id;
    bool operator==(const KnownActor&) const = default;
};

/// The words before the colon that the query bar takes: kind, actor, op, subject, outcome, ref, tool, time,
/// before.
QStringList recordKeys();
/// Every kind of entry there is, as the record writes it.
QStringList recordKinds();

/// The tokens of "assurance/record?kind=permit&actor=…", in the order of `recordKeys`. Several kinds stand in one
/// value, parted by commas.
std::vector<Filter> tokensOf(const Route& route);
/// The route of the list with these tokens, and of an entry beside it.
Route recordRoute(const std::vector<Filter>& tokens, std::optional<std::uint64_t> entry = {});

/// What to ask for, and what could not be read.
struct RecordAsk {
    RecordFilter filter;
    std::uint64_t before = 0; ///< exclusive; 0: the newest
    QStringList problems; ///< one sentence each
    bool isFiltered() const { return filter != RecordFilter{}; }
};
RecordAsk askOf(const std::vector<Filter>& tokens, const std::vector<KnownActor>& actors, const QDateTime& now);

/// What somebody meant who typed words without a key: the number of an entry, or a token.
struct TypedWords {
    std::optional<std::uint64_t> entry;
    std::optional<Filter> token;
};
TypedWords understood(const QString& words, const std::vector<KnownActor>& actors);

/// Ready queries of the menu: title and tokens.
struct ReadyQuery {
    QString title;
    std::vector<Filter> tokens;
};
std::vector<ReadyQuery> readyQueries();

}
