#include "core/contract/uri.h"

#include <QtTest>

using namespace ephor::contract;

class UriTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // RFC 3986 §5.4.
    void resolvesAsTheStandardShows_data();
    void resolvesAsTheStandardShows();
    void resolvesAgainstRelativeBases();
    void normalizes();
    void fragmentsRoundTrip();
};

void UriTest::resolvesAsTheStandardShows_data()
{
    QTest::addColumn<QString>("reference");
    QTest::addColumn<QString>("target");
    const std::vector<std::pair<const char*, const char*>> examples{
        {"g:h", "g:h"},
        {"g", "http://a/b/c/g"},
        {"./g", "http://a/b/c/g"},
        {"g/", "http://a/b/c/g/"},
        {"/g", "http://a/g"},
        {"//g", "http://g"},
        {"?y", "http://a/b/c/d;p?y"},
        {"g?y", "http://a/b/c/g?y"},
        {"#s", "http://a/b/c/d;p?q#s"},
        {"g#s", "http://a/b/c/g#s"},
        {";x", "http://a/b/c/;x"},
        {"", "http://a/b/c/d;p?q"},
        {".", "http://a/b/c/"},
        {"..", "http://a/b/"},
        {"../g", "http://a/b/g"},
        {"../..", "http://a/"},
        {"../../g", "http://a/g"},
        {"../../../g", "http://a/g"},
        {"/./g", "http://a/g"},
        {"/../g", "http://a/g"},
        {"g.", "http://a/b/c/g."},
        {"..g", "http://a/b/c/..g"},
        {"./g/.", "http://a/b/c/g/"},
        {"g/../h", "http://a/b/c/h"},
        {"g?y/../x", "http://a/b/c/g?y/../x"},
    };
    for (const auto& [reference, target] : examples)
        QTest::newRow(*reference == '\0' ? "empty" : reference) << reference << target;
}

void UriTest::resolvesAsTheStandardShows()
{
    QFETCH(QString, reference);
    QFETCH(QString, target);
    QCOMPARE(QString::fromStdString(resolveUri("http://a/b/c/d;p?q", reference.toStdString())), target);
}

void UriTest::resolvesAgainstRelativeBases()
{
    QCOMPARE(resolveUri("", "#/a"), std::string("#/a"));
    QCOMPARE(resolveUri("", "a/b"), std::string("a/b"));
    QCOMPARE(resolveUri("a/b", "c"), std::string("a/c"));
    QCOMPARE(resolveUri("urn:x:y", "#z"), std::string("urn:x:y#z"));
}

void UriTest::normalizes()
{
    QCOMPARE(normalizeUri("HTTP://User@Example.COM/%7ea/../%c3#x"), std::string("http://User@example.com/%C3"));
    QCOMPARE(normalizeUri("https://example.com"), std::string("https://example.com/"));
    QCOMPARE(normalizeUri("urn:UUID:a"), std::string("urn:UUID:a"));
}

void UriTest::fragmentsRoundTrip()
{
    const std::string text = "/a b/\"%\xc3\xa9^";
    QCOMPARE(percentEncodeFragment(text), std::string("/a%20b/%22%25%C3%A9%5E"));
    QCOMPARE(percentDecode(percentEncodeFragment(text)), text);
    QCOMPARE(percentDecode("%"), std::string("%"));
    QCOMPARE(percentDecode("%4"), std::string("%4"));
    QCOMPARE(percentDecode("%41%zz"), std::string("A%zz"));
}

QTEST_GUILESS_MAIN(UriTest)
#include "uri_test.moc"
