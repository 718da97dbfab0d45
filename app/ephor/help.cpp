#include "app/ephor/help.h"

#include "app/ephor/operation_verb.h"

#include <algorithm>
#include <array>
#include <ostream>

namespace ephor::cli {

namespace {

struct VerbHelp {
    std::string_view verb;
    std::string_view text;
};

// The verbs that are no operations; those describe themselves.
constexpr std::array verbHelps = {
    VerbHelp{"init",
        "ephor init DIR\n"
        "  Make a workspace and its first administrator. Asks for what is not given.\n\n"
        "  --name TITLE           what the workspace is called\n"
        "  --environment NAME     where its releases serve (production)\n"
        "  --admin NAME           the first administrator, such as \"Ines Marchetti\"\n"
        "  --login LOGIN          what the administrator signs in with (ines.marchetti)\n"
        "  --password-stdin       read the password from standard input\n"
        "  --demo                 make the demo instead: personas, agents, three months of history\n"
        "  --runs N, --seed N     how much history, and which\n"},
    VerbHelp{"serve",
        "ephor serve --workspace DIR\n"
        "  Own the workspace until a signal ends it: run API, operations, events.\n\n"
        "  --address ADDRESS      where to listen (127.0.0.1)\n"
        "  --port PORT            which port; 0 takes a free one and prints it\n"
        "  --tls-certificate FILE, --tls-key FILE   PEM files; wanted for any address but loopback\n"
        "  --allowed-host NAME    a name callers may use beside loopback; may be repeated\n"
        "  --allowed-origin URL   a web origin that may call; may be repeated\n"
        "  --waive-tls            speak plain text beyond loopback, where something else encrypts\n"},
    VerbHelp{"login",
        "ephor login --login LOGIN --password-stdin\n"
        "  Sign in and keep the session for later verbs; with --as PERSONA in a demo workspace.\n"},
    VerbHelp{"logout", "ephor logout\n  End the session that login kept.\n"},
    VerbHelp{"stop",
        "ephor stop --reason WORDS\n"
        "  Stop agents within a second; everything, unless told what.\n\n"
        "  --mode MODE            no-writes, no-new-runs or now\n"
        "  --agent NAME, --tool NAME   stop this one alone\n"
        "  --list                 show the stops in force\n"
        "  --lift ID --reason WORDS   lift one\n"},
    VerbHelp{"audit",
        "ephor audit verify | prove INDEX\n"
        "  Check the whole record, or make the proof of one entry. A workspace that nobody owns is read directly,\n"
        "  without signing in. Exit 3 and the entry's number when the record does not hold.\n\n"
        "  --out FILE             write the proof there\n"
        "  --key KEY              a verifier key of the log; may be repeated\n\n"
        "Also: ephor audit status, query, entry, checkpoint, export.\n"},
};

// The verbs for many items take the same options, so that each tells its item alone.
struct ItemHelp {
    std::string_view verb;
    std::string_view does;
    std::string_view item;
    std::string_view answer;
};

constexpr std::array itemHelps = {
    ItemHelp{"schema check", "Check an instance against a JSON Schema (2020-12).",
        R"({"schema", "instance", "format"?: true asserts formats, "remotes"?: {URI: schema}})",
        R"({"valid", "errors"}; exit 3 when it is not valid)"},
    ItemHelp{"template render", "Render a Mustache template; what is undefined is an error.",
        R"({"template", "partials"?, "data"?, "strict"?: false leaves out what is undefined, "escape"?: "html"})",
        R"({"text"})"},
    ItemHelp{"json canonicalize", "Write a value in the canonical form of RFC 8785.", R"({"value"})",
        R"({"canonical", "sha256"})"},
    ItemHelp{"assign", "Tell the bucket of a unit in a rollout.", R"({"seed", "unit", "version"?: 2, or 1})",
        R"({"bucket"}, in [0, 1))"},
    ItemHelp{"wire parse", "Read the reply of a model's server; --dialect openai-chat is the one known.",
        R"({"body", "status"?: 200, "stream"?: false, "headers"?})", R"({"events", "result"})"},
    ItemHelp{"policy check", "Decide a request by policies.",
        R"({"policies", "entities"?, "schema"?, "request", "events"?, "mode"?, "validate"?})",
        R"({"decision", "reasons", "errors"})"},
    ItemHelp{"policy explain", "Tell why policies decide so, and what would turn it round.",
        R"({"policies", "entities"?, "schema"?, "request", "events"?, "mode"?})",
        R"({"decision", "sentence", "determining", "near", "errors", "flip"})"},
    ItemHelp{"policy diff", "Compare two sets of policies.",
        R"({"before", "after", "entities"?, "requests"?, "events"?, "mode"?})",
        R"({"added", "removed", "changed", "flips"})"},
    ItemHelp{"policy trace", "Follow a session event by event.", R"({"policies", "events", "entities"?, "mode"?})",
        R"({"verdicts"})"},
    ItemHelp{"scan", "Find personal data and secrets in a text.",
        R"({"text", "entities"?: [names], "profile"?: "ephor" or "presidio"})", R"({"findings"})"},
    ItemHelp{"sanitize", "Take out of a text what it hides and what its sink would act on.",
        R"({"text", "sink"?: "model", "allow"?: [hosts]})", R"({"text", "removed"})"},
};

bool startsWith(const std::vector<std::string>& words, std::string_view verb)
{
    const std::size_t blank = verb.find(' ');
    if (words.empty() || words[0] != verb.substr(0, blank))
        return false;
    return blank == std::string_view::npos || (words.size() > 1 && words[1] == verb.substr(blank + 1));
}

void printItemHelp(std::ostream& out, const ItemHelp& help)
{
    out << "ephor " << help.verb << "\n  " << help.does << "\n\n"
        << "  item                   " << help.item << "\n"
        << "  answer                 " << help.answer << "\n\n"
        << "  --batch                read JSON Lines on standard input, answer a line for a line\n"
        << "  --input JSON|@FILE|-   one item; without it standard input is read\n"
        << "  --MEMBER VALUE|@FILE   one item, member by member\n\n"
        << "Shapes, with an example each: docs/formats/verbs.md.\n";
}

}

void printUsage(std::ostream& out)
{
    out << "ephor " EPHOR_VERSION ": govern AI agents from the command line\n\n"
           "  ephor init DIR [--demo]                make a workspace\n"
           "  ephor serve --workspace DIR            own it: run API, operations, events\n"
           "  ephor login | logout                   keep or end a session\n"
           "  ephor stop --reason R                  stop agents now; --list, --lift ID\n"
           "  ephor backup --directory DIR           copy a workspace while it runs\n"
           "  ephor audit verify | prove INDEX       check the record; no sign-in while nobody owns it\n"
           "  ephor NOUN VERB [--member VALUE ...]   every operation; ephor help lists them\n"
           "  ephor schema check | template render | json canonicalize | assign | wire parse "
           "[--batch]\n"
           "  ephor policy check | explain | diff | trace\n"
           "                                         decide by policies, say why, compare two, follow sessions "
           "[--batch]\n"
           "  ephor scan | sanitize                  find personal data in a text; take out what it hides [--batch]\n"
           "  ephor policy try | backtest            ask the rules in force about a call, or about recorded ones\n\n"
           "Each verb explains itself with --help.\n"
           "Common options: --workspace DIR, or --server URL with --ca FILE; --token TOKEN or --as PERSONA; --json\n"
           "Exit: 0 done, 1 failed, 2 wrong usage, 3 a check did not hold\n";
}

void printHelp(std::ostream& out, const std::vector<std::string>& words)
{
    const std::vector<std::string> backup = {"workspace", "backup"};
    const bool isBackup = !words.empty() && words.front() == "backup";
    // These two read a record that nobody owns as well, so they take other options than the operations of that name.
    const bool checksRecord = words.size() > 1 && words[0] == "audit" && (words[1] == "verify" || words[1] == "prove");
    if (const OperationType* const type = operationFor(isBackup ? backup : words); type != nullptr && !checksRecord) {
        printOperationHelp(out, *type);
        return;
    }
    const auto verb
        = std::ranges::find_if(verbHelps, [&](const VerbHelp& each) { return startsWith(words, each.verb); });
    if (verb != verbHelps.end()) {
        out << verb->text;
        return;
    }
    const auto item
        = std::ranges::find_if(itemHelps, [&](const ItemHelp& each) { return startsWith(words, each.verb); });
    if (item != itemHelps.end()) {
        printItemHelp(out, *item);
        return;
    }
    printUsage(out);
    out << "\nOperations:";
    printOperations(out);
}

}
