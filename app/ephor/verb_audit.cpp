#include "app/ephor/connection.h"
#include "app/ephor/operation_verb.h"
#include "app/ephor/verbs.h"
#include "core/domain/reflect.h"
#include "core/workspace/offline_record.h"

#include <charconv>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace ephor::cli {

namespace {

Result<std::uint64_t> entryIndex(const Command& command)
{
    const std::string* const option = command.find("index");
    const std::string text = option != nullptr ? *option : command.words.size() > 2 ? command.words[2] : std::string();
    std::uint64_t index = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), index);
    if (text.empty() || problem != std::errc() || end != text.data() + text.size())
        return fail(ErrorKind::Invalid, "usage.index", "audit prove needs the index of an entry.",
            "Write: ephor audit prove 123");
    return index;
}

Result<void> writeFile(const std::string& path, const std::string& text)
{
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << text;
    file.close();
    if (!file)
        return fail(Error(
            ErrorKind::Unavailable, "output.write", "The file cannot be written.", "Check the path and free space.")
                .with("path", path));
    return {};
}

// With --out NAME the evidence is two files: the proof, and beside it the entry that it proves.
Result<Json> deliver(const Command& command, const ProveEntry::Response& proof)
{
    const std::string* const out = command.find("out");
    if (out == nullptr)
        return toJson(proof);
    EPHOR_TRY_VOID(writeFile(*out, proof.proof));
    const std::size_t dot = out->rfind('.');
    const std::string beside = out->substr(0, dot == std::string::npos ? out->size() : dot) + ".json";
    EPHOR_TRY_VOID(writeFile(beside, proof.body));
    return Json{{"proof", *out}, {"entry", beside}, {"keys", proof.keys}};
}

std::vector<std::string> givenKeys(const Command& command)
{
    std::vector<std::string> keys;
    for (const Command::Option& option : command.options) {
        if (option.name == "key")
            keys.push_back(option.value);
    }
    return keys;
}

// A workspace nobody owns is read directly, without signing in; an owned one answers through its owner's door.
Result<Json> offline(const Command& command, const Streams& streams)
{
    EPHOR_TRY_VOID(command.allowOnly({"index", "out", "key"}));
    EPHOR_TRY(const auto record, workspace::OfflineRecord::open(command.common.workspace, {}, givenKeys(command)));
    if (command.words[1] == "verify") {
        const bool shows = command.common.format == Format::Text && isatty(STDERR_FILENO) == 1;
        EPHOR_TRY(const RecordStatus status, record->verify([&streams, shows](std::uint64_t done, std::uint64_t total) {
            if (shows && total > 0)
                streams.err << "\rverified " << done << " of " << total << std::flush;
            return true;
        }));
        if (shows)
            streams.err << "\n";
        return toJson(status);
    }
    EPHOR_TRY(const std::uint64_t index, entryIndex(command));
    EPHOR_TRY(const ProveEntry::Response proof, record->prove(index));
    return deliver(command, proof);
}

Result<Json> attached(const Command& command)
{
    EPHOR_TRY(Connection connection, connect(command.common));
    if (command.words[1] == "verify") {
        EPHOR_TRY(const RecordStatus status, connection.backend().call<VerifyRecord>({}, connection.context));
        return toJson(status);
    }
    EPHOR_TRY(const std::uint64_t index, entryIndex(command));
    EPHOR_TRY(const ProveEntry::Response proof, connection.backend().call<ProveEntry>({index}, connection.context));
    return deliver(command, proof);
}

bool hasCredential(const CommonOptions& common)
{
    return !common.token.empty() || !common.persona.empty() || !keptSession(common).empty();
}

}

Exit runAudit(const Command& command, const Streams& streams)
{
    const bool own = command.words.size() > 1 && (command.words[1] == "verify" || command.words[1] == "prove");
    if (!own) {
        const OperationType* const type = operationFor(command.words);
        if (type != nullptr)
            return runOperation(*type, command, streams.out, streams.err);
        streams.err << "ephor: audit has the verbs status, query, entry, verify, prove, checkpoint and export.\n";
        return Exit::Usage;
    }
    Result<Json> answer = fail(
        ErrorKind::Invalid, "usage.no-workspace", "No workspace is named.", "Add --workspace DIR or --server URL.");
    const bool local = command.common.server.empty() && !command.common.workspace.empty();
    if (local && !hasCredential(command.common)) {
        answer = offline(command, streams);
        if (!answer && answer.error().code == "store.locked")
            answer = attached(command);
    } else if (local || !command.common.server.empty()) {
        answer = attached(command);
    }
    if (!answer) {
        printError(streams.out, streams.err, answer.error(), command.common.format);
        return exitFor(answer.error());
    }
    printAnswer(streams.out, *answer, command.common.format);
    return Exit::Done;
}

}
