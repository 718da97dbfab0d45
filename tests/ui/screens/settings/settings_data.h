#pragma once

#include "core/api/definitions.h"
#include "core/api/people.h"
#include "tests/ui/support/ui_support.h"

/// People, keys and models of Northwind Bank.
namespace ephor::ui::test {

inline RoleGrant grantOf(Role role, const char* team = "*", const char* environment = "*")
{
    RoleGrant grant;
    grant.role = role;
    grant.team = team;
    grant.environment = environment;
    return grant;
}

inline Person personOf(
    const char* id, const char* login, const char* name, const char* title, std::vector<RoleGrant> roles)
{
    Person person;
    person.id = id;
    person.login = login;
    person.name = name;
    person.title = title;
    person.roles = std::move(roles);
    person.createdAt = fixedInstant() - std::chrono::hours(24 * 90);
    person.lastSeen = fixedInstant() - std::chrono::minutes(12);
    return person;
}

inline std::vector<Person> bankPeople()
{
    std::vector<Person> people{
        personOf("person:Jonas Weber", "jonas", "Jonas Weber", "Platform lead", {grantOf(Role::Admin)}),
        personOf("person:ines", "ines", "Ines Marchetti", "Governance officer", {grantOf(Role::Officer)}),
        personOf("person:priya", "priya", "Priya Raman", "Governance officer",
            {grantOf(Role::Officer, "cards", "production"), grantOf(Role::Viewer)}),
        personOf("person:leila", "leila", "Leila Haddad", "Internal audit", {grantOf(Role::Auditor)}),
        personOf("person:tom", "tom", "Tom Okafor", "Refunds owner", {grantOf(Role::Owner, "retail")}),
        personOf("person:maja", "maja", "Maja Lindqvist", "HR", {grantOf(Role::Viewer, "people")}),
    };
    people.back().active = false;
    people[3].lastSeen = {};
    return people;
}

inline ListTeams::Response bankTeams()
{
    return {{{"cards", "Card services", 2, 1}, {"finance", "Finance", 1, 2}, {"people", "People and culture", 1, 1},
        {"retail", "Retail banking", 3, 2}}};
}

inline std::vector<ServiceKey> bankKeys()
{
    ServiceKey checkout;
    checkout.id = "key:checkout";
    checkout.name = "Checkout backend";
    checkout.prefix = "eph_7Kq2";
    checkout.team = "retail";
    checkout.environment = "production";
    checkout.owner = "person:tom";
    checkout.ownerName = "Tom Okafor";
    checkout.permissions = {Permission::View, Permission::InvokeAgents};
    checkout.createdAt = fixedInstant() - std::chrono::hours(24 * 30);
    checkout.expiresAt = fixedInstant() + std::chrono::hours(24 * 60);
    checkout.lastUsed = fixedInstant() - std::chrono::seconds(40);
    ServiceKey soon = checkout;
    soon.id = "key:desk";
    soon.name = "Service desk";
    soon.prefix = "eph_x01M";
    soon.agents = {"it-triage", "hr-helper"};
    soon.expiresAt = fixedInstant() + std::chrono::hours(24 * 6);
    soon.lastUsed = {};
    ServiceKey revoked = checkout;
    revoked.id = "key:old";
    revoked.name = "Old batch";
    revoked.prefix = "eph_Zz9a";
    revoked.team = "*";
    revoked.revokedAt = fixedInstant() - std::chrono::hours(50);
    return {revoked, checkout, soon};
}

inline ListDefinitions::Response bankModels()
{
    const auto model = [](const char* name, const char* title, const char* detail, std::uint64_t used) {
        DefinitionSummary summary;
        summary.kind = DefinitionKind::Model;
        summary.name = name;
        summary.title = title;
        summary.detail = detail;
        summary.newest = 2;
        summary.production = 2;
        summary.usedBy = used;
        return summary;
    };
    return {{model("large", "Large", "simulated", 4), model("small", "Small", "simulated", 2),
        model("gpt", "GPT at the provider", "openai", 1)}};
}

/// Why a freeze refuses, in the form of an explanation.
inline std::string accessExplanation()
{
    return "{\"decision\":\"deny\",\"determining\":[{\"effect\":\"forbid\",\"id\":\"house:freeze/0\",\"line\":1,"
           "\"scope\":[],\"standing\":\"satisfied\",\"text\":\"forbid (principal, action, resource);\"}],"
           "\"sentence\":\"The forbid house:freeze/0 refuses it.\"}";
}

inline DefinitionVersion bankModel(const std::string& name)
{
    DefinitionVersion version;
    version.definition.kind = DefinitionKind::Model;
    version.definition.name = name;
    version.body.text = name == "gpt"
        ? R"({"title":"GPT","provider":"open-ai","baseUrl":"https://api.example.com/v1","model":"gpt-5","secret":"secret:openai"})"
        : R"({"title":"Large","provider":"simulated"})";
    return version;
}

}
