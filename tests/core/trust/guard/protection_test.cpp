#include "core/trust/guard/protection_diff.h"
#include "tests/core/trust/guard/made_protection.h"

#include <QTest>

using namespace ephor;
using namespace ephor::guard;
using namespace ephor::guard::testing;

class ProtectionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachActionDoesWhatItSays();
    void theEntityOutranksItsClass();
    void theHarderOfTwoRulesHolds();
    void rulesMindPlaceAndTool();
    void weakFindingsAreOnlyCounted();
    void anExceptionIsNoFinding();
    void standInsComeBackAndAreNeverFound();
    void cleansWhatIsHiddenInsideJson();
    void escapesOfJsonHideNothing();
    void hidesWhatAPolicyNames();
    void theStandardOneHidesSecrets();
    void whatIsFoundMakesATextConfidential();
    void whatIsLoosenedIsTold();
};

void ProtectionTest::eachActionDoesWhatItSays()
{
    const std::string text = "Pay with " + card + " please";
    QVERIFY(look(*withRules({ruleOf("CREDIT_CARD", ProtectAction::Observe)}), text).word == VerdictWord::Allow);
    QCOMPARE(*look(*withRules({ruleOf("CREDIT_CARD", ProtectAction::Redact)}), text).replacement,
        std::string("Pay with [CARD NUMBER] please"));
    QCOMPARE(*look(*withRules({ruleOf("CREDIT_CARD", ProtectAction::Mask)}), text).replacement,
        std::string("Pay with **** **** **** 1111 please"));
    const std::string hashed = *look(*withRules({ruleOf("CREDIT_CARD", ProtectAction::Hash)}), text).replacement;
    QVERIFY(hashed.starts_with("Pay with [CARD NUMBER ") && hashed.find("1111") == hashed.npos);
    QCOMPARE(*look(*withRules({ruleOf("CREDIT_CARD", ProtectAction::Hash)}), text).replacement, hashed);
    const Inspection tokenised = look(*withRules({ruleOf("CREDIT_CARD", ProtectAction::Tokenise)}), text);
    QCOMPARE(tokenised.standIns.size(), std::size_t(1));
    QCOMPARE(tokenised.standIns.front().value, card);
    const Inspection denied = look(*withRules({ruleOf("CREDIT_CARD", ProtectAction::Deny)}), text);
    QVERIFY(denied.word == VerdictWord::Deny);
    QCOMPARE(denied.rule, std::string("protection:house/CREDIT_CARD"));
    QVERIFY(!denied.replacement);
    const auto asking = withRules({ruleOf("CREDIT_CARD", ProtectAction::Ask, {TextSurface::Arguments})});
    QVERIFY(look(*asking, "{\"card\":\"" + card + "\"}", TextSurface::Arguments).word == VerdictWord::Ask);
    for (const Inspection& each : {tokenised, denied})
        QVERIFY(each.reason.find("1111") == each.reason.npos);
}

void ProtectionTest::theEntityOutranksItsClass()
{
    const auto protection
        = withRules({ruleOf("financial", ProtectAction::Deny), ruleOf("CREDIT_CARD", ProtectAction::Observe)});
    QVERIFY(look(*protection, "Pay with " + card).word == VerdictWord::Allow);
    QVERIFY(look(*protection, "IBAN DE89 3704 0044 0532 0130 00").word == VerdictWord::Deny);
}

void ProtectionTest::theHarderOfTwoRulesHolds()
{
    const auto protection
        = withRules({ruleOf("CREDIT_CARD", ProtectAction::Redact), ruleOf("CREDIT_CARD", ProtectAction::Mask)});
    QCOMPARE(*look(*protection, card).replacement, std::string("[CARD NUMBER]"));
}

void ProtectionTest::rulesMindPlaceAndTool()
{
    ProtectionRule onSend = ruleOf("EMAIL_ADDRESS", ProtectAction::Deny, {TextSurface::Arguments});
    onSend.tools.emplace_back("mail.send");
    const auto protection = withRules({ruleOf("EMAIL_ADDRESS", ProtectAction::Mask, {TextSurface::Answer}), onSend});
    QVERIFY(look(*protection, mail).word == VerdictWord::Allow);
    QCOMPARE(*look(*protection, mail, TextSurface::Answer).replacement, std::string("a***@example.com"));
    QVERIFY(look(*protection, mail, TextSurface::Arguments, "crm.find").word == VerdictWord::Allow);
    QVERIFY(look(*protection, mail, TextSurface::Arguments, "mail.send").word == VerdictWord::Deny);
}

void ProtectionTest::weakFindingsAreOnlyCounted()
{
    ProtectionRule sure = ruleOf("EMAIL_ADDRESS", ProtectAction::Redact);
    sure.atLeast = 50;
    ProtectionBody body;
    OwnDetector code;
    code.entity = "PROJECT_CODE";
    code.title = "Project code";
    code.pattern = "PX-[0-9]{4}";
    code.score = 40;
    body.detectors.push_back(code);
    body.rules = {ruleOf("PROJECT_CODE", ProtectAction::Redact)};
    const Inspection weak = look(*made(body), "about PX-1234");
    QVERIFY(weak.word == VerdictWord::Allow);
    QCOMPARE(weak.noticed.size(), std::size_t(1));
    QVERIFY(weak.noticed.front().action == ProtectAction::Observe);
    body.detectors.front().score = 90;
    QCOMPARE(*look(*made(body), "about PX-1234").replacement, std::string("about [PROJECT CODE]"));
}

