#pragma once

#include "core/domain/limits.h"

#include <QString>
#include <QStringList>
#include <optional>
#include <vector>

/// Why a verdict is what it is, from the JSON of an explanation (docs/formats/verbs.md) to what people read. Pure.
namespace ephor::ui {

struct ExplainedRule {
    QString id;
    QString effect; ///< "permit", "forbid"
    QString text;
    QString reason; ///< the author's own sentence
    QString condition; ///< the first part that does not hold, and what it was computed from; empty: none
    QStringList values; ///< "context.input.amount is 1200"
    QStringList scope; ///< what the scope wanted and does not have, in words
    QStringList paths; ///< "User::\"ines\" › Role::\"officer\""
    bool operator==(const ExplainedRule&) const = default;
};

struct Explained {
    QString sentence; ///< empty: there is no explanation
    bool allows = false;
    std::vector<ExplainedRule> determining;
    std::optional<ExplainedRule> nearest; ///< that did not decide
    QString flip; ///< the smallest change that would turn it round; empty: none was found
    QStringList errors;
    bool operator==(const Explained&) const = default;
};

Explained explainedOf(const Document& explanation);
/// Text of the policy language for people who do not write it: "action == Action::\"mail.send\"" as "mail.send",
/// "principal is Service" as "a Service".
QString plainTerms(const QString& words);

}
