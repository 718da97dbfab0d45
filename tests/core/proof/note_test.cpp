#include "core/proof/note.h"

#include <QTest>

using namespace ephor;
using namespace ephor::proof;

namespace {

const std::string exampleKey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
const std::string exampleText = "This is an example message.\n";
const std::string exampleSignature
    = "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=";
const std::string exampleNote = exampleText + "\n\xE2\x80\x94 example.com/foo " + exampleSignature + "\n";

std::string codeOfOpening(const std::string& note, const std::vector<VerifierKey>& known)
{
    const Result<Note> parsed = parseNote(note);
    if (!parsed)
        return parsed.error().code;
    const auto verified = verifyNote(*parsed, known);
    return verified ? std::string() : verified.error().code;
}

std::string codeOfKey(const std::string& vkey)
{
    const Result<VerifierKey> key = parseVerifierKey(vkey);
    return key ? std::string() : key.error().code;
}

SigningKey keyOf(std::uint8_t seed)
{
    return SigningKey::fromSeed(Bytes(32, seed)).value();
}

}

class NoteTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void signsAsRfc8032Does_data()
    {
        QTest::addColumn<QByteArray>("seed");
        QTest::addColumn<QByteArray>("publicKey");
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QByteArray>("signature");
        // RFC 8032 §7.1, tests 1 to 3.
        QTest::newRow("empty")
            << QByteArray("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
            << QByteArray("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a") << QByteArray()
            << QByteArray(
                   "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
                   "d25bf5f0595bbe24655141438e7a100b");
        QTest::newRow("one byte")
            << QByteArray("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
            << QByteArray("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c") << QByteArray("72")
            << QByteArray(
                   "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
                   "387b2eaeb4302aeeb00d291612bb0c00");
        QTest::newRow("two bytes")
            << QByteArray("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7")
            << QByteArray("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025") << QByteArray("af82")
            << QByteArray(
                   "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
                   "4a7c15e9716ed28dc027beceea1ec40a");
    }
    void signsAsRfc8032Does()
    {
        QFETCH(QByteArray, seed);
        QFETCH(QByteArray, publicKey);
        QFETCH(QByteArray, message);
        QFETCH(QByteArray, signature);
        const SigningKey key = SigningKey::fromSeed(fromHex(seed.toStdString()).value()).value();
        const Bytes text = fromHex(message.toStdString()).value();
        QCOMPARE(toHex(key.publicKey()), publicKey.toStdString());
        Signature made = key.sign(text).value();
        QCOMPARE(toHex(made), signature.toStdString());
        QVERIFY(verifySignature(key.publicKey(), text, made));
        for (std::size_t bit = 0; bit < made.size() * 8; ++bit) {
            made[bit / 8] ^= static_cast<std::uint8_t>(1u << (bit % 8));
            QVERIFY(!verifySignature(key.publicKey(), text, made));
            made[bit / 8] ^= static_cast<std::uint8_t>(1u << (bit % 8));
        }
        QVERIFY(!verifySignature(key.publicKey(), text, BytesView(made).first(63)));
    }

    void keepsAKeyAsPem()
    {
        const SigningKey key = SigningKey::generate().value();
        const std::string pem = key.toPem().value();
        QVERIFY(pem.starts_with("-----BEGIN PRIVATE KEY-----\n"));
        const SigningKey again = SigningKey::fromPem(pem).value();
        QCOMPARE(again.publicKey(), key.publicKey());
        QVERIFY(SigningKey::generate()->publicKey() != key.publicKey());
        QCOMPARE(SigningKey::fromPem("").error().code, std::string("proof.key.pem"));
        QCOMPARE(
            SigningKey::fromPem("-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n")
                .error()
                .code,
            std::string("proof.key.pem"));
        QCOMPARE(SigningKey::fromSeed(Bytes(31)).error().code, std::string("proof.key.seed"));
    }

    void readsPublishedVerifierKeys_data()
    {
        QTest::addColumn<QString>("vkey");
        QTest::addColumn<int>("type");
        QTest::newRow("signed-note") << QString::fromStdString(exampleKey) << 1;
        QTest::newRow("Go's note package") << "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW" << 1;
        QTest::newRow("a log") << "TEST+7997405c+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6" << 1;
        QTest::newRow("a witness") << "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2" << 4;
    }
    void readsPublishedVerifierKeys()
    {
        QFETCH(QString, vkey);
        QFETCH(int, type);
        const VerifierKey key = parseVerifierKey(vkey.toStdString()).value();
        QCOMPARE(static_cast<int>(key.type), type);
        QCOMPARE(formatVerifierKey(key), vkey.toStdString());
    }

    void refusesBadVerifierKeys()
    {
        QCOMPARE(codeOfKey("bananas+12344556"), std::string("proof.key.format"));
        QCOMPARE(codeOfKey(""), std::string("proof.key.format"));
        QCOMPARE(codeOfKey("a+xyz+AA=="), std::string("proof.key.format"));
        QCOMPARE(codeOfKey("example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"),
            std::string("proof.key.format"));
        QCOMPARE(codeOfKey("a+530d903a+THIS_IS_NOT_BASE64!"), std::string("proof.key.base64"));
        QCOMPARE(codeOfKey("a+12345678+AwEB"), std::string("proof.key.type"));
        QCOMPARE(codeOfKey("a+12345678+AQEB"), std::string("proof.key.format"));
        QCOMPARE(codeOfKey("+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"), std::string("proof.key.name"));
        QCOMPARE(codeOfKey("a b+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"), std::string("proof.key.name"));
        QCOMPARE(codeOfKey("example.com/foo+00000000+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"),
            std::string("proof.key.id"));
        QCOMPARE(codeOfKey("example.com/bar+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"),
            std::string("proof.key.id"));
        QVERIFY(!isKeyName("a\xC2\xA0z"));
        QVERIFY(!isKeyName("a\xE3\x80\x80z"));
        QVERIFY(!isKeyName("a\xFFz"));
        QVERIFY(isKeyName("\xC3\xA9phore/42"));
    }

    void readsAListOfKeys()
    {
        const auto keys = parseVerifierKeys("# the log\n\n" + exampleKey + "\n");
        QCOMPARE(keys->size(), std::size_t(1));
        const auto broken = parseVerifierKeys("# the log\nnonsense\n");
        QCOMPARE(broken.error().code, std::string("proof.key.format"));
        QVERIFY(std::ranges::find(broken.error().fields, std::pair<std::string, std::string>("line", "2"))
            != broken.error().fields.end());
    }

    void opensThePublishedNotes()
    {
        const VerifierKey key = parseVerifierKey(exampleKey).value();
        const Note note = parseNote(exampleNote).value();
        QCOMPARE(note.text, exampleText);
        QCOMPARE(formatNote(note), exampleNote);
        QCOMPARE(verifyNote(note, std::vector{key})->front().key, key);
        const VerifierKey peter
            = parseVerifierKey("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW").value();
        const std::string quoted
            = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
              "\xE2\x80\x94 PeterNeumann "
              "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
        QCOMPARE(codeOfOpening(quoted, {peter}), std::string());
    }

    void namesEveryFaultOfANote_data()
    {
        QTest::addColumn<QByteArray>("note");
        QTest::addColumn<QString>("code");
        const auto row = [](const char* name, const std::string& note, const char* code) {
            QTest::newRow(name) << QByteArray::fromStdString(note) << QString(code);
        };
        const auto with = [](const std::string& from, const std::string& to) {
            std::string note = exampleNote;
            return note.replace(note.find(from), from.size(), to);
        };
        row("text changed", with("example message", "exemple message"), "proof.note.signature");
        row("a space more", with("message.", "message. "), "proof.note.signature");
        row("signature bit changed", with("Uw2QOkn8", "Uw2QOkn9"), "proof.note.signature");
        row("CR LF", with("message.\n", "message.\r\n"), "proof.note.control-character");
        row("tab", with("message.", "mess\tage."), "proof.note.control-character");
        row("NUL", with("message.", std::string("mess\0age.", 9)), "proof.note.control-character");
        row("no final newline", exampleNote.substr(0, exampleNote.size() - 1), "proof.note.final-newline");
        row("nothing", "", "proof.note.final-newline");
        row("unsigned", exampleText, "proof.note.unsigned");
        row("unsigned with blank line", exampleText + "\n", "proof.note.unsigned");
        row("not UTF-8", with("message", "mess\xFFge"), "proof.note.utf8");
        row("hyphen for dash", with("\xE2\x80\x94", "-"), "proof.note.signature-line");
        row("en dash", with("\xE2\x80\x94", "\xE2\x80\x93"), "proof.note.signature-line");
        row("no name", with("example.com/foo ", ""), "proof.note.signature-line");
        row("two spaces", with("foo Uw", "foo  Uw"), "proof.note.base64");
        row("no padding", with("aQM=", "aQM"), "proof.note.base64");
        row("loose bits in base64", with("aQM=", "aQN="), "proof.note.base64");
        row("white space in base64", with("Uw2Q", "Uw 2Q"), "proof.note.base64");
        row("key id alone", with(exampleSignature, "Uw2QOg=="), "proof.note.signature-line");
        row("another key's id", with("Uw2QOkn8", "Uw2QO0n8"), "proof.note.key-replaced");
        row("another name", with("foo Uw", "bar Uw"), "proof.note.unknown-key");
        row("too large", std::string(maxNoteBytes, 'a') + exampleNote, "proof.note.too-large");
        std::string many = exampleNote;
        for (std::size_t i = 0; i < maxNoteSignatures; ++i)
            many += "\xE2\x80\x94 other AAAAAAA=\n";
        row("65 signatures", many, "proof.note.too-many-signatures");
    }
    void namesEveryFaultOfANote()
    {
        QFETCH(QByteArray, note);
        QFETCH(QString, code);
        QCOMPARE(codeOfOpening(note.toStdString(), {parseVerifierKey(exampleKey).value()}), code.toStdString());
    }

    void everySingleBitOfANoteMatters()
    {
        const std::vector<VerifierKey> known{parseVerifierKey(exampleKey).value()};
        for (std::size_t bit = 0; bit < exampleNote.size() * 8; ++bit) {
            std::string note = exampleNote;
            note[bit / 8] = static_cast<char>(note[bit / 8] ^ (1 << (bit % 8)));
            QVERIFY2(!codeOfOpening(note, known).empty(), qPrintable(QString("bit %1").arg(bit)));
        }
    }

    void takesSixtyFourSignaturesAndIgnoresStrangers()
    {
        std::string many = exampleNote;
        for (std::size_t i = 1; i < maxNoteSignatures; ++i)
            many += "\xE2\x80\x94 stranger" + std::to_string(i) + " AAAAAAA=\n";
        QCOMPARE(codeOfOpening(many, {parseVerifierKey(exampleKey).value()}), std::string());
        QCOMPARE(codeOfOpening(many, {}), std::string("proof.note.unknown-key"));
    }

    void signsWhatItOpens()
    {
        const SigningKey first = keyOf(1);
        const SigningKey second = keyOf(2);
        const std::string text = "one\n\ntwo\n";
        const std::string once = signNote(text, "log.example/a", first).value();
        const Note twice = addSignature(parseNote(once).value(), "log.example/a", second).value();
        const VerifierKey firstKey
            = makeVerifierKey("log.example/a", SignatureType::Ed25519, first.publicKey()).value();
        const VerifierKey secondKey
            = makeVerifierKey("log.example/a", SignatureType::Ed25519, second.publicKey()).value();
        QCOMPARE(parseNote(formatNote(twice))->text, text);
        QCOMPARE(verifyNote(twice, std::vector{firstKey})->size(), std::size_t(1));
        QCOMPARE(verifyNote(twice, std::vector{secondKey})->size(), std::size_t(1));
        QCOMPARE(verifyNote(twice, std::vector{firstKey, secondKey})->size(), std::size_t(2));
        const Note repeated = addSignature(twice, "log.example/a", first).value();
        QCOMPARE(verifyNote(repeated, std::vector{firstKey, secondKey})->size(), std::size_t(2));
        QCOMPARE(signNote("no newline", "a", first).error().code, std::string("proof.note.text"));
        QCOMPARE(signNote("tab\t\n", "a", first).error().code, std::string("proof.note.text"));
        QCOMPARE(signNote("text\n", "a b", first).error().code, std::string("proof.key.name"));
    }

    void aKnownKeysWrongSignatureRefusesTheWholeNote()
    {
        const SigningKey first = keyOf(1);
        const SigningKey second = keyOf(2);
        Note note = addSignature(parseNote(signNote("text\n", "a", first).value()).value(), "b", second).value();
        note.signatures[1].bytes[5] ^= 1;
        const VerifierKey firstKey = makeVerifierKey("a", SignatureType::Ed25519, first.publicKey()).value();
        const VerifierKey secondKey = makeVerifierKey("b", SignatureType::Ed25519, second.publicKey()).value();
        QVERIFY(verifyNote(note, std::vector{firstKey}));
        QCOMPARE(verifyNote(note, std::vector{firstKey, secondKey}).error().code, std::string("proof.note.signature"));
    }

    void cosignaturesCarryTheirTime()
    {
        const SigningKey witness = keyOf(7);
        const VerifierKey key
            = makeVerifierKey("witness.example/w1", SignatureType::CosignatureV1, witness.publicKey()).value();
        const Note plain{"example.com/log\n1\nf+7CoKgXKE/tNys9TTXcr/ad6U/K3xvznmzew9y6SP0=\nextension\n", {}};
        Note note = addCosignature(plain, "witness.example/w1", witness, 1'727'964'367).value();
        QCOMPARE(note.signatures.front().bytes.size(), std::size_t(72));
        QCOMPARE(verifyNote(parseNote(formatNote(note)).value(), std::vector{key})->front().time,
            std::uint64_t(1'727'964'367));
        // The same key as a plain Ed25519 key must not take a cosignature for its signature, nor the other way round.
        const VerifierKey plainKey
            = makeVerifierKey("witness.example/w1", SignatureType::Ed25519, witness.publicKey()).value();
        QCOMPARE(verifyNote(note, std::vector{plainKey}).error().code, std::string("proof.note.key-replaced"));
        Note mistyped = note;
        mistyped.signatures.front().keyId = plainKey.id;
        QCOMPARE(verifyNote(mistyped, std::vector{plainKey}).error().code, std::string("proof.note.signature"));
        Note later = note;
        later.signatures.front().bytes[7] ^= 1;
        QCOMPARE(verifyNote(later, std::vector{key}).error().code, std::string("proof.note.signature"));
        Note extended = note;
        extended.text.replace(extended.text.find("extension"), 9, "extensiom");
        QCOMPARE(verifyNote(extended, std::vector{key}).error().code, std::string("proof.note.signature"));
        Note beyond = addCosignature(plain, "witness.example/w1", witness, std::uint64_t(1) << 63).value();
        QCOMPARE(verifyNote(beyond, std::vector{key}).error().code, std::string("proof.note.signature"));
    }
};

QTEST_GUILESS_MAIN(NoteTest)
#include "note_test.moc"