void ProtectionTest::anExceptionIsNoFinding()
{
    ProtectionBody body;
    body.rules = {ruleOf("CREDIT_CARD", ProtectAction::Deny)};
    const auto digest = made(body)->exceptionOf("CREDIT_CARD", "4111111111111111");
    QVERIFY(digest);
    body.exceptions.push_back({"CREDIT_CARD", *digest, "the test card"});
    QVERIFY(!made(body)->exceptionOf("SHOE_SIZE", "42"));
    QVERIFY(look(*made(body), "Pay with " + card).word == VerdictWord::Allow);
    QVERIFY(look(*made(body), "Pay with 5555 5555 5555 4444").word == VerdictWord::Deny);
}

void ProtectionTest::standInsComeBackAndAreNeverFound()
{
    const auto protection = withRules({ruleOf("personal", ProtectAction::Tokenise),
        ruleOf("financial", ProtectAction::Tokenise), ruleOf("secret", ProtectAction::Tokenise)});
    const std::string text = "Write to " + mail + ", card " + card + ", password: \"hunter2-Tr0ub4dor\"";
    const Inspection once = look(*protection, text);
    QVERIFY(once.replacement && once.replacement->find(mail) == std::string::npos);
    Vault vault;
    for (const StandIn& standIn : once.standIns)
        vault[standIn.token] = standIn.value;
    QVERIFY(vault.size() >= 3);
    QCOMPARE(restored(*once.replacement, vault), text);
    const Inspection twice = look(*protection, *once.replacement);
    QVERIFY(!twice.replacement);
    // A model writes small letters now and then, and quotes.
    std::string paraphrase = "so \"" + once.standIns.front().token + "\" it is";
    for (char& c : paraphrase)
        c = c >= 'A' && c <= 'Z' ? char(c + 32) : c;
    QCOMPARE(restored(paraphrase, vault), "so \"" + once.standIns.front().value + "\" it is");
    std::string garbled = once.standIns.front().token;
    garbled.back() = garbled.back() == 'B' ? 'C' : 'B';
    QCOMPARE(restored(garbled, vault), garbled);
}

void ProtectionTest::cleansWhatIsHiddenInsideJson()
{
    const auto protection = made(standardProtection());
    // A tag character, spelt as JSON spells it: nobody sees it in the text as it stands.
    const std::string json = "{\"note\":\"hello\\udb40\\udc41\\udb40\\udc42\",\"n\":1}";
    const Inspection inspection = look(*protection, json, TextSurface::Result, "crm.find");
    QVERIFY(inspection.replacement.has_value());
    QCOMPARE(*inspection.replacement, std::string("{\"n\":1,\"note\":\"hello\"}"));
    QVERIFY(inspection.word == VerdictWord::Transform);
    QCOMPARE(inspection.noticed.front().what, std::string("removed:tag-characters"));
}

void ProtectionTest::escapesOfJsonHideNothing()
{
    const auto protection = withRules({ruleOf("CREDIT_CARD", ProtectAction::Redact)});
    const std::string json = "{\"card\":\"\\u0034111 1111 1111 1111\"}";
    QCOMPARE(*look(*protection, json, TextSurface::Result).replacement, std::string("{\"card\":\"[CARD NUMBER]\"}"));
    const std::string harmless = "{\"name\":\"\\u00fcber\"}";
    QVERIFY(!look(*protection, harmless, TextSurface::Result).replacement);
}

void ProtectionTest::hidesWhatAPolicyNames()
{
    const auto protection = made(standardProtection());
    const std::vector<std::string> what{"EMAIL_ADDRESS"};
    const auto hidden = protection->without(what, "{\"to\":\"" + mail + "\"}");
    QVERIFY(hidden && *hidden);
    QVERIFY((*hidden)->find("anna") == std::string::npos);
    const std::vector<std::string> unknown{"SHOE_SIZE"};
    QVERIFY(!*protection->without(unknown, "text"));
}

void ProtectionTest::theStandardOneHidesSecrets()
{
    const auto protection = made(standardProtection());
    const std::string key = std::string("AKIA") + "QWERTZUIOPASDFGH";
    const Inspection inspection = look(*protection, "use " + key + " for it", TextSurface::Answer);
    QVERIFY(inspection.replacement && inspection.replacement->find(key) == std::string::npos);
    QVERIFY(inspection.holds == Confidentiality::Secret);
    QVERIFY(look(*protection, "Pay with " + card).word == VerdictWord::Allow);
}

void ProtectionTest::whatIsFoundMakesATextConfidential()
{
    const auto protection = made(standardProtection());
    QVERIFY(look(*protection, "Pay with " + card).holds == Confidentiality::Confidential);
    QVERIFY(look(*protection, "The weather is fine today").holds == Confidentiality::Public);
}

void ProtectionTest::whatIsLoosenedIsTold()
{
    const auto strict = withRules({ruleOf("CREDIT_CARD", ProtectAction::Redact, {TextSurface::Answer})});
    const auto stricter = withRules({ruleOf("CREDIT_CARD", ProtectAction::Deny)});
    QVERIFY(loosened(*strict, *strict).empty());
    QVERIFY(loosened(*strict, *stricter).empty());
    const auto lines = loosened(*stricter, *strict);
    QCOMPARE(lines.size(), std::size_t(5));
    QCOMPARE(lines.back(), std::string("Card number in the answer: refused, now redacted"));
    ProtectionBody open = strict->body();
    open.allowedHosts.emplace_back("example.com");
    open.reveal = true;
    QCOMPARE(loosened(*strict, *made(open)),
        (std::vector<std::string>{
            "Links of answers may lead to example.com", "Answers show the values behind stand-ins"}));
    ProtectionBody guarded = strict->body();
    guarded.flows = FlowMode::Deny;
    QCOMPARE(loosened(*made(guarded), *strict).size(), std::size_t(1));
}

QTEST_GUILESS_MAIN(ProtectionTest)
#include "protection_test.moc"
