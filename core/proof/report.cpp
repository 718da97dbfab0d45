#include "core/proof/report.h"

#include "core/base/clock.h"
#include "core/proof/decimal.h"

#include <algorithm>

namespace ephor::proof {

void Report::add(std::string name, CheckState state, std::string detail)
{
    checks.push_back({std::move(name), state, std::move(detail), std::nullopt});
}

void Report::addFailure(std::string name, Error error)
{
    const auto entry = std::ranges::find(error.fields, "entry", &std::pair<std::string, std::string>::first);
    if (entry != error.fields.end()) {
        const auto index = parseDecimal(entry->second);
        if (index && (!firstBadEntry || *index < *firstBadEntry))
            firstBadEntry = index;
    }
    std::string detail = error.message;
    checks.push_back({std::move(name), CheckState::Failed, std::move(detail), std::move(error)});
}

void Report::addWarning(std::string name, Error error)
{
    std::string detail = error.message;
    checks.push_back({std::move(name), CheckState::Warned, std::move(detail), std::move(error)});
}

bool Report::held() const
{
    return !checks.empty() && std::ranges::none_of(checks, [](const Check& check) {
        return check.state == CheckState::Failed || check.state == CheckState::NotReached;
    });
}

const Check* Report::firstFailure() const
{
    const auto found = std::ranges::find(checks, CheckState::Failed, &Check::state);
    return found == checks.end() ? nullptr : &*found;
}

const Check* Report::find(std::string_view name) const
{
    const auto found = std::ranges::find(checks, name, &Check::name);
    return found == checks.end() ? nullptr : &*found;
}

std::string_view toString(CheckState state)
{
    switch (state) {
    case CheckState::Held:
        return "held";
    case CheckState::Warned:
        return "warned";
    case CheckState::Failed:
        return "failed";
    case CheckState::NotAsked:
        return "not-asked";
    case CheckState::NotReached:
        break;
    }
    return "not-reached";
}

namespace {

/// 9999-12-31T23:59:59Z: later seconds do not fit the text form of an instant.
constexpr std::uint64_t lastPrintableSecond = 253'402'300'799;

std::string timeText(std::uint64_t seconds)
{
    if (seconds > lastPrintableSecond)
        return "second " + std::to_string(seconds);
    return formatInstant(Instant(std::chrono::seconds(seconds)));
}

void checkLogSignature(const Note& note, const Checkpoint& checkpoint, const Trust& trust, Report& report)
{
    const Result<std::vector<VerifiedSignature>> verified = verifyNote(note, trust.logKeys);
    if (verified)
        report.add("signature", CheckState::Held,
            "signed by " + verified->front().key.name + " (" + formatKeyId(verified->front().key.id) + ")");
    else
        report.addFailure("signature", verified.error());
    const std::string expected = !trust.origin.empty() ? trust.origin
        : verified                                     ? verified->front().key.name
                                                       : std::string();
    if (expected.empty()) {
        report.add("origin", CheckState::NotReached, "no verified key says which log this should be");
    } else if (expected != checkpoint.origin || (verified && verified->front().key.name != checkpoint.origin)) {
        report.addFailure("origin",
            Error(ErrorKind::CheckFailed, "proof.checkpoint.wrong-origin",
                "The checkpoint is of another log than the one asked for.")
                .with("origin", checkpoint.origin)
                .with("expected", expected)
                .with("key", verified ? verified->front().key.name : ""));
    } else {
        report.add("origin", CheckState::Held, checkpoint.origin);
    }
}

std::optional<std::uint64_t> checkWitnesses(const Note& note, const Trust& trust, Report& report)
{
    if (!trust.witnessPolicy) {
        report.add(
            "witnesses", CheckState::NotAsked, "no witness policy given: an old copy of the log would pass as new");
        return std::nullopt;
    }
    Result<std::vector<VerifiedSignature>> verified = verifyNote(note, trust.witnessPolicy->witnessKeys());
    if (!verified && verified.error().code == "proof.note.signature") {
        report.addFailure("witnesses", std::move(verified).error());
        return std::nullopt;
    }
    std::vector<VerifierKey> cosigners;
    std::optional<std::uint64_t> earliest;
    std::string names;
    for (const VerifiedSignature& signature : verified.value_or(std::vector<VerifiedSignature>{})) {
        cosigners.push_back(signature.key);
        earliest = std::min(earliest.value_or(signature.time), signature.time);
        names += (names.empty() ? "" : ", ") + signature.key.name + " at " + timeText(signature.time);
    }
    if (trust.witnessPolicy->satisfiedBy(cosigners)) {
        report.add("witnesses", CheckState::Held, names.empty() ? "the policy asks for none" : "cosigned by " + names);
        return earliest;
    }
    report.addFailure("witnesses",
        Error(ErrorKind::CheckFailed, "proof.witness.quorum",
            "The checkpoint lacks the cosignatures the witness policy asks for.",
            "Ask the log's owner for a checkpoint its witnesses have cosigned.")
            .with("quorum", trust.witnessPolicy->quorum)
            .with("cosigned-by", names));
    return earliest;
}

}

std::optional<CheckedHead> checkHead(std::string_view signedCheckpoint, const Trust& trust, Report& report)
{
    const Result<Note> note = parseNote(signedCheckpoint);
    const Result<Checkpoint> checkpoint = note ? parseCheckpoint(note->text) : Result<Checkpoint>(fail(note.error()));
    if (!checkpoint) {
        report.addFailure("checkpoint", checkpoint.error());
        for (const char* name : {"signature", "origin", "witnesses"})
            report.add(name, CheckState::NotReached, "the checkpoint cannot be read");
        return std::nullopt;
    }
    report.checkpoint = *checkpoint;
    if (checkpoint->size == 0)
        report.addFailure("checkpoint",
            Error(ErrorKind::CheckFailed, "proof.checkpoint.empty", "The log is empty: it proves nothing."));
    else
        report.add("checkpoint", CheckState::Held,
            std::to_string(checkpoint->size) + (checkpoint->size == 1 ? " entry, root " : " entries, root ")
                + toBase64(checkpoint->root));
    report.simulatedClock = checkpoint->origin.ends_with("/demo");
    checkLogSignature(*note, *checkpoint, trust, report);
    return CheckedHead{*checkpoint, checkWitnesses(*note, trust, report)};
}

}
