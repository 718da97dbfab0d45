#pragma once

#include "core/trust/detect/secret/secret_checksum.h"
#include "core/trust/detect/secret/secret_pattern.h"
#include "core/trust/detect/secret/secret_rules.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace ephor::detect {

/// Makes up tokens while the test runs, the same ones each time: none stands in the source, where a scanner of others
/// would take it for a leak.
class SecretSamples {
public:
    explicit SecretSamples(std::uint64_t seed = 1)
        : m_state(seed)
    {
    }

    std::uint64_t number()
    {
        m_state += 0x9E3779B97F4A7C15U;
        std::uint64_t mixed = (m_state ^ m_state >> 30) * 0xBF58476D1CE4E5B9U;
        mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EBU;
        return mixed ^ mixed >> 31;
    }

    std::string of(Alphabet alphabet, std::size_t length)
    {
        std::string characters;
        for (int byte = 0x21; byte < 0x7F; ++byte) {
            if (contains(alphabet, char(byte)))
                characters += char(byte);
        }
        // Signs are rarer in what people print than in what the alphabet allows.
        std::string text;
        while (text.size() < length) {
            const char c = characters[number() % characters.size()];
            if (contains(Alphabet::Alphanumeric, c) || (!text.empty() && text.size() + 1 < length && number() % 4 == 0))
                text += c;
        }
        return text;
    }

    /// The shortest token of the form.
    std::string of(std::string_view form)
    {
        const SecretPattern pattern(form);
        std::string text;
        for (const SecretPattern::Part& part : pattern.parts())
            text += part.literal.empty() ? of(part.alphabet, part.least) : std::string(part.literal);
        return text;
    }

    /// The same with the checksum put right.
    std::string githubToken(std::string_view prefix)
    {
        const std::string random = of(Alphabet::Alphanumeric, 30);
        return std::string(prefix) + random + base62Of(crc32Of(random), 6);
    }

private:
    std::uint64_t m_state;
};

}
