#include "core/trust/ledger/sealed_fields.h"

#include "core/base/canonical_text.h"
#include "core/base/json.h"
#include "core/trust/keys/key_store.h"
#include "core/trust/keys/random_stock.h"
#include "core/trust/ledger/envelope.h"

#include <nlohmann/json.hpp>

namespace ephor::ledger {

namespace {

constexpr std::size_t saltBytes = 32;

// A sealed value cannot be moved to another field or entry, nor a key to another subject.
std::string sealContext(const std::string& entryId, const std::string& path)
{
    return entryId + "\n" + path;
}

std::string keyContext(const std::string& subject, std::int64_t generation)
{
    return subject + "\n" + std::to_string(generation);
}

struct SubjectKey {
    std::int64_t generation = 0;
    keys::SymmetricKey key{};
    ~SubjectKey() { keys::wipe(key); }
};

Result<SubjectKey> keyForSealing(
    store::Transaction& transaction, const keys::KeyStore& keys, const std::string& subject, const std::string& at)
{
    std::int64_t last = 0;
    std::optional<Bytes> wrapped;
    EPHOR_TRY_VOID(transaction.query(
        "SELECT generation, wrapped FROM subject_key WHERE subject = ? ORDER BY generation DESC LIMIT 1", {subject},
        [&](const store::Row& row) -> Result<void> {
            last = row.integer(0);
            if (!row.isNull(1))
                wrapped = Bytes(row.blob(1).begin(), row.blob(1).end());
            return {};
        }));
    if (wrapped) {
        EPHOR_TRY(const auto key, keys.unwrap(*wrapped, keyContext(subject, last)));
        return SubjectKey{last, key};
    }
    const SubjectKey fresh{last + 1, keys::newSymmetricKey()};
    const Bytes sealedKey = keys.wrap(fresh.key, keyContext(subject, fresh.generation));
    EPHOR_TRY_VOID(
        transaction.run("INSERT INTO subject_key(subject, generation, wrapped, created_at) VALUES(?, ?, ?, ?)",
            {subject, fresh.generation, sealedKey, at}));
    return fresh;
}

Error sealedFault(const char* code, std::string message, const SealedRow& row)
{
    return Error(ErrorKind::CheckFailed, code, std::move(message))
        .with("id", row.entryId)
        .with("path", row.path)
        .with("subject", row.subject);
}

}

Result<PreparedSeal> prepareSeal(const SealedField& field)
{
    if (field.subject.empty())
        return fail(
            ErrorKind::Internal, "ledger.entry", "A sealed field names no subject.", "This is a fault of Ephor.");
    EPHOR_TRY(const std::string canonical, canonicalText(field.value.text));
    PreparedSeal seal{field.path, field.subject, {}, Bytes(saltBytes)};
    keys::fillFromStock(seal.clear);
    seal.commitment = makeCommitment(seal.clear, canonical)["c"].get<std::string>();
    seal.clear.insert(seal.clear.end(), canonical.begin(), canonical.end());
    return seal;
}

// The fields of an entry mostly belong to one subject, whose key is then unwrapped once.
Result<void> storeSeals(store::Transaction& transaction, const keys::KeyStore& keys, const std::string& entryId,
    std::span<PreparedSeal> seals, const std::string& at)
{
    SubjectKey key;
    const std::string* subject = nullptr;
    for (PreparedSeal& seal : seals) {
        if (subject == nullptr || *subject != seal.subject) {
            EPHOR_TRY(key, keyForSealing(transaction, keys, seal.subject, at));
            subject = &seal.subject;
        }
        const keys::Sealed sealed = keys::seal(key.key, sealContext(entryId, seal.path), seal.clear);
        keys::wipe(seal.clear);
        EPHOR_TRY_VOID(transaction.run(
            "INSERT INTO sealed(entry_id, field, subject, generation, nonce, ciphertext) VALUES(?, ?, ?, ?, ?, ?)",
            {entryId, seal.path, seal.subject, key.generation, sealed.nonce, sealed.ciphertext}));
    }
    return {};
}

Result<std::vector<SealedRow>> sealedRows(const store::Snapshot& snapshot, const std::string& entryId)
{
    std::vector<SealedRow> rows;
    EPHOR_TRY_VOID(snapshot.query(
        "SELECT s.field, s.subject, s.generation, s.nonce, s.ciphertext, k.subject, k.wrapped, k.destroyed_at "
        "FROM sealed s LEFT JOIN subject_key k ON k.subject = s.subject AND k.generation = s.generation "
        "WHERE s.entry_id = ? ORDER BY s.field",
        {entryId}, [&](const store::Row& row) -> Result<void> {
            SealedRow& sealed = rows.emplace_back();
            sealed.entryId = entryId;
            sealed.path = row.string(0);
            sealed.subject = row.string(1);
            sealed.generation = row.integer(2);
            sealed.nonce.assign(row.blob(3).begin(), row.blob(3).end());
            sealed.ciphertext.assign(row.blob(4).begin(), row.blob(4).end());
            sealed.keyKnown = !row.isNull(5);
            if (!row.isNull(6))
                sealed.wrappedKey = Bytes(row.blob(6).begin(), row.blob(6).end());
            sealed.destroyedAt = row.maybeString(7);
            return {};
        }));
    return rows;
}

Result<std::string> openSeal(const keys::KeyStore& keys, const SealedRow& row, const std::string& commitment)
{
    if (!row.wrappedKey)
        return fail(sealedFault("ledger.sealed.key", "The key of a sealed value is missing.", row));
    auto key = keys.unwrap(*row.wrappedKey, keyContext(row.subject, row.generation));
    if (!key)
        return fail(sealedFault(
            "ledger.sealed.key", "The key of a sealed value was changed or is wrapped by another key store.", row));
    auto clear = keys::open(*key, sealContext(row.entryId, row.path), row.nonce, row.ciphertext);
    keys::wipe(*key);
    if (!clear || clear->size() < saltBytes)
        return fail(sealedFault("ledger.sealed.changed", "A sealed value was changed or moved.", row));
    const BytesView salt = BytesView(*clear).first(saltBytes);
    std::string value(textOf(BytesView(*clear).subspan(saltBytes)));
    if (makeCommitment(salt, value)["c"].get<std::string>() != commitment)
        return fail(
            sealedFault("ledger.sealed.commitment", "A sealed value is not the one its entry committed to.", row));
    return value;
}

Result<std::int64_t> destroyKeys(store::Transaction& transaction, const std::string& subject, const std::string& at)
{
    return transaction.run(
        "UPDATE subject_key SET wrapped = NULL, destroyed_at = ? WHERE subject = ? AND destroyed_at IS NULL",
        {at, subject});
}

}
