#include "core/trust/detect/secret/secret_matcher.h"

#include "core/base/bytes.h"
#include "core/trust/detect/secret/secret_forms.h"
#include "core/trust/detect/secret/secret_rules.h"
#include "tests/core/trust/detect/secret/secret_samples.h"

#include <QTest>
#include <algorithm>

using namespace ephor;
using namespace ephor::detect;

namespace {

// What is found, as "ENTITY|text" lines in the order of the text.
std::string found(std::string_view text)
{
    static const auto matcher = makeSecretMatcher();
    CandidateCollection found;
    matcher->match(text, found);
    std::string lines;
    for (const Candidate& candidate : found.candidates) {
        lines += lines.empty() ? "" : "\n";
        lines += matcher->entities()[candidate.entity].entity.name + "|";
        lines += text.substr(candidate.start, candidate.end - candidate.start);
    }
    return lines;
}

std::string base64Url(std::string_view text)
{
    std::string encoded = toBase64(bytesOf(text));
    std::erase(encoded, '=');
    std::ranges::replace(encoded, '+', '-');
    std::ranges::replace(encoded, '/', '_');
    return encoded;
}

std::string keyBlock(std::string_view label, SecretSamples& samples, std::string_view lineBreak = "\n")
{
    std::string block = "-----BEGIN " + std::string(label) + "-----";
    for (int line = 0; line < 5; ++line)
        block += std::string(lineBreak) + samples.of(Alphabet::Base64, 64);
    return block + std::string(lineBreak) + "-----END " + std::string(label) + "-----";
}

struct Case {
    const char* name;
    std::string text;
    std::string expected;
};

void check(const std::vector<Case>& cases)
{
    for (const Case& row : cases) {
        const std::string got = found(row.text);
        QVERIFY2(got == row.expected,
            (std::string(row.name) + ": " + row.text + "\n found " + got + "\n wanted " + row.expected).c_str());
    }
}

}

class SecretMatcherTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsPasswordsWhereTheyAreGiven()
    {
        const std::string value = std::string("Sommer") + "2024!x";
        const std::string line = "PASSWORD|" + value;
        check({
            {"environment", "DB_PASSWORD=" + value + "\nDB_HOST=db1", line},
            {"yaml", "  password: " + value + "\n  user: ann", line},
            {"json", "{\"user\":\"ann\",\"password\":\"" + value + "\"}", line},
            {"json in json", "\"{\\\"password\\\": \\\"" + value + "\\\"}\"", line},
            {"code", "const std::string password = \"" + value + "\";", line},
            {"pascal", "Password := '" + value + "';", line},
            {"ruby", ":password => '" + value + "',", line},
            {"call", "client.setPassword(\"" + value + "\")", line},
            {"connection", "Server=db;User Id=sa;Password=" + value + ";Encrypt=true", line},
            {"property", "p.setProperty(\"password\", \"" + value + "\")", line},
            {"xml", "<password>" + value + "</password>", line},
            {"attribute", "<add key=\"smtpPassword\" value=\"" + value + "\"/>", line},
            {"link", "https://example.org/login?user=ann&password=" + value + "&next=1", line},
            {"option", "mysql --password " + value + " shop", line},
            {"lookup", "os.environ[\"PGPASSWORD\"] = \"" + value + "\"", line},
            {"sentence", "My password is " + value + " and my name is Ann", line},
            {"German", "Das Passwort lautet: " + value + " bitte aendern", line},
            {"Spanish",
                "la contrase\xC3\xB1"
                "a es "
                    + value,
                line},
        });
    }

    void leavesTalkAboutPasswordsAlone()
    {
        for (const char* text : {
                 "Please choose a new password: it must have twelve characters.",
                 "password: changeme",
                 "password = os.getenv(\"DB_PASSWORD\")",
                 "password: ${{ secrets.DB_PASSWORD }}",
                 "password=${DB_PASSWORD}",
                 "password = config[\"database2\"]",
                 "\"password\": \"********\"",
                 "\"password\": \"Passwort\"",
                 "password: <your password>",
                 "password = \"xxxxxxxxxxxx\"",
                 "password = null;",
                 "password_hash = \"a1b2c3d4e5\"",
                 "password_min_length: 1234567",
                 "label.password=Enter your password 1",
                 "The password is required.",
                 "Das Passwort ist falsch!",
                 "void setPassword(const QString& password2);",
                 "password.length() > 12345678",
                 "pwd",
                 "password",
                 "password=",
                 "m_pass = Pass::Collect;",
                 "[\"password\", \"scram-sha-256\", \"urllib2\"]",
                 "password.encode(\"latin1\")",
                 "PWD=/home/node1/project2",
                 ":type passphrase: :py:data:1",
                 "'ASPasswordCredentialIdentity', 'ASWebAuthenticationSession'",
                 "VK_RENDER_PASS_BEGIN_INFO = 1000060003,",
                 "password = VK_STRUCTURE_TYPE_INFO_2;",
                 "password = std::make_shared<Password2>(x);",
                 "password = f\"{user}-{random4}\"",
                 "{\"mot de passe\"}, {\"password\", \"contrase\xC3\xB1"
                 "a\"}",
                 "password = \"",
                 "max_tokens: 4096, token_count = 1234567890123456",
                 "The secret is that nobody knows the 2 secrets of version-2-of-the-file.",
                 "tokenizer = AutoTokenizer.from_pretrained(\"bert-base-uncased-2\")",
             })
            QVERIFY2(found(text).empty(), (std::string(text) + " -> " + found(text)).c_str());
    }

    void findsKeysByTheirNames()
    {
        SecretSamples samples;
        const std::string key = samples.of(Alphabet::Alphanumeric, 32);
        const std::string hex = samples.of(Alphabet::LowerHex, 40);
        const std::string aws = samples.of(Alphabet::Base32, 16);
        const std::string awsSecret = samples.of(Alphabet::Base64, 40);
        check({
            {"settings", "api_key = \"" + key + "\"", "GENERIC_API_KEY|" + key},
            {"header", "X-Api-Key: " + key + "\r\n", "GENERIC_API_KEY|" + key},
            {"client secret", "clientSecret: '" + hex + "'", "GENERIC_API_KEY|" + hex},
            {"service", "datadog_api_key: " + hex, "MONITORING_KEY|" + hex + "\nGENERIC_API_KEY|" + hex},
            {"AWS pair", "AKIA" + aws + "," + awsSecret, "AWS_ACCESS_KEY|AKIA" + aws + "\nAWS_SECRET_KEY|" + awsSecret},
            {"line break spelt out", "\"x\\nAKIA" + aws + "\\n\"", "AWS_ACCESS_KEY|AKIA" + aws},
            {"name without value", "api_key", ""},
            {"a name as value", "api_key = settings_for_the_new_service_2", ""},
            {"a path", "token_file: /var/run/secrets/kubernetes.io/serviceaccount2", ""},
            {"a placeholder", "api_key: YOUR_API_KEY_1234567890_HERE", ""},
        });
    }

    void findsKeyBlocks()
    {
        SecretSamples samples;
        for (const char* label : {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "OPENSSH PRIVATE KEY",
                 "ENCRYPTED PRIVATE KEY", "PGP PRIVATE KEY BLOCK"}) {
            const std::string block = keyBlock(label, samples);
            QCOMPARE(found("here:\n" + block + "\nthanks"), "PRIVATE_KEY|" + block);
        }
        const std::string spelt = keyBlock("PRIVATE KEY", samples, "\\n");
        QCOMPARE(found("{\"private_key\":\"" + spelt + "\\n\"}"), "PRIVATE_KEY|" + spelt);
        const std::string open = "-----BEGIN PRIVATE KEY-----\n" + samples.of(Alphabet::Base64, 64);
        QCOMPARE(found(open + "\n"), "PRIVATE_KEY|" + open);
        const std::string body = samples.of(Alphabet::Base64, 64) + "\n" + samples.of(Alphabet::Base64, 44);
        QCOMPARE(found("Private-Lines: 2\r\n" + body + "\nPrivate-MAC: 00"), "PRIVATE_KEY|" + body);
        QVERIFY(found(keyBlock("CERTIFICATE", samples)).empty());
        QVERIFY(found(keyBlock("PUBLIC KEY", samples)).empty());
        QVERIFY(found("-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----").empty());
        QVERIFY(found("-----BEGIN").empty());
    }

    void boundsBlocksThatNeverEnd()
    {
        SecretSamples samples;
        const std::string text = "-----BEGIN PRIVATE KEY-----\n" + samples.of(Alphabet::Base64, 3 * longestKeyBlock);
        QCOMPARE(found(text), "PRIVATE_KEY|" + text.substr(0, longestKeyBlock));
    }

    void findsSignedTokens()
    {
        SecretSamples samples;
        const std::string header = base64Url("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
        const std::string payload = base64Url("{\"sub\":\"4711\",\"admin\":true}");
        const std::string token = header + "." + payload + "." + samples.of(Alphabet::Base64Url, 43);
        QCOMPARE(found("cookie: " + token + "; path=/"), "JWT|" + token);
        QCOMPARE(found(token), "JWT|" + token);
        const std::string bare = header + "." + payload + ".";
        QCOMPARE(found("x " + bare + " y"), "JWT|" + bare);
        QVERIFY(found(header + "." + payload).empty());
        QVERIFY(found(base64Url("{\"sub\":\"4711\",\"x\":1}") + "." + payload + ".abcdefgh").empty());
        QVERIFY(found("eyJ.eyJ.eyJ").empty());
    }

    void findsPasswordsInAddresses()
    {
        const std::string address = std::string("postgres://app:") + "h7Gk2p@db.internal:5432/shop";
        const std::string queue = std::string("amqps://:") + "h7Gk2p@queue/vhost";
        const std::string web = std::string("https://ann:") + "h7Gk2p@git.example.org/x.git";
        check({
            {"database", "DATABASE_URL=" + address, "DATABASE_URL|" + address},
            {"quoted", "url = \"" + address + "\"", "DATABASE_URL|" + address},
            {"sentence", "Use " + queue + ".", "DATABASE_URL|" + queue},
            {"web", "git clone " + web, "DATABASE_URL|" + web},
            {"no password", "https://example.org:8080/a@b", ""},
            {"user alone", "ssh://git@example.org/x", ""},
            {"placeholder", "postgres://user:password@localhost/db", ""},
            {"manual", "https://a:b@example.org/", ""},
            {"syntax", "redis://[[USERNAME:]PASSWORD@]HOST[:PORT]", ""},
            {"variables", "postgres://${USER}:${PASS}@localhost/db", ""},
            {"mail in a link", "https://example.org/?to=a:b@c.de", ""},
        });
    }

    void findsHeaders()
    {
        SecretSamples samples;
        const std::string token = samples.of(Alphabet::Alphanumeric, 40);
        const std::string basic = toBase64(bytesOf(std::string("ann:") + "Sommer2024"));
        check({
            {"bearer", "Authorization: Bearer " + token + "\r\n", "AUTHORIZATION_HEADER|" + token},
            {"small letters", "authorization: bearer " + token, "AUTHORIZATION_HEADER|" + token},
            {"basic", "Authorization: Basic " + basic + "\r\n", "AUTHORIZATION_HEADER|" + basic},
            {"prose", "the bearer of-this-letter-is-entitled", ""},
            {"prose", "Basic understanding of the matter", ""},
            {"prose", "Basic authentication is off.", ""},
        });
    }

    void looksIntoOneLayerOfEncoding()
    {
        SecretSamples samples;
        const std::string token = samples.githubToken("ghp_");
        const std::string inner = "the token of the build is " + token + " as of today";
        const std::string outer = toBase64(bytesOf(inner));
        const std::string line = found("data: " + outer + "\n");
        QVERIFY2(line.starts_with("GITHUB_TOKEN|"), line.c_str());
        // What is taken out holds the token whole, rounded to groups of four characters.
        const std::string covered = line.substr(line.find('|') + 1);
        QVERIFY(outer.contains(covered) && covered.size() <= (token.size() + 4) / 3 * 4 + 4);
        QVERIFY(outer.find(covered) % 4 == 0);
        QVERIFY(found("next=%2Flogin%3Ftoken%3D" + token + "%26x").starts_with("GITHUB_TOKEN|" + token));
        const std::string colon = std::string("postgres%3A%2F%2Fapp%3A") + "h7Gk2p%40db%2Fshop";
        QCOMPARE(found("a " + colon + " b"), "DATABASE_URL|" + colon);
        QVERIFY(found(toBase64(bytesOf(outer))).empty());
        QVERIFY(found(toBase64(bytesOf("nothing but an ordinary sentence, and another one"))).empty());
        QVERIFY(found("100%ab 50%zz %").empty());
    }

    void staysQuietOnOrdinaryText()
    {
        for (const char* text : {
                 "commit 9fceb02d0ae598e95dc970b74767f19372d61af8\nAuthor: Ann <ann@example.org>",
                 "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                 "id: 0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b",
                 "IBAN DE89 3704 0044 0532 0130 00, card 4111 1111 1111 1111",
                 "https://example.org/docs/getting-started?lang=en&page=2#token",
                 "data:image/"
                 "png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+"
                 "M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
                 "for (std::size_t i = 0; i < tokens.size(); ++i) tokens[i].kind = Token::Kind2;",
                 "The key to success is a secret only few know: patience.",
                 "x = sk_learn.model_selection(key=lambda a: a[1])",
                 "hf_transformers_are_nice_and_we_like_them_a_lot",
                 "AKIAIOSFODNN7EXAMPLE wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
                 "EPHOR-EMAIL-KQXRMTWZBC token: EPHOR-PHONE-KQXRMTWZBC",
                 "",
                 "e",
             })
            QVERIFY2(found(text).empty(), (std::string(text) + " -> " + found(text)).c_str());
    }

    // A matcher that looked back or ahead without a bound would take minutes here.
    void takesLongTextsOfMarks()
    {
        for (const std::string_view unit :
            {"-eyJ", "-----BEGIN PRIVATE KEY-----", "password=", "://a:", "ghp_", "%41", "sk-", "\\\"", "bearer "}) {
            std::string text;
            while (text.size() < 200'000)
                text += unit;
            found(text);
        }
    }
};

QTEST_GUILESS_MAIN(SecretMatcherTest)
#include "secret_matcher_test.moc"
