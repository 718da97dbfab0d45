#include "core/trust/guard/guard.h"

#include <QTest>
#include <stdexcept>

using namespace ephor;
using namespace ephor::guard;

namespace {

class Throwing final : public Guard {
public:
    std::string_view name() const override { return "throwing"; }
    Result<Inspection> inspect(const Passage&) const override { throw std::runtime_error("out of order"); }
};

class Failing final : public Guard {
public:
    std::string_view name() const override { return "failing"; }
    Result<Inspection> inspect(const Passage&) const override
    {
        return fail(ErrorKind::Unavailable, "x", "The list is gone.");
    }
};

// Replaces every a by b, on streams one piece late.
class Replacing final : public Guard {
public:
    std::string_view name() const override { return "replacing"; }
    Result<Inspection> inspect(const Passage& passage) const override
    {
        Inspection inspection;
        inspection.word = VerdictWord::Transform;
        std::string text(passage.text);
        for (char& c : text)
            c = c == 'a' ? 'b' : c;
        inspection.replacement = text;
        return inspection;
    }
    std::unique_ptr<StreamInspector> openStream() const override { return std::make_unique<Late>(); }

private:
    class Late final : public StreamInspector {
    public:
        Result<std::string> push(std::string_view piece) override { return std::exchange(m_held, std::string(piece)); }
        Result<std::string> finish() override { return std::exchange(m_held, {}); }

    private:
        std::string m_held;
    };
};

Inspection inspectWith(std::vector<std::shared_ptr<const Guard>> guards, std::string_view text)
{
    return GuardChain(std::move(guards)).inspect({Hook::Input, text, "clerk", {}});
}

}

class GuardTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // A model's call is made ready beforehand where its text stays as it is.
    void whoOnlyRefusesReplacesNothing()
    {
        for (const Hook hook : {Hook::Input, Hook::BeforeModel, Hook::Output}) {
            QVERIFY(!GuardChain({makeWellFormedGuard()}).replacesAt(hook));
            QVERIFY(GuardChain({makeWellFormedGuard()}).looksAt(hook));
            QVERIFY(GuardChain({makeWellFormedGuard(), std::make_shared<Replacing>()}).replacesAt(hook));
        }
    }

    void aGuardThatErrsDenies();
    void wellFormedTextPasses_data();
    void wellFormedTextPasses();
    void eachGuardSeesWhatTheOneBeforeMade();
    void streamsLoseNothing();
};

void GuardTest::aGuardThatErrsDenies()
{
    const Inspection thrown = inspectWith({std::make_shared<Throwing>()}, "text");
    QVERIFY(thrown.word == VerdictWord::Deny);
    QCOMPARE(thrown.rule, std::string("outage:throwing"));
    const Inspection failed = inspectWith({std::make_shared<Failing>()}, "text");
    QVERIFY(failed.word == VerdictWord::Deny);
    QVERIFY(failed.outage);
    QVERIFY(failed.reason.find("The list is gone.") != std::string::npos);
}

void GuardTest::wellFormedTextPasses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("word");
    QTest::addColumn<QByteArray>("replacement");
    QTest::newRow("plain") << QByteArray("Grüße\n\ttab") << int(VerdictWord::Allow) << QByteArray();
    QTest::newRow("empty") << QByteArray("") << int(VerdictWord::Allow) << QByteArray();
    QTest::newRow("not UTF-8") << QByteArray("\xC3\x28") << int(VerdictWord::Deny) << QByteArray();
    QTest::newRow("too long") << QByteArray(65, 'x') << int(VerdictWord::Deny) << QByteArray();
}

void GuardTest::wellFormedTextPasses()
{
    QFETCH(QByteArray, text);
    QFETCH(int, word);
    QFETCH(QByteArray, replacement);
    const Inspection inspection
        = inspectWith({makeWellFormedGuard(64)}, std::string_view(text.constData(), std::size_t(text.size())));
    QCOMPARE(int(inspection.word), word);
    QCOMPARE(QByteArray::fromStdString(inspection.replacement.value_or("")), replacement);
}

void GuardTest::eachGuardSeesWhatTheOneBeforeMade()
{
    const Inspection inspection = inspectWith({std::make_shared<Replacing>(), std::make_shared<Replacing>()}, "anna");
    QVERIFY(inspection.word == VerdictWord::Transform);
    QCOMPARE(*inspection.replacement, std::string("bnnb"));
}

void GuardTest::streamsLoseNothing()
{
    const auto replacing = std::make_shared<Replacing>();
    const GuardChain chain({replacing, replacing});
    const auto stream = chain.openStream();
    std::string shown;
    for (const char* piece : {"one ", "two ", "three"})
        shown += stream->push(piece).value();
    shown += stream->finish().value();
    QCOMPARE(shown, std::string("one two three"));
}

QTEST_GUILESS_MAIN(GuardTest)
#include "guard_test.moc"
