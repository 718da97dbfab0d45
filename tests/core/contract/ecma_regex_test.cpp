#include "core/contract/ecma_regex.h"
#include "core/contract/pattern.h"

#include <QtTest>

using namespace ephor;
using namespace ephor::contract;

class EcmaRegexTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void matches_data();
    void matches();
    void syntax_data();
    void syntax();
    void longPatternsAreRefused();
    void nestingIsBounded();
};

void EcmaRegexTest::matches_data()
{
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("matched");
    QTest::newRow("unanchored") << QByteArray("b") << QByteArray("abc") << true;
    QTest::newRow("end is the very end") << QByteArray("a$") << QByteArray("a\n") << false;
    QTest::newRow("no lines") << QByteArray("^b") << QByteArray("a\nb") << false;
    QTest::newRow("dot is a code point") << QByteArray("^.$") << QByteArray("\xf0\x9f\x90\xb2") << true;
    QTest::newRow("dot stops at U+2028") << QByteArray("^.$") << QByteArray("\xe2\x80\xa8") << false;
    QTest::newRow("dot takes carriage return in no case") << QByteArray("^.$") << QByteArray("\r") << false;
    QTest::newRow("any of nothing") << QByteArray("[]") << QByteArray("a") << false;
    QTest::newRow("any but nothing") << QByteArray("^[^]$") << QByteArray("\n") << true;
    QTest::newRow("bracket in a class") << QByteArray("^[[:alpha:]]$") << QByteArray("a]") << true;
    QTest::newRow("no class names of POSIX") << QByteArray("^[[:alpha:]]$") << QByteArray("b") << false;
    QTest::newRow("space beyond ASCII") << QByteArray("^\\s$") << QByteArray("\xef\xbb\xbf") << true;
    QTest::newRow("space in a class") << QByteArray("^[\\s-]+$") << QByteArray("\xc2\xa0-") << true;
    QTest::newRow("all but space in a class") << QByteArray("^[\\S]$") << QByteArray("\xc2\xa0") << false;
    QTest::newRow("all but space, negated") << QByteArray("^[^\\S]$") << QByteArray("\xc2\xa0") << true;
    QTest::newRow("word is ASCII") << QByteArray("\\bx") << QByteArray("\xc3\xa9x") << true;
    QTest::newRow("unset reference is empty") << QByteArray("^(?:(a)|b)\\1$") << QByteArray("b") << true;
    QTest::newRow("named reference") << QByteArray("^(?<q>['\"])x\\k<q>$") << QByteArray("'x'") << true;
    QTest::newRow("named reference, other") << QByteArray("^(?<q>['\"])x\\k<q>$") << QByteArray("'x\"") << false;
    QTest::newRow("reference before its group") << QByteArray("^\\k<a>(?<a>x)$") << QByteArray("x") << true;
    QTest::newRow("surrogate pair") << QByteArray("^\\uD83D\\uDC32$") << QByteArray("\xf0\x9f\x90\xb2") << true;
    QTest::newRow("code point") << QByteArray("^\\u{1F432}$") << QByteArray("\xf0\x9f\x90\xb2") << true;
    QTest::newRow("range over surrogates") << QByteArray("^[\\u0000-\\uFFFF]$") << QByteArray("\xe2\x82\xac") << true;
    QTest::newRow("lone surrogate") << QByteArray("\\uD800") << QByteArray("a") << false;
    QTest::newRow("script") << QByteArray("^\\p{Script=Greek}+$") << QByteArray("\xce\xb1\xce\xb2") << true;
    QTest::newRow("category") << QByteArray("^\\p{Lu}$") << QByteArray("\xc3\x89") << true;
    QTest::newRow("not a category") << QByteArray("^\\P{Uppercase_Letter}$") << QByteArray("\xc3\x89") << false;
    QTest::newRow("binary property") << QByteArray("^[\\p{ASCII}]+$") << QByteArray("ab~") << true;
    QTest::newRow("look-behind") << QByteArray("(?<!a)b") << QByteArray("ab") << false;
    QTest::newRow("backspace") << QByteArray("^[\\b]$") << QByteArray("\b") << true;
    QTest::newRow("brace as itself") << QByteArray("^{a}$") << QByteArray("{a}") << true;
    QTest::newRow("escaped hyphen") << QByteArray("^a\\-b$") << QByteArray("a-b") << true;
    QTest::newRow("free spacing has no meaning") << QByteArray("^a #b$") << QByteArray("a #b") << true;
    QTest::newRow("quoting has no meaning") << QByteArray("^[\\]]$") << QByteArray("]") << true;
    QTest::newRow("zero character") << QByteArray("^a\\0b$") << QByteArray("a\0b", 3) << true;
}

