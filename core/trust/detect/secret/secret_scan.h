#pragma once

#include "core/trust/detect/secret/keyword_index.h"
#include "core/trust/detect/secret/secret_forms.h"
#include "core/trust/detect/secret/secret_pattern.h"
#include "core/trust/detect/secret/secret_rules.h"

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace ephor::detect {

/// One pass over plain text: keywords, then what must stand round them, then how random it is.
class SecretScan {
public:
    using Report = std::function<void(SecretEntity entity, Span span, double score, bool validated)>;

    SecretScan();
    void find(std::string_view text, const Report& report) const;

private:
    enum class Kind : std::uint8_t { Rule, Near, Word, KeyBlock, Putty, SignedToken, Address, Basic, Bearer };
    struct Trigger {
        Kind kind = Kind::Rule;
        std::uint32_t place = 0; ///< in secretRules() or secretWords()
        std::size_t length = 0; ///< of the keyword
    };

    static std::vector<std::string> keywords(
        std::vector<Trigger>& triggers, const std::vector<SecretPattern>& patterns);
    void look(const Trigger& trigger, std::string_view text, std::size_t start, const Report& report) const;
    void lookByRule(const Trigger& trigger, std::string_view text, std::size_t start, const Report& report) const;
    void lookNear(const Trigger& trigger, std::string_view text, std::size_t start, const Report& report) const;
    static void lookByWord(const Trigger& trigger, std::string_view text, std::size_t start, const Report& report);

    std::vector<SecretPattern> m_patterns; ///< of secretRules(), in their order
    std::vector<Trigger> m_triggers;
    KeywordIndex m_index;
};

}
