// links: core_proof
#include "core/proof/note.h"

#include <cstdlib>

using namespace ephor;

/// A note that can be read has one spelling; keys that can be read likewise; no signature is believed without its key.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text = textOf({data, size});
    static const proof::VerifierKey known
        = proof::parseVerifierKey("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k").value();
    if (const auto note = proof::parseNote(text)) {
        if (proof::formatNote(*note) != text)
            std::abort();
        const auto verified = proof::verifyNote(*note, std::span(&known, 1));
        if (verified && note->text != "This is an example message.\n")
            std::abort();
    }
    if (const auto key = proof::parseVerifierKey(text)) {
        if (proof::formatVerifierKey(*key) != text)
            std::abort();
    }
    return 0;
}
