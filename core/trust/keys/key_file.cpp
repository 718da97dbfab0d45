#include "core/trust/keys/key_file.h"

#include "core/base/hash.h"
#include "core/base/json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace ephor::keys {

namespace {

constexpr const char* keyFileFormat = "ephor-keys/1";
constexpr std::size_t saltBytes = 16;

// An unlock file that Ephor made holds 256 random bits, which nobody finds by trying, however cheap a try is.
// Stretching is for what a person can remember; here it would only make every start a tenth of a second longer.
constexpr ScryptCost randomSecretCost{1 << 10, 8, 1};
constexpr std::size_t randomSecretLength = 44; // 32 bytes in base64

bool isRandomSecret(std::string_view secret)
{
    if (secret.size() != randomSecretLength)
        return false;
    auto bytes = fromBase64(secret);
    const bool isKey = bytes && bytes->size() == SymmetricKey().size();
    if (bytes)
        wipe(*bytes);
    return isKey;
}

Error formatError(const char* what)
{
    return Error(ErrorKind::Invalid, "keys.format", "The file is not a key store of this version.",
        "Check the path; restore the key store from its own backup if it was damaged.")
        .with("detail", what);
}

Json headerOf(const FileLock& lock)
{
    return {{"format", keyFileFormat},
        {"kdf",
            {{"name", "scrypt"}, {"n", lock.cost.n}, {"r", lock.cost.r}, {"p", lock.cost.p},
                {"salt", toBase64(lock.salt)}}}};
}

Result<std::string> clearText(const KeyContent& content)
{
    Json json{{"workspace", content.workspace}, {"wrapping", toBase64(content.wrapping)}, {"secrets", content.secrets}};
    EPHOR_TRY(json["signer"], content.signer->toPem());
    if (content.former) {
        EPHOR_TRY(json["former"], content.former->toPem());
    }
    for (const auto& key : content.publicKeys)
        json["publicKeys"].push_back(toBase64(key));
    return canonicalJson(json);
}

template <std::size_t Size> Result<std::array<std::uint8_t, Size>> fixedBytes(const std::string& text)
{
    EPHOR_TRY(const Bytes bytes, fromBase64(text));
    if (bytes.size() != Size)
        return fail(formatError("length"));
    std::array<std::uint8_t, Size> fixed{};
    std::ranges::copy(bytes, fixed.begin());
    return fixed;
}

Result<KeyContent> readClearText(const Json& json)
{
    KeyContent content;
    content.workspace = json.at("workspace").get<std::string>();
    content.secrets = json.at("secrets").get<std::map<std::string, std::string>>();
    EPHOR_TRY(content.wrapping, fixedBytes<32>(json.at("wrapping").get<std::string>()));
    EPHOR_TRY(auto signer, proof::SigningKey::fromPem(json.at("signer").get<std::string>()));
    content.signer = std::make_shared<proof::SigningKey>(std::move(signer));
    if (json.contains("former")) {
        EPHOR_TRY(auto former, proof::SigningKey::fromPem(json.at("former").get<std::string>()));
        content.former = std::make_shared<proof::SigningKey>(std::move(former));
    }
    for (const auto& key : json.at("publicKeys")) {
        EPHOR_TRY(content.publicKeys.emplace_back(), fixedBytes<32>(key.get<std::string>()));
    }
    return content;
}

Result<OpenedKeyFile> readFile(const Json& json, std::string_view secret)
{
    if (json.at("format") != keyFileFormat || json.at("kdf").at("name") != "scrypt")
        return fail(formatError("format"));
    OpenedKeyFile opened;
    const Json& kdf = json.at("kdf");
    opened.lock.cost
        = {kdf.at("n").get<std::uint64_t>(), kdf.at("r").get<std::uint64_t>(), kdf.at("p").get<std::uint64_t>()};
    EPHOR_TRY(opened.lock.salt, fromBase64(kdf.at("salt").get<std::string>()));
    EPHOR_TRY(opened.lock.key, stretch(secret, opened.lock.salt, opened.lock.cost));
    EPHOR_TRY(const Bytes nonce, fromBase64(json.at("nonce").get<std::string>()));
    EPHOR_TRY(const Bytes sealed, fromBase64(json.at("sealed").get<std::string>()));
    EPHOR_TRY(const std::string context, canonicalJson(headerOf(opened.lock)));
    auto clear = keys::open(opened.lock.key, context, nonce, sealed);
    if (!clear)
        return fail(ErrorKind::Unauthenticated, "keys.wrong-unlock",
            "The secret given does not open the key store, or the file was changed.",
            "Check the unlock file or the passphrase.");
    EPHOR_TRY(const Json content, parseJson(textOf(*clear)));
    wipe(*clear);
    EPHOR_TRY(opened.content, readClearText(content));
    return opened;
}

}

Result<FileLock> makeFileLock(std::string_view secret)
{
    FileLock lock;
    if (isRandomSecret(secret))
        lock.cost = randomSecretCost;
    lock.salt.resize(saltBytes);
    fillRandom(lock.salt);
    EPHOR_TRY(lock.key, stretch(secret, lock.salt, lock.cost));
    return lock;
}

Result<std::string> formatKeyFile(const KeyContent& content, const FileLock& lock)
{
    EPHOR_TRY(std::string clear, clearText(content));
    Json file = headerOf(lock);
    EPHOR_TRY(const std::string context, canonicalJson(file));
    const Sealed sealed = seal(lock.key, context, bytesOf(clear));
    wipe(clear);
    file["nonce"] = toBase64(sealed.nonce);
    file["sealed"] = toBase64(sealed.ciphertext);
    EPHOR_TRY(std::string text, canonicalJson(file));
    return text + "\n";
}

Result<OpenedKeyFile> parseKeyFile(std::string_view file, std::string_view secret)
{
    const auto json = parseJson(file);
    if (!json)
        return fail(formatError("json"));
    try {
        return readFile(*json, secret);
    } catch (const Json::exception&) {
        return fail(formatError("member"));
    }
}

}
