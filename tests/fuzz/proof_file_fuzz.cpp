// links: core_proof
#include "core/proof/proof_check.h"
#include "core/proof/proof_file.h"

#include <cstdlib>

using namespace ephor;

/// A proof file that can be read has one spelling; nothing is verified for a reader who trusts no key.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text = textOf({data, size});
    if (const auto file = proof::parseProofFile(text)) {
        if (proof::formatProofFile(*file) != text)
            std::abort();
    }
    if (proof::checkProofFile(text, proof::Trust{}).held())
        std::abort();
    return 0;
}
