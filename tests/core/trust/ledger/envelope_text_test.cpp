#include "core/trust/ledger/envelope_text.h"

#include <QtTest>
#include <nlohmann/json.hpp>
#include <random>

using namespace ephor;
using namespace ephor::ledger;

namespace {

constexpr int generatedEntries = 20'000;

// What the texts are drawn from: plain ones, everything that is escaped, beyond ASCII, no UTF-8, and look-alikes of
// what is searched for in an entry.
const std::vector<std::string> pieces
    = {"", "a", "run:01a035c3", "person", "/", "~", "\"", "\\", "\n", "\t", "\b", "\f", "\r", std::string(1, '\0'),
        "\x01", "\x1f", "\x7f", "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80", "\xe2\x80\xa8", "\xff",
        "\",\"id\":\"\",\"idx\":0,\"kind\":\"", ",\"at\":\"", "{\"c\":\"", "messages", "verdicts", "Z", "_", " "};

class Generator {
public:
    std::string text(int most)
    {
        std::string made;
        for (int i = below(most + 1); i > 0; --i) {
            // No UTF-8 is rare, so that most entries are good ones.
            const std::string& piece = pieces[std::size_t(below(int(pieces.size())))];
            if (piece != "\xff" || below(40) == 0)
                made += piece;
        }
        return made;
    }
    std::string name()
    {
        const std::vector<std::string> plain = {"agent", "call", "messages", "release", "run", "verdicts"};
        return below(20) == 0 ? text(2) : plain[std::size_t(below(int(plain.size())))];
    }
    Json value(int depth)
    {
        switch (below(depth > 2 ? 6 : 8)) {
        case 0:
            return nullptr;
        case 1:
            return below(2) == 0;
        case 2:
            return below(1'000'000) - 500'000;
        case 3:
            return below(10) == 0 ? Json(0.25 * below(100)) : Json(7);
        case 4:
        case 5:
            return valid(text(3));
        case 6: {
            Json list = Json::array();
            for (int i = below(4); i > 0; --i)
                list.push_back(value(depth + 1));
            return list;
        }
        default:
            return object(depth + 1);
        }
    }
    Json object(int depth)
    {
        Json made = Json::object();
        for (int i = below(5); i > 0; --i)
            made[valid(name())] = value(depth);
        return made;
    }
    NewEntry entry()
    {
        NewEntry made;
        made.kind = EntryKind(below(int(EntryKind::Disclosure) + 1));
        made.actor = required();
        made.onBehalfOf = text(2);
        made.operation = required();
        made.subject = text(3);
        made.outcome = required();
        made.reason = text(4);
        for (int i = below(4); i > 0; --i)
            made.refs[name()] = text(2);
        if (below(4) != 0)
            made.data.text = below(10) == 0 ? object(0).dump(1) : compactJson(object(0));
        if (below(50) == 0)
            made.data.text = R"({"x":{"c":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}})";
        for (int i = below(3); i > 0; --i)
            made.sealed.push_back(
                {(below(30) == 0 ? "" : "/") + name() + (below(20) == 0 ? "/deeper" : ""), "run:r", {"1"}});
        return made;
    }

private:
    int below(int end) { return int(m_random() % std::uint32_t(end)); }
    std::string required() { return below(100) == 0 ? std::string() : "x" + text(2); }
    static std::string valid(std::string made)
    {
        std::erase(made, '\xff');
        return made;
    }
    std::mt19937 m_random{20'261'123};
};

Result<EnvelopeText> throughTheValue(
    const NewEntry& entry, const std::vector<PreparedSeal>& seals, const EntryStamp& stamp)
{
    EPHOR_TRY(Json envelope, makeEnvelope(entry, stamp));
    for (const PreparedSeal& seal : seals)
        EPHOR_TRY_VOID(placeCommitment(envelope, seal.path, {{"c", seal.commitment}}));
    return textOfEnvelope(envelope);
}

}

class EnvelopeTextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isWhatTheValueIsWrittenAs();
    void leavesEveryFaultToTheValue();
};

void EnvelopeTextTest::isWhatTheValueIsWrittenAs()
{
    Generator generator;
    int plainOnes = 0;
    int sealedOnes = 0;
    int faults = 0;
    for (int i = 0; i < generatedEntries; ++i) {
        const NewEntry entry = generator.entry();
        std::vector<PreparedSeal> seals;
        for (const SealedField& field : entry.sealed) {
            auto seal = prepareSeal(field);
            QVERIFY(seal);
            seals.push_back(std::move(*seal));
        }
        const EntryStamp stamp = unstamped(i % 2 == 0);
        const auto plain = plainTextOfEnvelope(entry, seals, stamp);
        const auto wanted = throughTheValue(entry, seals, stamp);
        faults += !wanted;
        if (!plain)
            continue;
        QVERIFY2(wanted, qPrintable(QString("entry %1 has a fault that went unseen").arg(i)));
        QCOMPARE(QByteArray::fromStdString(plain->beforeTime), QByteArray::fromStdString(wanted->beforeTime));
        QCOMPARE(QByteArray::fromStdString(plain->beforeId), QByteArray::fromStdString(wanted->beforeId));
        QCOMPARE(QByteArray::fromStdString(plain->afterIndex), QByteArray::fromStdString(wanted->afterIndex));
        ++plainOnes;
        sealedOnes += !seals.empty();
    }
    // Enough of each kind that the comparison says something.
    QVERIFY(plainOnes > generatedEntries / 4);
    QVERIFY(sealedOnes > generatedEntries / 20);
    QVERIFY(faults > generatedEntries / 100);
}

void EnvelopeTextTest::leavesEveryFaultToTheValue()
{
    NewEntry good;
    good.actor = "system";
    good.operation = "runs.start";
    good.outcome = "allow";
    good.data.text = R"({"agent":"a"})";
    const EntryStamp stamp = unstamped(false);
    const PreparedSeal messages{"/messages", "run:r", "AAAA", {}};
    QVERIFY(plainTextOfEnvelope(good, {}, stamp));
    QVERIFY(plainTextOfEnvelope(good, std::array{messages}, stamp));
    QVERIFY(!plainTextOfEnvelope(good, std::array{messages, messages}, stamp));
    QVERIFY(!plainTextOfEnvelope(good, std::array{PreparedSeal{"/agent", "run:r", "AAAA", {}}}, stamp));
    QVERIFY(!plainTextOfEnvelope(good, std::array{PreparedSeal{"/a/b", "run:r", "AAAA", {}}}, stamp));
    QVERIFY(!plainTextOfEnvelope(good, std::array{PreparedSeal{"", "run:r", "AAAA", {}}}, stamp));
    for (std::string NewEntry::* member : {&NewEntry::actor, &NewEntry::operation, &NewEntry::outcome}) {
        NewEntry bad = good;
        (bad.*member).clear();
        QVERIFY(!plainTextOfEnvelope(bad, {}, stamp));
    }
    for (const char* data : {"[]", "null", "{\"a\":1,}", "{\"b\":1,\"a\":2}", "{\"a\":0.5}", "{\"a\":\"\xff\"}"}) {
        NewEntry bad = good;
        bad.data.text = data;
        QVERIFY2(!plainTextOfEnvelope(bad, {}, stamp), data);
    }
    NewEntry bad = good;
    bad.reason = "\xff";
    QVERIFY(!plainTextOfEnvelope(bad, {}, stamp));
}

QTEST_GUILESS_MAIN(EnvelopeTextTest)
#include "envelope_text_test.moc"
