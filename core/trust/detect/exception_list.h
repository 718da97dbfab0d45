#pragma once

#include "core/base/bytes.h"
#include "core/trust/detect/candidate/finding.h"

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace ephor::detect {

/// Values of which somebody with the right to do so said: this is no finding. The list holds keyed digests alone
/// (keyed_digest.h), so that whoever reads it, without the key, learns no value and cannot try any. Immutable once
/// made and used by many threads at once.
class ExceptionList {
public:
    struct Row {
        std::string entity;
        std::string digest; ///< as digestOf writes it
    };

    ExceptionList() = default;
    /// Rows that are no digests cover nothing.
    ExceptionList(BytesView key, const std::vector<Row>& rows);

    /// 64 hexadecimal digits: what a row holds for the value.
    static std::string digestOf(BytesView key, const Entity& entity, std::string_view value);

    /// True where the very value, of the very entity, is on the list.
    bool covers(const Entity& entity, std::string_view value) const;
    bool empty() const { return m_digests.empty(); }

private:
    Bytes m_key;
    std::unordered_set<std::string> m_digests; ///< entities are part of what was digested
    std::unordered_set<std::string> m_entities; ///< spares digests of values that no row is about
};

}
