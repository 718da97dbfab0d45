#include "core/trust/keys/key_store.h"

#include "core/trust/keys/private_file.h"
#include "core/trust/keys/unlock.h"

#include <QTemporaryDir>
#include <QtTest>
#include <sys/stat.h>

using namespace ephor;
using namespace ephor::keys;

namespace {

template <class T> std::string codeOf(const Result<T>& result)
{
    return result ? "ok" : result.error().code;
}

}

class KeyStoreTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    int m_files = 0;
    std::string freshPath() { return m_folder.filePath("sub/%1.keys").arg(++m_files).toStdString(); }

private Q_SLOTS:
    void survivesReopening()
    {
        const std::string path = freshPath();
        const Unlock unlock("open sesame");
        const SymmetricKey subject = newSymmetricKey();
        Bytes wrapped;
        proof::PublicKey key{};
        {
            const auto store = KeyStore::create(path, "w-1", unlock);
            QVERIFY(store);
            QVERIFY((*store)->setSecret("openai", "sk-value"));
            wrapped = (*store)->wrap(subject, "person:ines");
            key = (*store)->signer()->publicKey();
        }
        const auto store = KeyStore::open(path, unlock);
        QVERIFY(store);
        QCOMPARE((*store)->workspace(), "w-1");
        QCOMPARE((*store)->secret("openai").value(), "sk-value");
        QCOMPARE((*store)->secretNames(), std::vector<std::string>{"openai"});
        QVERIFY((*store)->unwrap(wrapped, "person:ines").value() == subject);
        QCOMPARE(codeOf((*store)->unwrap(wrapped, "person:other")), "keys.sealed");
        QVERIFY((*store)->signer()->publicKey() == key);
        QCOMPARE(codeOf(KeyStore::create(path, "w-1", unlock)), "keys.exists");
    }

    void nothingIsInClear()
    {
        const std::string path = freshPath();
        const auto store = KeyStore::create(path, "w-secret-id", Unlock("u"));
        QVERIFY(store && (*store)->setSecret("openai", "sk-visible"));
        const auto file = readPrivateFile(path, 1 << 20);
        QVERIFY(file);
        const std::string text(textOf(*file));
        for (const char* word : {"sk-visible", "openai", "PRIVATE", "w-secret-id"})
            QVERIFY(text.find(word) == std::string::npos);
        struct stat status{};
        QCOMPARE(::stat(path.c_str(), &status), 0);
        QCOMPARE(int(status.st_mode & 0777), 0600);
    }

    void wrongSecretAndChangedFileAreRefused()
    {
        const std::string path = freshPath();
        QVERIFY(KeyStore::create(path, "w", Unlock("right")));
        QCOMPARE(codeOf(KeyStore::open(path, Unlock("wrong"))), "keys.wrong-unlock");
        const auto original = readPrivateFile(path, 1 << 20);
        QVERIFY(original);
        const std::string text(textOf(*original));
        const auto openChanged = [&](const std::string& changed) {
            (void)writePrivateFile(path, bytesOf(changed), Replace::Allow);
            return codeOf(KeyStore::open(path, Unlock("right")));
        };
        std::string changed = text;
        const auto at = changed.find("\"sealed\":\"") + 12;
        changed[at] = changed[at] == 'A' ? 'B' : 'A';
        QCOMPARE(openChanged(changed), "keys.wrong-unlock");
        QCOMPARE(openChanged("{}"), "keys.format");
        QCOMPARE(openChanged("not json"), "keys.format");
        changed = text;
        changed.replace(changed.find("\"n\":32768"), 9, "\"n\":33554432");
        QCOMPARE(openChanged(changed), "keys.cost");
        QCOMPARE(openChanged(text), "ok");
        QCOMPARE(codeOf(KeyStore::open(freshPath(), Unlock("right"))), "keys.missing");
    }

    void onlyWhatIsRandomIsStretchedLightly()
    {
        const std::string file = freshPath();
        QVERIFY(createUnlockFile(file));
        const auto made = readUnlockFile(file);
        QVERIFY(made);
        const auto costOf = [&](const Unlock& unlock) {
            const std::string path = freshPath();
            if (!KeyStore::create(path, "w", unlock) || !KeyStore::open(path, unlock))
                return std::string("does not open");
            const auto content = readPrivateFile(path, 1 << 20);
            const std::string text(textOf(content.value()));
            const auto begin = text.find("\"n\":") + 4;
            return text.substr(begin, text.find(',', begin) - begin);
        };
        QCOMPARE(costOf(*made), "1024");
        QCOMPARE(costOf(Unlock("open sesame")), "32768");
        // As long as a random one, but words; and random, but shorter.
        QCOMPARE(costOf(Unlock("a passphrase of forty-four letters, no more.")), "32768");
        QCOMPARE(costOf(Unlock("AAECAwQFBgcICQoLDA0ODw==")), "32768");
    }

    void loosePermissionsAreRefused()
    {
        const std::string path = freshPath();
        QVERIFY(KeyStore::create(path, "w", Unlock("u")));
        for (const mode_t mode : {0640, 0604, 0660}) {
            QCOMPARE(::chmod(path.c_str(), mode), 0);
            QCOMPARE(codeOf(KeyStore::open(path, Unlock("u"))), "keys.permissions");
        }
    }

    void signerRotates()
    {
        const std::string path = freshPath();
        {
            const auto store = KeyStore::create(path, "w", Unlock("u"));
            const auto first = (*store)->signer();
            QVERIFY(!(*store)->formerSigner());
            QVERIFY((*store)->rotateSigner());
            QVERIFY((*store)->formerSigner()->publicKey() == first->publicKey());
            QVERIFY((*store)->signer()->publicKey() != first->publicKey());
            QCOMPARE(codeOf((*store)->rotateSigner()), "keys.rotating");
        }
        const auto store = KeyStore::open(path, Unlock("u"));
        QVERIFY((*store)->formerSigner());
        QVERIFY((*store)->forgetFormerSigner());
        QVERIFY(!(*store)->formerSigner());
        QCOMPARE((*store)->publicKeys().size(), std::size_t(2));
        QVERIFY((*store)->publicKeys().front() == (*store)->signer()->publicKey());
    }

    void secretsHaveLimits()
    {
        const auto store = KeyStore::inMemory("w");
        QVERIFY(store);
        for (const char* name : {"", "Upper", "with space", "a/b"})
            QCOMPARE(codeOf((*store)->setSecret(name, "v")), "keys.name");
        QCOMPARE(codeOf((*store)->setSecret("a", "")), "keys.value");
        QCOMPARE(codeOf((*store)->setSecret("a", std::string(65 * 1024, 'x'))), "keys.value");
        QCOMPARE(codeOf((*store)->secret("a")), "keys.no-secret");
        QCOMPARE(codeOf((*store)->removeSecret("a")), "keys.no-secret");
        QVERIFY((*store)->setSecret("a", "v") && (*store)->removeSecret("a"));
        QVERIFY((*store)->secretNames().empty());
    }

    void unlockChanges()
    {
        const std::string path = freshPath();
        QVERIFY((*KeyStore::create(path, "w", Unlock("old")))->changeUnlock(Unlock("new")));
        QCOMPARE(codeOf(KeyStore::open(path, Unlock("old"))), "keys.wrong-unlock");
        QCOMPARE(codeOf(KeyStore::open(path, Unlock("new"))), "ok");
    }

    void failedWriteChangesNothing()
    {
        const std::string path = freshPath();
        const auto store = KeyStore::create(path, "w", Unlock("u"));
        QVERIFY(store && (*store)->setSecret("a", "1"));
        // A folder stands where the new file would be written.
        QVERIFY(QDir().mkpath(QString::fromStdString(path + ".new/x")));
        QCOMPARE(codeOf((*store)->setSecret("a", "2")), "keys.io");
        QCOMPARE((*store)->secret("a").value(), "1");
    }

    void unlockIsFound()
    {
        const QString file = m_folder.filePath("unlock");
        const auto prompt = []() -> Result<std::string> { return "typed"; };
        qunsetenv("CREDENTIALS_DIRECTORY");
        QCOMPARE(findUnlock({file.toStdString(), prompt}).value().secret(), "typed");
        QCOMPARE(codeOf(findUnlock({file.toStdString(), {}})), "keys.locked");
        QVERIFY(createUnlockFile(file.toStdString()));
        QCOMPARE(codeOf(createUnlockFile(file.toStdString())), "keys.exists");
        QCOMPARE(findUnlock({file.toStdString(), prompt}).value().secret().size(), std::size_t(44));
        QCOMPARE(::chmod(file.toStdString().c_str(), 0644), 0);
        QCOMPARE(codeOf(findUnlock({file.toStdString(), prompt})), "keys.permissions");
        QVERIFY(
            writePrivateFile(m_folder.filePath("ephor-unlock").toStdString(), bytesOf("credential\n"), Replace::Allow));
        qputenv("CREDENTIALS_DIRECTORY", m_folder.path().toUtf8());
        QCOMPARE(findUnlock({file.toStdString(), prompt}).value().secret(), "credential");
        qunsetenv("CREDENTIALS_DIRECTORY");
    }

    void defaultPathFollowsTheEnvironment()
    {
        qputenv("XDG_CONFIG_HOME", "/conf");
        QCOMPARE(defaultKeyPath("w1").value(), "/conf/ephor/keys/w1.keys");
        QCOMPARE(defaultUnlockPath("w1").value(), "/conf/ephor/keys/w1.unlock");
        QCOMPARE(codeOf(defaultKeyPath("../w1")), "keys.path");
        QCOMPARE(codeOf(defaultKeyPath("")), "keys.path");
        qunsetenv("XDG_CONFIG_HOME");
    }

    void sealingBindsContext()
    {
        const SymmetricKey key = newSymmetricKey();
        for (const std::string text : {"", "x", "a longer value than one block of the cipher"}) {
            Sealed sealed = seal(key, "entry/field", bytesOf(text));
            const auto opened = open(key, "entry/field", sealed.nonce, sealed.ciphertext);
            QVERIFY(opened);
            QCOMPARE(std::string(textOf(*opened)), text);
            QCOMPARE(codeOf(open(key, "entry/other", sealed.nonce, sealed.ciphertext)), "keys.sealed");
            QCOMPARE(codeOf(open(newSymmetricKey(), "entry/field", sealed.nonce, sealed.ciphertext)), "keys.sealed");
            sealed.ciphertext.back() ^= 1;
            QCOMPARE(codeOf(open(key, "entry/field", sealed.nonce, sealed.ciphertext)), "keys.sealed");
            QCOMPARE(
                codeOf(open(key, "entry/field", sealed.nonce, BytesView(sealed.ciphertext).first(15))), "keys.sealed");
        }
    }
};

QTEST_GUILESS_MAIN(KeyStoreTest)
#include "key_store_test.moc"
