#include "core/contract/template.h"

#include <QtTest>
#include <nlohmann/json.hpp>

using namespace ephor;
using namespace ephor::contract;

namespace {

Template parsed(const std::string& text)
{
    auto result = Template::parse(text);
    if (!result)
        qFatal("%s", describe(result.error()).c_str());
    return *result;
}

Partials partialsOf(const std::map<std::string, std::string>& texts)
{
    Partials partials;
    for (const auto& [name, text] : texts)
        partials.emplace(name, parsed(text));
    return partials;
}

std::string rendered(const std::string& text, const char* data, const std::map<std::string, std::string>& partials = {})
{
    const auto result = parsed(text).render(Json::parse(data), partialsOf(partials));
    return result ? *result : "error " + result.error().code;
}

std::string fieldOf(const Error& error, const std::string& name)
{
    for (const auto& [field, value] : error.fields) {
        if (field == name)
            return value;
    }
    return {};
}

}

class TemplateTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void valuesArePrintedAsJson();
    void valuesAreInert();
    void nothingIsEscapedUnlessAsked();
    void undefinedNamesAreRefused_data();
    void undefinedNamesAreRefused();
    void undefinedNamesHavePlaces();
    void undefinedPartialsAreRefused();
    void emptyValuesLeaveSectionsOut();
    void partialsAreIndentedByLine();
    void standaloneLinesNeedALineOfTheirOwn();
    void wrongTemplatesAreRefused_data();
    void wrongTemplatesAreRefused();
    void namesAreListed();
    void limitsHold();
    void partialsMayRecurseWithTheData();
    void spansCoverTheTags();
    void spansOfBrokenText();
};

void TemplateTest::valuesArePrintedAsJson()
{
    QCOMPARE(rendered("{{a}}", R"({"a": 1.0})"), std::string("1"));
    QCOMPARE(rendered("{{a}}", R"({"a": 1e21})"), std::string("1e+21"));
    QCOMPARE(rendered("{{a}}", R"({"a": 0.000001})"), std::string("0.000001"));
    QCOMPARE(rendered("{{a}}", R"({"a": 18446744073709551615})"), std::string("18446744073709551615"));
    QCOMPARE(rendered("{{a}}", R"({"a": true})"), std::string("true"));
    QCOMPARE(rendered("[{{a}}]", R"({"a": null})"), std::string("[]"));
    QCOMPARE(rendered("{{a}}", R"({"a": {"c": [1, "x"], "b": null}})"), std::string(R"({"b":null,"c":[1,"x"]})"));
}

void TemplateTest::valuesAreInert()
{
    QCOMPARE(rendered("{{a}} {{{a}}} {{&a}}", R"({"a": "{{b}}{{> p}}", "b": "never"})", {{"p", "never"}}),
        std::string("{{b}}{{> p}} {{b}}{{> p}} {{b}}{{> p}}"));
}

void TemplateTest::nothingIsEscapedUnlessAsked()
{
    const char* data = R"({"a": "<b> & 'c' \"d\""})";
    QCOMPARE(rendered("{{a}}", data), std::string(R"(<b> & 'c' "d")"));
    RenderOptions options;
    options.escape = Escape::Html;
    const auto escaped = parsed("{{a}}{{{a}}}").render(Json::parse(data), {}, options);
    QCOMPARE(*escaped, std::string(R"(&lt;b&gt; &amp; &#39;c&#39; &quot;d&quot;<b> & 'c' "d")"));
}

