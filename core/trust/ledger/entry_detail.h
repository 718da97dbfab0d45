#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace ephor::ledger {

/// How ids become names: an actor's ("person:…" → "Ines Marchetti"), a release's ("v4"). What is not known comes back
/// as it is, or empty.
struct DetailNames {
    std::function<std::string(const std::string& actor)> actor;
    std::function<std::string(const std::string& release)> release;
};

/// What an entry was about beside its operation, as people name it: "documents.read", "it-triage.system v4",
/// "CH-19, it-triage, 5 % to 25 %", "Ines Marchetti". Of refs, subject and what else stands open in the envelope;
/// sealed values are never read. Empty where there is nothing to add, also for a body that cannot be read.
std::string entryDetail(std::string_view body, const DetailNames& names);

}
