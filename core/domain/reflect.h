#pragma once

#include "core/base/json.h"
#include "core/domain/type_of.h"

namespace ephor {

/// What to do with a member that the type does not have: requests refuse it (a misspelt limit must not be ignored),
/// responses of a newer peer are read past it.
enum class UnknownMembers { Refuse, Ignore };

/// JSON of any described value. Secret text stands as null unless it is asked for; nothing else is left out, so that
/// a reader sees every member (an empty optional is null).
enum class Secrets { Hide, Show };
Json toJson(const Type& type, const void* value, Secrets secrets = Secrets::Hide);

/// Reads JSON into `value`, which holds defaults; members that are absent or null keep them. Checks every limit.
/// Codes: value.type, value.unknown-member, value.required, value.too-long, value.word, value.format; the field "at" is
/// a JSON pointer to the place.
Result<void> fromJson(const Type& type, void* value, const Json& json, UnknownMembers unknown);

/// Checks the limits of a value that was filled in code rather than read from JSON: the same codes as fromJson.
Result<void> checkLimits(const Type& type, const void* value);

/// JSON Schema 2020-12 of the type, self-contained. A member is required when its default does not satisfy its own
/// limits.
Json schemaOf(const Type& type);

template <class T> auto toJson(const T& value, Secrets secrets = Secrets::Hide)
{
    return toJson(typeOf<T>(), &value, secrets);
}

template <class T> Result<T> fromJson(const Json& json, UnknownMembers unknown)
{
    T value{};
    if (auto read = fromJson(typeOf<T>(), &value, json, unknown); !read)
        return std::unexpected<Error>(std::move(read).error());
    return value;
}

/// The word of an enumerator as JSON has it ("rolling-out").
template <class E> const std::string& wordOf(E enumerator)
{
    return typeOf<E>().words[std::size_t(enumerator)];
}

/// The enumerator for such a word. Code value.word.
Result<std::int64_t> enumeratorIndex(const Type& type, std::string_view word);

template <class E> Result<E> enumeratorFrom(std::string_view word)
{
    EPHOR_TRY(const std::int64_t index, enumeratorIndex(typeOf<E>(), word));
    return E(index);
}

/// Text of a JSON value and back, for members of type Document.
Document documentOf(const Json& json);
Json jsonOf(const Document& document);

}
