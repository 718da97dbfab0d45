#include "core/trust/guard/held_stream.h"
#include "core/trust/guard/protection.h"

#include <QTest>
#include <random>

using namespace ephor;
using namespace ephor::guard;

namespace {

std::shared_ptr<const Protection> protectionWith(ProtectAction action)
{
    ProtectionBody body;
    ProtectionRule rule;
    rule.what = {"personal", "financial", "secret"};
    rule.action = action;
    body.rules.push_back(rule);
    auto protection = Protection::compile("house", body, {});
    if (!protection)
        qFatal("%s", protection.error().message.c_str());
    return *protection;
}

// The whole of it at once: what the pieces must come to.
std::string wholeText(const Protection& protection, const std::string& text)
{
    const auto inspection = protection.inspect(text, TextSurface::Answer, {});
    if (!inspection)
        qFatal("%s", inspection.error().message.c_str());
    return inspection->replacement.value_or(text);
}

std::string streamed(const std::shared_ptr<const Protection>& protection, const std::string& text, std::mt19937& random)
{
    const auto stream = openHeldStream(protection);
    std::string shown;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = std::min(text.size() - at, std::size_t(1 + random() % 12));
        const auto released = stream->push(text.substr(at, length));
        if (!released)
            qFatal("%s", released.error().message.c_str());
        shown += *released;
        at += length;
    }
    const auto rest = stream->finish();
    if (!rest)
        qFatal("%s", rest.error().message.c_str());
    return shown + *rest;
}

const std::vector<std::string>& planted()
{
    static const std::vector<std::string> values{"4111 1111 1111 1111", "5555-5555-5555-4444", "anna.berg@example.com",
        "DE89 3704 0044 0532 0130 00", "123-45-6789", "+44 20 7946 0958",
        std::string("ghp_") + "16C7e42F292c6912E7710c838347Ae178B4a", "[a link](https://evil.example/?q=secret)",
        "![x](https://evil.example/a.png)"};
    return values;
}

const std::vector<std::string>& fillers()
{
    static const std::vector<std::string> words{"the refund was sent", "please check it again", "Anna wrote",
        "on Tuesday", "the amount is 12.50", "and that is all", "a card", "my IBAN is", "write to", "über die Straße",
        "with the number", "see", "(in brackets)", "**bold words here**", "`code`"};
    return words;
}

std::string madeUp(std::mt19937& random)
{
    std::string text;
    const std::size_t parts = 3 + random() % 12;
    for (std::size_t i = 0; i < parts; ++i) {
        const auto& from = random() % 3 == 0 ? planted() : fillers();
        text += from[random() % from.size()];
        text += random() % 8 == 0 ? "\n\n" : random() % 6 == 0 ? ". " : " ";
    }
    return text;
}

}

class HeldStreamTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void piecesComeToTheWhole_data();
    void piecesComeToTheWhole();
    void ordinaryProseGoesOnAtOnce();
    void aDenialLetsNothingOfItOut();
    void longStructuresGoOn();
    void aLinkWithPagesOfTextIsStillOne();
    void halfALinkIsHeld();
};

void HeldStreamTest::piecesComeToTheWhole_data()
{
    QTest::addColumn<int>("action");
    for (const auto action : {ProtectAction::Observe, ProtectAction::Mask, ProtectAction::Hash, ProtectAction::Redact,
             ProtectAction::Tokenise})
        QTest::addRow("action %d", int(action)) << int(action);
}

void HeldStreamTest::piecesComeToTheWhole()
{
    QFETCH(int, action);
    const auto protection = protectionWith(ProtectAction(action));
    std::mt19937 random(20'261'123);
    int changed = 0;
    for (int i = 0; i < 400; ++i) {
        const std::string text = madeUp(random);
        const std::string whole = wholeText(*protection, text);
        changed += whole != text;
        const std::string pieces = streamed(protection, text, random);
        QVERIFY2(pieces == whole, ("text: " + text + "\nwhole: " + whole + "\npieces: " + pieces).c_str());
    }
    QVERIFY(changed > 30);
}

void HeldStreamTest::ordinaryProseGoesOnAtOnce()
{
    const auto stream = openHeldStream(protectionWith(ProtectAction::Redact));
    std::size_t pushed = 0;
    std::size_t shown = 0;
    for (int i = 0; i < 60; ++i) {
        const std::string piece = "your request was looked at and the answer is on its way ";
        pushed += piece.size();
        shown += stream->push(piece).value().size();
        QVERIFY(pushed - shown <= 160);
    }
}

void HeldStreamTest::aDenialLetsNothingOfItOut()
{
    const auto stream = openHeldStream(protectionWith(ProtectAction::Deny));
    std::string shown;
    bool denied = false;
    for (const char* piece : {"the card is of this number: ", "41", "11 1111", " 1111 11", "11 and so on and so on "}) {
        const auto released = stream->push(piece);
        denied = denied || !released;
        if (released && !denied)
            shown += *released;
    }
    QVERIFY(denied || !stream->finish());
    QVERIFY(shown.find("41") == std::string::npos);
}

void HeldStreamTest::longStructuresGoOn()
{
    const auto stream = openHeldStream(protectionWith(ProtectAction::Redact));
    std::string text = "[\n";
    for (int i = 0; i < 600; ++i)
        text += "  {\"item\": \"pens\", \"rows\": [1, 2, 3], \"note\": \"as agreed\"},\n";
    text += "]";
    std::string shown;
    for (std::size_t at = 0; at < text.size(); at += 40) {
        shown += stream->push(text.substr(at, 40)).value();
        QVERIFY(at + 40 < shown.size() + 4'096);
    }
    shown += stream->finish().value();
    QCOMPARE(shown, text);
}

void HeldStreamTest::aLinkWithPagesOfTextIsStillOne()
{
    const auto stream = openHeldStream(protectionWith(ProtectAction::Redact));
    std::string shown = stream->push("please look at [").value();
    for (int i = 0; i < 200; ++i)
        shown += stream->push("one more word of a very long name and ").value();
    shown += stream->push("end](https://evil.example/?q=abc) and tell us what you think").value();
    shown += stream->finish().value();
    QVERIFY(shown.find("https://evil.example") == std::string::npos);
    QVERIFY(shown.find("tell us what you think") != std::string::npos);
}

void HeldStreamTest::halfALinkIsHeld()
{
    const auto stream = openHeldStream(protectionWith(ProtectAction::Redact));
    std::string shown = stream->push("please have a look at [this page we made for you").value();
    QVERIFY(shown.find('[') == std::string::npos);
    shown += stream->push("](https://evil.example/?q=abc) and tell us what you think").value();
    shown += stream->finish().value();
    QVERIFY(shown.find("https://evil.example") == std::string::npos);
    QVERIFY(shown.find("this page we made for you") != std::string::npos);
}

QTEST_GUILESS_MAIN(HeldStreamTest)
#include "held_stream_test.moc"
