#include "core/base/bytes.h"
#include "core/trust/detect/detector_set.h"
#include "tests/core/trust/detect/secret/secret_samples.h"

#include <QTest>

using namespace ephor;
using namespace ephor::detect;

namespace {

const DetectorSet& detectors()
{
    static const auto set = DetectorSet::compile(Profile::Ephor);
    return **set;
}

// Everything found, as "ENTITY|text" joined by line breaks.
std::string found(std::string_view text)
{
    const auto findings = detectors().scan(text);
    std::string lines;
    for (const Finding& finding : *findings) {
        lines += lines.empty() ? "" : "\n";
        lines += finding.entity->name + "|" + std::string(text.substr(finding.start, finding.end - finding.start));
    }
    return lines;
}

}

// Secrets among the other families of Ephor's own profile.
class SecretSetTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsOneThingOfEachSecret()
    {
        SecretSamples samples(21);
        const std::string github = samples.githubToken("ghp_");
        QCOMPARE(found("token: " + github), "GITHUB_TOKEN|" + github);
        const std::string address = std::string("postgres://app:") + "h7Gk2p@db.example.org:5432/shop";
        QCOMPARE(found("url = " + address + " today"), "DATABASE_URL|" + address);
        const std::string queue = std::string("amqp://ann.smith:") + "4539578763621486@10.0.0.7/v";
        QCOMPARE(found(queue), "DATABASE_URL|" + queue);
        const std::string stripe = "sk_live_" + samples.of(Alphabet::Alphanumeric, 24);
        QCOMPARE(found("stripe_secret=" + stripe), "PAYMENT_KEY|" + stripe);
        const std::string number = std::string("4929") + "7183";
        QCOMPARE(found("password = \"" + number + "x!\""), "PASSWORD|" + number + "x!");
    }

    void findsNothingElseInsideAKey()
    {
        SecretSamples samples(22);
        std::string block = "-----BEGIN PRIVATE KEY-----\n";
        for (int i = 0; i < 30; ++i)
            block += samples.of(Alphabet::Base64, 64) + "\n";
        block += "-----END PRIVATE KEY-----";
        QCOMPARE(found(block), "PRIVATE_KEY|" + block);
        QCOMPARE(found("see\n" + block + "\n."), "PRIVATE_KEY|" + block);
    }

    void seesThroughDisguise()
    {
        SecretSamples samples(23);
        const std::string token = samples.githubToken("ghp_");
        const std::string hidden = token.substr(0, 9) + "\xE2\x80\x8B" + token.substr(9);
        QCOMPARE(found("x " + hidden + " y"), "GITHUB_TOKEN|" + hidden);
        // The first letter in full width.
        const std::string wide = "\xEF\xBD\x87" + token.substr(1);
        QCOMPARE(found("x " + wide + " y"), "GITHUB_TOKEN|" + wide);
    }

    void findsOneAfterTheOther()
    {
        SecretSamples samples(24);
        std::string text;
        for (int i = 0; i < 50; ++i)
            text += "user" + std::to_string(i) + "@example.org, " + samples.githubToken("gho_") + "\n";
        const auto findings = detectors().scan(text);
        QCOMPARE(findings->size(), 100U);
        for (std::size_t i = 0; i < findings->size(); ++i)
            QCOMPARE(findings->at(i).entity->name, std::string(i % 2 == 0 ? "EMAIL_ADDRESS" : "GITHUB_TOKEN"));
    }

    void looksForNamedSecretsAlone()
    {
        SecretSamples samples(25);
        const std::string token = samples.githubToken("ghp_");
        const std::string text = "ann@example.org " + token;
        const std::vector<std::string> names{"GITHUB_TOKEN"};
        const auto findings = detectors().scanFor(text, names);
        QCOMPARE(findings->size(), 1U);
        QCOMPARE(findings->front().entity->name, names.front());
        QVERIFY(findings->front().entity->entityClass == EntityClass::Secret);
    }
};

QTEST_GUILESS_MAIN(SecretSetTest)
#include "secret_set_test.moc"
