#pragma once

#include "app/ephor/command.h"

#include <iosfwd>

namespace ephor::cli {

/// What a verb writes to and reads from; tests hand in their own.
struct Streams {
    std::istream& in;
    std::ostream& out;
    std::ostream& err;
};

/// ephor init DIR [--name N] [--environment E] [--admin NAME [--login L] --password-stdin] [--demo [--runs N] [--seed
/// N]]
Exit runInit(const Command& command, const Streams& streams);
/// ephor serve --workspace DIR [--address A] [--port P] [--tls-certificate F --tls-key F] [--allowed-host H]...
Exit runServe(const Command& command, const Streams& streams);
/// ephor login [--login L --password-stdin | --as PERSONA], ephor logout
Exit runLogin(const Command& command, const Streams& streams);
Exit runLogout(const Command& command, const Streams& streams);
/// ephor audit verify|prove|checkpoint|export: verify and prove also read a workspace that nobody owns, without signing
/// in.
Exit runAudit(const Command& command, const Streams& streams);
/// ephor stop [--mode no-writes|no-new-runs|now] [--agent A] [--tool T] --reason R; --list; --lift ID
Exit runStop(const Command& command, const Streams& streams);
/// ephor policy backtest: every page, told as one answer; how far it has come goes to the errors. With --cursor that
/// one page alone.
Exit runBacktest(const Command& command, const Streams& streams);
/// schema check, template render, json canonicalize, assign, wire parse, policy check, explain and diff. False when the
/// words name none of them.
bool runPure(const Command& command, const Streams& streams, Exit& exit);

}
