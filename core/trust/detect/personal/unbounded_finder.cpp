#include "core/trust/detect/personal/unbounded_finder.h"

#include "core/trust/detect/candidate/byte_class.h"
#include "core/trust/detect/candidate/candidate_list.h"
#include "core/trust/detect/candidate/digits.h"
#include "core/trust/detect/number/checksums.h"
#include "core/trust/detect/number/number_checks.h"

#include <algorithm>

namespace ephor::detect {

namespace {

constexpr std::size_t licenceLength = 9;

bool isLicence(std::string_view piece)
{
    constexpr std::string_view registrants = "ABCDEFGHJKLMPRSTUX";
    const bool second = !isAsciiDigit(piece[1]) || piece[1] == '9';
    return registrants.find(capital(piece[0])) != std::string_view::npos && second && hasOnlyDigits(piece.substr(2));
}

// How many characters stand before those of which a wallet's pattern wants at least 25: 0 where none begins.
std::size_t walletPrefix(std::string_view rest)
{
    if (rest.size() > 3 && small(rest[0]) == 'b' && small(rest[1]) == 'c' && rest[2] == '1')
        return 3;
    return rest[0] == '1' || rest[0] == '3' ? 1 : 0;
}

}

UnboundedFinder::UnboundedFinder()
    : m_licence(personalEntity("MEDICAL_LICENSE"))
    , m_wallet(personalEntity("CRYPTO"))
{
}

void UnboundedFinder::scan(std::string_view text, std::size_t start, std::size_t end, CandidateSink& found) const
{
    scanLicences(text, start, end, found);
    scanWallets(text, start, end, found);
}

void UnboundedFinder::scanLicences(
    std::string_view text, std::size_t start, std::size_t end, CandidateSink& found) const
{
    for (std::size_t at = start; at + licenceLength <= end;) {
        const std::string_view piece = text.substr(at, licenceLength);
        if (!isLicence(piece)) {
            ++at;
            continue;
        }
        const bool whole = at == start && at + licenceLength == end;
        if (!whole && checkDeaNumber(piece) == Check::Holds)
            found.take(validatedAt(m_licence, at, at + licenceLength, 1));
        at += licenceLength;
    }
}

void UnboundedFinder::scanWallets(std::string_view text, std::size_t start, std::size_t end, CandidateSink& found) const
{
    constexpr std::size_t least = 25;
    constexpr std::size_t most = 59;
    for (std::size_t at = start; at < end;) {
        const std::size_t prefix = walletPrefix(text.substr(at, end - at));
        if (prefix == 0 || end - at < prefix + least) {
            ++at;
            continue;
        }
        const std::size_t last = std::min(end, at + prefix + most);
        const std::string_view piece = text.substr(at, last - at);
        const bool whole = at == start && last == end;
        if (!whole && (prefix == 3 ? bech32Holds(piece) : base58CheckHolds(piece)))
            found.take(validatedAt(m_wallet, at, last, 1));
        at = last;
    }
}

}
