#include "app/verify/command_line.h"

#include "app/verify/disk.h"
#include "core/base/text.h"

#include <CLI/CLI.hpp>
#include <iostream>

namespace ephor::verify {

namespace {

/// Keys, policies and checkpoints are short texts; the limit only stops a mistaken path.
constexpr std::size_t maxInputBytes = 4 * 1024 * 1024;

struct Arguments {
    std::vector<std::string> keys;
    std::vector<std::string> keyFiles;
    std::string earlierFile;
    std::string origin;
    std::string policyFile;
    std::string entryFile;
    std::string path;
    bool requireWitness = false;
    bool json = false;
};

void declareOptions(CLI::App& app, Arguments& arguments)
{
    app.description("Verifies an export of an Ephor ledger, or the proof of one of its entries, from the files alone.");
    app.footer("Exit codes: 0 verified, 1 could not run, 2 usage, 3 a check did not hold.");
    app.set_version_flag("--version", EPHOR_VERSION);
    app.add_option("PATH", arguments.path, "an export's directory, or a .tlog-proof file")->required();
    app.add_option("--key", arguments.keys, "a verifier key of the log (name+id+key); may be repeated")
        ->allow_extra_args(false);
    app.add_option("--key-file", arguments.keyFiles, "a file of verifier keys, one a line; may be repeated")
        ->allow_extra_args(false);
    app.add_option("--origin", arguments.origin, "the log's name, if it must be a certain one");
    app.add_option("--earlier", arguments.earlierFile, "a signed checkpoint you kept: the export must continue it");
    app.add_option("--witness-policy", arguments.policyFile, "whose cosignatures are needed (c2sp.org/tlog-policy)");
    app.add_flag(
        "--require-witness", arguments.requireWitness, "refuse to verify without a policy that asks for a witness");
    app.add_option("--entry", arguments.entryFile, "for a proof file: the entry's canonical JSON");
    app.add_flag("--json", arguments.json, "print one JSON object");
}

std::unexpected<Error> usage(std::string message, std::string hint = {})
{
    return fail(ErrorKind::Invalid, "verify.usage", std::move(message), std::move(hint));
}

Result<void> addLogKeys(std::vector<proof::VerifierKey> keys, proof::Trust& trust)
{
    for (proof::VerifierKey& key : keys) {
        if (key.type != proof::SignatureType::Ed25519)
            return usage("The key " + shorten(key.name, 80) + " is a witness's, not a log's.",
                "Name witnesses in a policy: --witness-policy.");
        trust.logKeys.push_back(std::move(key));
    }
    return {};
}

Result<void> readTrust(const Arguments& arguments, proof::Trust& trust)
{
    trust.origin = arguments.origin;
    for (const std::string& text : arguments.keys) {
        EPHOR_TRY(proof::VerifierKey key, proof::parseVerifierKey(text));
        EPHOR_TRY_VOID(addLogKeys({std::move(key)}, trust));
    }
    for (const std::string& file : arguments.keyFiles) {
        EPHOR_TRY(const std::string text, readTextFile(file, maxInputBytes));
        EPHOR_TRY(std::vector<proof::VerifierKey> keys, proof::parseVerifierKeys(text));
        EPHOR_TRY_VOID(addLogKeys(std::move(keys), trust));
    }
    if (!arguments.policyFile.empty()) {
        EPHOR_TRY(const std::string text, readTextFile(arguments.policyFile, maxInputBytes));
        EPHOR_TRY(trust.witnessPolicy, proof::parseWitnessPolicy(text));
        trust.logKeys.insert(trust.logKeys.end(), trust.witnessPolicy->logs.begin(), trust.witnessPolicy->logs.end());
    }
    if (trust.logKeys.empty())
        return usage("No key of the log was given.",
            "Pass --key or --key-file, or a policy that names the log. Get the key from its owner, never from the "
            "export.");
    if (arguments.requireWitness && !(trust.witnessPolicy && trust.witnessPolicy->asksForWitness()))
        return usage("--require-witness needs a policy whose quorum asks for a witness.", "Pass --witness-policy.");
    return {};
}

Result<Question> readQuestion(const Arguments& arguments)
{
    Question question;
    question.path = arguments.path;
    question.output = arguments.json ? Question::Output::Json : Question::Output::Text;
    EPHOR_TRY_VOID(readTrust(arguments, question.trust));
    if (!arguments.earlierFile.empty()) {
        EPHOR_TRY(question.earlierCheckpoint, readTextFile(arguments.earlierFile, maxInputBytes));
    }
    if (!arguments.entryFile.empty()) {
        EPHOR_TRY(question.entry, readTextFile(arguments.entryFile, maxEntryFileBytes));
    }
    const bool isDirectory = isExportDirectory(question.path);
    if (isDirectory && question.entry)
        return usage("--entry belongs to a proof file, but PATH is a directory.");
    if (!isDirectory && question.earlierCheckpoint)
        return usage("--earlier needs an export: one entry's proof cannot show that the log continues another.");
    return question;
}

}

std::variant<Question, ExitCode> readCommandLine(int argc, const char* const* argv)
{
    CLI::App app;
    Arguments arguments;
    declareOptions(app, arguments);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error, std::cout, std::cerr) == 0 ? ExitCode::Verified : ExitCode::Usage;
    }
    Result<Question> question = readQuestion(arguments);
    if (question)
        return *std::move(question);
    std::cerr << "ephor-verify: " << describe(question.error()) << "\n";
    return question.error().kind == ErrorKind::Invalid ? ExitCode::Usage : ExitCode::CouldNotRun;
}

}