void TemplateTest::undefinedNamesAreRefused_data()
{
    QTest::addColumn<QString>("text");
    for (const char* text : {"{{a}}", "{{{a}}}", "{{&a}}", "{{#a}}x{{/a}}", "{{^a}}x{{/a}}", "{{b.c.a}}",
             "{{#b}}{{a}}{{/b}}", "{{d.length}}", "{{s.x}}"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void TemplateTest::undefinedNamesAreRefused()
{
    QFETCH(QString, text);
    const char* data = R"({"b": {"c": {}}, "d": [1], "s": "text"})";
    const Template source = parsed(text.toStdString());
    const auto strict = source.render(Json::parse(data));
    QVERIFY(!strict.has_value());
    QCOMPARE(strict.error().code, std::string("template.undefined-variable"));
    RenderOptions options;
    options.undefined = Undefined::Empty;
    QVERIFY(source.render(Json::parse(data), {}, options).has_value());
}

void TemplateTest::undefinedNamesHavePlaces()
{
    const auto result
        = parsed("Dear {{name}},\n  thanks for {{ order.id }}").render(Json::parse(R"({"name": "Ada", "order": {}})"));
    QCOMPARE(fieldOf(result.error(), "name"), std::string("order.id"));
    QCOMPARE(fieldOf(result.error(), "line"), std::string("2"));
    QCOMPARE(fieldOf(result.error(), "column"), std::string("17"));
    const auto inside = parsed("{{> p}}").render(Json::object(), partialsOf({{"p", "\n{{x}}"}}));
    QCOMPARE(fieldOf(inside.error(), "partial"), std::string("p"));
    QCOMPARE(fieldOf(inside.error(), "line"), std::string("2"));
}

void TemplateTest::undefinedPartialsAreRefused()
{
    QCOMPARE(rendered("{{> p}}", "{}"), std::string("error template.undefined-partial"));
    // What is not rendered is not asked for.
    QCOMPARE(rendered("{{#a}}{{> p}}{{/a}}", R"({"a": false})"), std::string());
}

void TemplateTest::emptyValuesLeaveSectionsOut()
{
    for (const char* empty : {"null", "false", "0", "0.0", "\"\"", "[]"}) {
        const std::string data = std::string(R"({"a": )") + empty + "}";
        QCOMPARE(rendered("{{#a}}yes{{/a}}{{^a}}no{{/a}}", data.c_str()), std::string("no"));
    }
    for (const char* full : {"true", "1", "\"0\"", "{}", "[0]"}) {
        const std::string data = std::string(R"({"a": )") + full + "}";
        QCOMPARE(rendered("{{#a}}yes{{/a}}{{^a}}no{{/a}}", data.c_str()), std::string("yes"));
    }
}

void TemplateTest::partialsAreIndentedByLine()
{
    QCOMPARE(
        rendered("a\n  {{> p}}\nb", R"({"x": "1\n2", "l": [1, 2]})", {{"p", "<\n{{x}}\n\n{{#l}}\n{{.}}\n{{/l}}\n>\n"}}),
        std::string("a\n  <\n  1\n2\n\n  1\n  2\n  >\nb"));
    QCOMPARE(rendered(" {{> p}}\n", "{}", {{"p", "p\n {{> q}}\n"}, {"q", "q\nr\n"}}), std::string(" p\n  q\n  r\n"));
    // Only the lines of the indented text itself: what stands inside a line begins no line.
    QCOMPARE(rendered(" {{> p}}\n", "{}", {{"p", "a{{> q}}\nb\n"}, {"q", "1\n2"}}), std::string(" a1\n2\n b\n"));
}

void TemplateTest::standaloneLinesNeedALineOfTheirOwn()
{
    QCOMPARE(rendered("{{#a}}{{/a}}\n", R"({"a": true})"), std::string("\n"));
    QCOMPARE(rendered("{{! x }} {{! y }}\n", "{}"), std::string(" \n"));
    QCOMPARE(rendered("a {{#a}}\nb\n{{/a}} c", R"({"a": true})"), std::string("a \nb\n c"));
    QCOMPARE(rendered("{{! a\nb }}\nc", "{}"), std::string("c"));
}

void TemplateTest::wrongTemplatesAreRefused_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("place");
    QTest::newRow("tag not closed") << "a\n {{b" << "template.unclosed-tag" << "2:2";
    QTest::newRow("triple not closed") << "{{{b}}" << "template.unclosed-tag" << "1:1";
    QTest::newRow("comment not closed") << "{{! b" << "template.unclosed-tag" << "1:1";
    QTest::newRow("section not closed") << "x{{#a}}\ny" << "template.unclosed-section" << "1:2";
    QTest::newRow("section not opened") << "{{/a}}" << "template.section-unopened" << "1:1";
    QTest::newRow("sections crossed") << "{{#a}}{{#b}}{{/a}}{{/b}}" << "template.section-mismatch" << "1:13";
    QTest::newRow("no name") << "{{ }}" << "template.name" << "1:1";
    QTest::newRow("no name at all") << "{{}}" << "template.name" << "1:1";
    QTest::newRow("two words") << "{{a b}}" << "template.name" << "1:1";
    QTest::newRow("two dots") << "{{a..b}}" << "template.name" << "1:1";
    QTest::newRow("dot at the end") << "{{a.}}" << "template.name" << "1:1";
    QTest::newRow("one delimiter") << "{{=<%=}}" << "template.delimiters" << "1:1";
    QTest::newRow("delimiter with =") << "{{== ==}}" << "template.delimiters" << "1:1";
    QTest::newRow("block") << "{{$a}}{{/a}}" << "template.unsupported-tag" << "1:1";
    QTest::newRow("dynamic partial") << "{{>*a}}" << "template.unsupported-tag" << "1:1";
}

void TemplateTest::wrongTemplatesAreRefused()
{
    QFETCH(QString, text);
    QFETCH(QString, code);
    QFETCH(QString, place);
    const auto result = Template::parse(text.toStdString());
    QVERIFY(!result.has_value());
    QCOMPARE(QString::fromStdString(result.error().code), code);
    QCOMPARE(QString::fromStdString(fieldOf(result.error(), "line") + ":" + fieldOf(result.error(), "column")), place);
}

void TemplateTest::namesAreListed()
{
    const Template source = parsed("{{a}}\n{{#list}} {{b.c}} {{^d}}{{{e}}}{{/d}}{{/list}}{{> p}}");
    const auto& variables = source.variables();
    QCOMPARE(variables.size(), std::size_t(5));
    QCOMPARE(variables[0].name, std::string("a"));
    QCOMPARE(variables[1].use, TemplateUse::Section);
    QCOMPARE(variables[2].name, std::string("b.c"));
    QCOMPARE(variables[2].line, std::size_t(2));
    QCOMPARE(variables[2].column, std::size_t(13));
    QCOMPARE(variables[2].within, std::vector<std::string>{"list"});
    QCOMPARE(variables[3].use, TemplateUse::InvertedSection);
    QCOMPARE(variables[4].within, (std::vector<std::string>{"list", "d"}));
    QCOMPARE(source.partials().size(), std::size_t(1));
    QCOMPARE(source.partials()[0].name, std::string("p"));
}

void TemplateTest::limitsHold()
{
    const Partials endless = partialsOf({{"p", "{{> p}}{{> p}}"}});
    QCOMPARE(parsed("{{> p}}").render(Json::object(), endless).error().code, std::string("template.render-depth"));
    RenderOptions options;
    options.limits.outputBytes = 10;
    const Json long_list = {{"l", std::vector<int>(100, 1)}};
    QCOMPARE(
        parsed("{{#l}}ab{{/l}}").render(long_list, {}, options).error().code, std::string("template.output-limit"));
    options.limits.steps = 50;
    QCOMPARE(parsed("{{#l}}{{/l}}").render(long_list, {}, options).error().code, std::string("template.step-limit"));
    std::string deep;
    for (int i = 0; i < 100; ++i)
        deep += "{{#a}}";
    QCOMPARE(Template::parse(deep).error().code, std::string("template.too-deep"));
    TemplateLimits limits;
    limits.sourceBytes = 3;
    QCOMPARE(Template::parse("abcd", limits).error().code, std::string("template.too-large"));
    limits.sourceBytes = 1000;
    limits.tags = 2;
    QCOMPARE(Template::parse("{{a}} {{a}} {{a}} {{a}}", limits).error().code, std::string("template.too-large"));
}

void TemplateTest::partialsMayRecurseWithTheData()
{
    Json tree = {{"n", 0}, {"next", false}};
    for (int i = 1; i < 100; ++i)
        tree = {{"n", i}, {"next", tree}};
    const auto result = parsed("{{> node}}").render(tree, partialsOf({{"node", "{{n}} {{#next}}{{> node}}{{/next}}"}}));
    QVERIFY2(result.has_value(), result ? "" : describe(result.error()).c_str());
    QVERIFY(result->starts_with("99 98 97 "));
}

void TemplateTest::spansCoverTheTags()
{
    const std::vector<TemplateSpan> expected{
        {TemplateSpanKind::Delimiter, 1, 2},
        {TemplateSpanKind::VariableName, 4, 1},
        {TemplateSpanKind::Delimiter, 6, 2},
        {TemplateSpanKind::Comment, 8, 6},
        {TemplateSpanKind::Delimiter, 14, 3},
        {TemplateSpanKind::PartialName, 17, 1},
        {TemplateSpanKind::Delimiter, 18, 2},
    };
    QVERIFY(highlightTemplate("x{{ a }}{{!b}}{{>c}}y") == expected);
}

void TemplateTest::spansOfBrokenText()
{
    const auto spans = highlightTemplate("{{a}} {{b");
    QCOMPARE(spans.size(), std::size_t(4));
    QVERIFY((spans.back() == TemplateSpan{TemplateSpanKind::Error, 6, 3}));
    QVERIFY(highlightTemplate("").empty());
    QCOMPARE(highlightTemplate("{{").size(), std::size_t(1));
}

QTEST_GUILESS_MAIN(TemplateTest)
#include "template_test.moc"
