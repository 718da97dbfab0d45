#pragma once

#include "core/api/protection.h"
#include "core/domain/reflect.h"
#include "tests/ui/support/ui_support.h"

#include <nlohmann/json.hpp>

/// Protections of a bank, what they found, and what its agents could do.
namespace ephor::ui::test {

inline std::vector<KnownEntity> knownEntities()
{
    return {{"CREDIT_CARD", "Card number", "financial"}, {"IBAN_CODE", "IBAN", "financial"},
        {"EMAIL_ADDRESS", "E-mail address", "personal"}, {"PERSON", "Name of a person", "personal"},
        {"AWS_KEY", "Amazon key", "secret"}, {"IP_ADDRESS", "IP address", "technical"},
        {"PROJECT_CODE", "Code of a project", "custom"}};
}

inline ProtectionBody customerData()
{
    ProtectionBody body;
    body.title = "Customer data";
    body.description = "What customers trust the bank with.";
    ProtectionRule cards;
    cards.what = {"CREDIT_CARD", "IBAN_CODE"};
    cards.surfaces = {TextSurface::Model, TextSurface::Arguments};
    cards.action = ProtectAction::Tokenise;
    ProtectionRule mail;
    mail.what = {"personal"};
    mail.surfaces = {TextSurface::Arguments};
    mail.tools = {"mail.send"};
    mail.action = ProtectAction::Ask;
    mail.atLeast = 70;
    ProtectionRule secrets;
    secrets.what = {"secret"};
    secrets.action = ProtectAction::Deny;
    body.rules = {cards, mail, secrets};
    OwnDetector project;
    project.entity = "PROJECT_CODE";
    project.title = "Code of a project";
    project.pattern = "NWB-[0-9]{6}";
    Hotwords near;
    near.words = {"project", "code"};
    project.hotwords = {near};
    body.detectors = {project};
    body.exceptions = {{"CREDIT_CARD", "hmac:5f2b9c0d17e4", "The card of the handbook"}};
    body.allowedHosts = {"northwind.example", ".help.northwind.example"};
    body.grounded = 80;
    return body;
}

inline TryProtection::Response triedCard()
{
    TryProtection::Response tried;
    tried.word = "transform";
    tried.reason = "Card number: a stand-in takes its place.";
    tried.text = "Pay with [CREDIT_CARD:1], Zo\xC3\xAB";
    TriedFinding card;
    card.what = "CREDIT_CARD";
    card.title = "Card number";
    card.start = 12;
    card.end = 31;
    card.score = 99;
    card.action = ProtectAction::Tokenise;
    TriedFinding person;
    person.what = "PERSON";
    person.title = "Name of a person";
    person.start = 33;
    person.end = 36;
    person.score = 35;
    tried.findings = {card, person};
    return tried;
}

/// A character outside the basic plane stands before the card: code points are not what Qt counts.
inline QString triedText()
{
    return QString::fromUtf8("\xF0\x9F\x92\xB3 Pay with: 4111 1111 1111 1111, Zo\xC3\xAB");
}

inline std::vector<FindingCount> countsOfBank()
{
    const Instant at = fixedInstant();
    return {{"customer-refunds", TextSurface::Model, "", "CREDIT_CARD", ProtectAction::Tokenise, 1'204, 311,
                at - std::chrono::minutes(4), "0190c7a2-7bd1-7a10-8c00-00000000aaaa"},
        {"hr-helper", TextSurface::Result, "mail.read", "removed:invisible", ProtectAction::Observe, 37, 12,
            at - std::chrono::hours(5), "0190c7a2-7bd1-7a10-8c00-00000000bbbb"},
        {"hr-helper", TextSurface::Arguments, "mail.send", "instruction", ProtectAction::Deny, 3, 1,
            at - std::chrono::hours(30), "0190c7a2-7bd1-7a10-8c00-00000000cccc"}};
}

inline std::vector<AgentExposure> exposureOfBank()
{
    return {{"customer-refunds", "Customer refunds", "customer-data", {}, {"orders.lookup"}, {"payments.send"}},
        {"hr-helper", "HR helper", "", {"mail.read", "web.fetch"}, {"people.lookup"}, {"mail.send"}}};
}

inline std::vector<Outage> outagesOfBank()
{
    const Instant at = fixedInstant();
    return {{"detector", "Ephor holds texts back: the detector does not answer.", at - std::chrono::hours(12),
                at - std::chrono::minutes(1), 4'113, true},
        {"directory", "The directory did not answer.", at - std::chrono::hours(50), at - std::chrono::hours(49), 3,
            false}};
}

inline DefinitionVersion protectionVersion(std::uint64_t number)
{
    DefinitionVersion version;
    version.version.number = number == 0 ? 4 : number;
    version.definition.kind = DefinitionKind::Protection;
    version.definition.name = "customer-data";
    version.definition.title = "Customer data";
    version.definition.newest = 4;
    version.body = documentOf(toJson(customerData()));
    return version;
}

}
