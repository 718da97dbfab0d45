#include "core/trust/guard/protection.h"

namespace ephor::guard {

ProtectionBody standardProtection()
{
    ProtectionBody body;
    body.title = "Standard protection";
    body.description = "For agents whose release names no other. Texts are cleaned of what no reader sees, everything "
                       "found is counted, and secrets are hidden wherever they pass.";
    ProtectionRule secrets;
    secrets.what = {"secret"};
    secrets.action = ProtectAction::Redact;
    body.rules.push_back(std::move(secrets));
    body.flows = FlowMode::Off;
    body.trust = FlowMode::Off;
    return body;
}

}
