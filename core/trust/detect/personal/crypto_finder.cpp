#include "core/trust/detect/personal/crypto_finder.h"

#include "core/trust/detect/candidate/byte_class.h"
#include "core/trust/detect/candidate/candidate_list.h"
#include "core/trust/detect/number/checksums.h"

#include <algorithm>

namespace ephor::detect {

namespace {

constexpr std::size_t longestBase58 = 35;
constexpr std::size_t ethereumLength = 42; // "0x" and 20 bytes

bool isEthereum(std::string_view word)
{
    return word.size() == ethereumLength && (word.starts_with("0x") || word.starts_with("0X"))
        && std::ranges::all_of(word.substr(2), [](char c) {
               const char letter = small(c);
               return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f');
           });
}

}

CryptoFinder::CryptoFinder(Profile profile)
    : m_profile(profile)
    , m_wallet(personalEntity("CRYPTO"))
{
}

void CryptoFinder::scan(std::string_view text, std::size_t start, std::size_t end, CandidateSink& found) const
{
    const std::string_view word = text.substr(start, end - start);
    const bool base58 = (word[0] == '1' || word[0] == '3') && word.size() <= longestBase58 && base58CheckHolds(word);
    const bool bech32 = small(word[0]) == 'b' && small(word[1]) == 'c' && word[2] == '1' && bech32Holds(word);
    if (base58 || bech32)
        found.take(validatedAt(m_wallet, start, end, 1));
    else if (m_profile == Profile::Ephor && isEthereum(word))
        found.take(candidateAt(m_wallet, start, end, 0.6F));
}

}
