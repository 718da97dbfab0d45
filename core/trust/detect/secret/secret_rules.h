#pragma once

#include "core/trust/detect/candidate/finding.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace ephor::detect {

/// What a secret opens, as people name it. The order is that of secretEntities().
enum class SecretEntity : std::uint8_t {
    AwsAccessKey,
    AwsSecretKey,
    AzureKey,
    GoogleKey,
    CloudKey,
    AiProviderKey,
    GithubToken,
    GitlabToken,
    PackageRegistryToken,
    DeveloperToolToken,
    MonitoringKey,
    SlackToken,
    MessagingKey,
    PaymentKey,
    CommerceToken,
    VaultToken,
    EphorKey,
    PrivateKey,
    Jwt,
    DatabaseUrl,
    AuthorizationHeader,
    PasswordHash,
    Password,
    GenericKey,
};

std::vector<Entity> secretEntities();

/// What else a token must hold to be one.
enum class SecretCheck : std::uint8_t {
    None,
    GithubChecksum, ///< the last six characters are the CRC-32 of the rest, in base62
    EphorChecksum,
};

/// One kind of token. Formats are those its issuer documents or prints; SecretPattern says how they are written down.
struct SecretRule {
    SecretEntity entity;
    std::string_view form;
    /// Empty: the form's own literal tells the token. Else a word that stands before it, as in `heroku_key = "…"`,
    /// since the form alone would fit half of all identifiers.
    std::string_view near = {};
    SecretCheck check = SecretCheck::None;
};

std::span<const SecretRule> secretRules();

/// A word before a value that makes the value a password or a key, whatever its form.
struct SecretWord {
    SecretEntity entity;
    std::string_view word; ///< ASCII letters are compared without case
};

std::span<const SecretWord> secretWords();

}
