#pragma once

#include "core/domain/limits.h"

#include <QString>
#include <QStringList>
#include <map>
#include <optional>
#include <vector>

/// A tool's arguments as fields of a form, from its JSON Schema and back. Pure.
namespace ephor::ui::policies {

struct ArgumentField {
    enum class Kind {
        text,
        integer,
        number,
        truth,
        choice,
        json ///< a list, an object, or anything else: typed as JSON
    };
    QString name;
    Kind kind = Kind::text;
    QStringList choices; ///< of a choice
    QString about; ///< the schema's own description
    bool required = false;
    bool operator==(const ArgumentField&) const = default;
};

/// Members of the schema in its order, the required ones first. Empty where it declares none.
std::vector<ArgumentField> argumentFields(const Document& schema);

/// What stands in the fields, by name; what is blank is not given.
using ArgumentTexts = std::map<QString, QString>;
/// The arguments as a JSON object; nothing where a field holds no value of its kind, `problem` then says which.
std::optional<Document> argumentsFrom(
    const std::vector<ArgumentField>& fields, const ArgumentTexts& texts, QString& problem);
/// What stands in the fields for these arguments. Members without a field are left out.
ArgumentTexts argumentTexts(const std::vector<ArgumentField>& fields, const Document& input);
/// Whether every member of `input` has a field.
bool fieldsHold(const std::vector<ArgumentField>& fields, const Document& input);

}
