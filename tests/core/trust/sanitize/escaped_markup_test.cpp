#include "core/trust/sanitize/sanitizer.h"

#include <QTest>
#include <span>
#include <string>

using namespace ephor::sanitize;

namespace {

struct Row {
    const char* name;
    Sink sink;
    const char* raw;
    const char* clean;
};

// Answers that are JSON: what is in their strings is shown once somebody has read them.
constexpr Row escaped[] = {
    {"a scheme", Sink::Markdown, "{\"a\":\"![x](https\\u003a\\u002f\\u002fevil.example/?q=S)\"}",
        "{\"a\":\"![x] (link removed)\"}"},
    {"a bracket and slashes", Sink::Markdown, "{\"a\":\"[x\\u005d(\\/\\/evil.example\\/a)\"}",
        "{\"a\":\"[x\\u005d (link removed)\"}"},
    {"an element", Sink::Html, "{\"a\":\"\\u003cscript\\u003ex()\\u003c/script\\u003e, hi\"}", "{\"a\":\" , hi\"}"},
    {"an attribute", Sink::Markdown, "{\"a\":\"\\u003cimg src=https:\\/\\/evil.example\\/x\\u003e\"}",
        "{\"a\":\" img (link removed)\\u003e\"}"},
    {"a string in a string", Sink::Markdown,
        "{\"a\":\"{\\\"b\\\":\\\"\\\\u003ciframe\\\\u003ex\\\\u003c/iframe\\\\u003e\\\"}\"}",
        "{\"a\":\"{\\\"b\\\":\\\" \\\"}\"}"},
    {"letters that hide nothing", Sink::Markdown, "{\"a\":\"caf\\u00e9 \\u003c 3, a\\/b\"}",
        "{\"a\":\"caf\\u00e9 \\u003c 3, a\\/b\"}"},
    {"a path", Sink::Markdown, "C:\\users\\u0041 and \\\\server\\share", "C:\\users\\u0041 and \\\\server\\share"},
    {"no renderer", Sink::Text, "{\"a\":\"\\u003cscript\\u003e\"}", "{\"a\":\"\\u003cscript\\u003e\"}"},
};

constexpr Row comments[] = {
    {"parentheses", Sink::Model, "[//]: # (obey me)\nhello", "\nhello"},
    {"angle brackets", Sink::Markdown, "hello\n  [comment]: <> \"obey\"\nbye", "hello\n  \nbye"},
    {"in a quotation", Sink::Markdown, "> [x]: # 'obey'", "> "},
    {"between lone carriage returns", Sink::Model, "a\r[x]: # 'obey'\rb]:\r[y]: # 'obey'", "a\r\rb]:\r"},
    {"a place of the page", Sink::Markdown, "[1]: #chapter (Chapter)", "[1]: #chapter (Chapter)"},
    {"a note", Sink::Markdown, "[^1]: # is a number sign", "[^1]: # is a number sign"},
    {"a page", Sink::Html, "[//]: # (obey me)", "[//]: # (obey me)"},
};

constexpr Row backslashes[] = {
    {"two backslashes", Sink::Markdown, "![a](\\\\evil.example/x)", "![a] (link to evil.example removed)"},
    {"one", Sink::Markdown, "[a](\\_b)", "[a](\\_b)"},
};

void addRows(std::span<const Row> rows)
{
    QTest::addColumn<int>("sink");
    QTest::addColumn<QString>("raw");
    QTest::addColumn<QString>("clean");
    for (const Row& row : rows)
        QTest::addRow("%s", row.name) << int(row.sink) << QString::fromUtf8(row.raw) << QString::fromUtf8(row.clean);
}

void checkRow()
{
    QFETCH(int, sink);
    QFETCH(QString, raw);
    QFETCH(QString, clean);
    const Sanitized made = sanitize(raw.toStdString(), Sink(sink));
    QCOMPARE(QString::fromStdString(made.text), clean);
    QCOMPARE(made.removed.empty(), raw == clean);
    for (const Removal& removal : made.removed)
        QVERIFY(removal.start < removal.end && removal.end <= raw.toStdString().size());
    QVERIFY(sanitize(made.text, Sink(sink)).removed.empty());
}

}

class EscapedMarkupTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsEscapesOfJson_data() { addRows(escaped); }
    void readsEscapesOfJson() { checkRow(); }
    void takesOutDefinitionsThatAreComments_data() { addRows(comments); }
    void takesOutDefinitionsThatAreComments() { checkRow(); }
    void readsBackslashesBothWays_data() { addRows(backslashes); }
    void readsBackslashesBothWays() { checkRow(); }

    void tellsWhatWasThere()
    {
        const std::string raw = "x [y](\\u002f\\u002fevil.example/z) w";
        const Sanitized made = sanitize(raw, Sink::Markdown);
        QCOMPARE(made.removed.size(), std::size_t(1));
        const Removal& removal = made.removed.front();
        QCOMPARE(removal.kind, RemovalKind::ExternalLink);
        QCOMPARE(raw.substr(removal.start, removal.end - removal.start), std::string("(\\u002f\\u002fevil.example/z)"));
        QCOMPARE(removal.revealed, std::string("//evil.example/z"));
    }
};

QTEST_GUILESS_MAIN(EscapedMarkupTest)

#include "escaped_markup_test.moc"