void EcmaRegexTest::matches()
{
    QFETCH(QByteArray, pattern);
    QFETCH(QByteArray, text);
    QFETCH(bool, matched);
    const auto compiled = Pattern::compile(pattern.toStdString());
    QVERIFY2(compiled.has_value(), compiled ? "" : describe(compiled.error()).c_str());
    QCOMPARE(compiled->match(text.toStdString(), 1000) == PatternMatch::Yes, matched);
}

void EcmaRegexTest::syntax_data()
{
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<bool>("strict");
    QTest::addColumn<bool>("lenient");
    QTest::newRow("plain") << QByteArray("a|b") << true << true;
    QTest::newRow("escaped hyphen") << QByteArray("a\\-b") << false << true;
    QTest::newRow("hyphen in a class") << QByteArray("[a\\-b]") << true << true;
    QTest::newRow("set as the end of a range") << QByteArray("[\\w-a]") << false << true;
    QTest::newRow("single brace") << QByteArray("}") << false << true;
    QTest::newRow("letter escape") << QByteArray("\\y") << false << false;
    QTest::newRow("PCRE anchors") << QByteArray("\\Aa\\z") << false << false;
    QTest::newRow("PCRE quoting") << QByteArray("\\Qa\\E") << false << false;
    QTest::newRow("possessive") << QByteArray("a++") << false << false;
    QTest::newRow("atomic group") << QByteArray("(?>a)") << false << false;
    QTest::newRow("verb") << QByteArray("(*ACCEPT)a") << false << false;
    QTest::newRow("recursion") << QByteArray("(?R)") << false << false;
    QTest::newRow("conditional") << QByteArray("(?(1)a)") << false << false;
    QTest::newRow("code") << QByteArray("(?C1)a") << false << false;
    QTest::newRow("nothing to repeat") << QByteArray("*a") << false << false;
    QTest::newRow("repeated look-ahead") << QByteArray("(?=a)*") << false << false;
    QTest::newRow("counts in the wrong order") << QByteArray("a{2,1}") << false << false;
    QTest::newRow("range in the wrong order") << QByteArray("[b-a]") << false << false;
    QTest::newRow("reference to no group") << QByteArray("\\2(a)") << false << false;
    QTest::newRow("name of no group") << QByteArray("\\k<b>(?<a>x)") << false << false;
    QTest::newRow("one name twice") << QByteArray("(?<a>x)(?<a>y)") << false << false;
    QTest::newRow("no such property") << QByteArray("\\p{Nothing}") << false << false;
    QTest::newRow("no such script") << QByteArray("\\p{Script=Nothing}") << false << false;
    QTest::newRow("ends in a backslash") << QByteArray("a\\") << false << false;
    QTest::newRow("group not closed") << QByteArray("(a") << false << false;
    QTest::newRow("class not closed") << QByteArray("[a") << false << false;
    QTest::newRow("not UTF-8") << QByteArray("\xff") << false << false;
    QTest::newRow("code point too large") << QByteArray("\\u{110000}") << false << false;
    QTest::newRow("octal") << QByteArray("\\01") << false << false;
}

void EcmaRegexTest::syntax()
{
    QFETCH(QByteArray, pattern);
    QFETCH(bool, strict);
    QFETCH(bool, lenient);
    QCOMPARE(translateEcmaRegex(pattern.toStdString(), RegexSyntax::Strict).has_value(), strict);
    QCOMPARE(translateEcmaRegex(pattern.toStdString(), RegexSyntax::Lenient).has_value(), lenient);
    QCOMPARE(Pattern::compile(pattern.toStdString()).has_value(), lenient);
}

void EcmaRegexTest::longPatternsAreRefused()
{
    PatternLimits limits;
    limits.length = 10;
    const auto pattern = Pattern::compile(std::string(11, 'a'), limits);
    QVERIFY(!pattern.has_value());
    QCOMPARE(pattern.error().code, std::string("schema.pattern-length"));
}

void EcmaRegexTest::nestingIsBounded()
{
    const std::string deep = std::string(5000, '(') + std::string(5000, ')');
    QVERIFY(!translateEcmaRegex(deep, RegexSyntax::Strict).has_value());
}

QTEST_GUILESS_MAIN(EcmaRegexTest)
#include "ecma_regex_test.moc"
