#include "core/contract/ecma_property.h"

#include <algorithm>
#include <array>
#include <unicode/uchar.h>

namespace ephor::contract {

namespace {

struct CategoryName {
    std::string_view name;
    std::string_view category;
};

// The long names and aliases of Unicode's PropertyValueAliases.txt, gc.
constexpr std::array categoryNames{
    CategoryName{"Letter", "L"},
    CategoryName{"Cased_Letter", "L&"},
    CategoryName{"LC", "L&"},
    CategoryName{"Uppercase_Letter", "Lu"},
    CategoryName{"Lowercase_Letter", "Ll"},
    CategoryName{"Titlecase_Letter", "Lt"},
    CategoryName{"Modifier_Letter", "Lm"},
    CategoryName{"Other_Letter", "Lo"},
    CategoryName{"Mark", "M"},
    CategoryName{"Combining_Mark", "M"},
    CategoryName{"Nonspacing_Mark", "Mn"},
    CategoryName{"Spacing_Mark", "Mc"},
    CategoryName{"Enclosing_Mark", "Me"},
    CategoryName{"Number", "N"},
    CategoryName{"Decimal_Number", "Nd"},
    CategoryName{"digit", "Nd"},
    CategoryName{"Letter_Number", "Nl"},
    CategoryName{"Other_Number", "No"},
    CategoryName{"Punctuation", "P"},
    CategoryName{"punct", "P"},
    CategoryName{"Connector_Punctuation", "Pc"},
    CategoryName{"Dash_Punctuation", "Pd"},
    CategoryName{"Open_Punctuation", "Ps"},
    CategoryName{"Close_Punctuation", "Pe"},
    CategoryName{"Initial_Punctuation", "Pi"},
    CategoryName{"Final_Punctuation", "Pf"},
    CategoryName{"Other_Punctuation", "Po"},
    CategoryName{"Symbol", "S"},
    CategoryName{"Math_Symbol", "Sm"},
    CategoryName{"Currency_Symbol", "Sc"},
    CategoryName{"Modifier_Symbol", "Sk"},
    CategoryName{"Other_Symbol", "So"},
    CategoryName{"Separator", "Z"},
    CategoryName{"Space_Separator", "Zs"},
    CategoryName{"Line_Separator", "Zl"},
    CategoryName{"Paragraph_Separator", "Zp"},
    CategoryName{"Other", "C"},
    CategoryName{"Control", "Cc"},
    CategoryName{"cntrl", "Cc"},
    CategoryName{"Format", "Cf"},
    CategoryName{"Surrogate", "Cs"},
    CategoryName{"Private_Use", "Co"},
    CategoryName{"Unassigned", "Cn"},
};

constexpr std::array shortCategories{"L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No",
    "P", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "S", "Sm", "Sc", "Sk", "So", "Z", "Zs", "Zl", "Zp", "C", "Cc", "Cf",
    "Cs", "Co", "Cn"};

// ECMA-262, table of binary Unicode properties, with their aliases.
constexpr std::array binaryProperties{"ASCII", "ASCII_Hex_Digit", "AHex", "Alphabetic", "Alpha", "Bidi_Control",
    "Bidi_C", "Bidi_Mirrored", "Bidi_M", "Case_Ignorable", "CI", "Cased", "Changes_When_Casefolded", "CWCF",
    "Changes_When_Casemapped", "CWCM", "Changes_When_Lowercased", "CWL", "Changes_When_NFKC_Casefolded", "CWKCF",
    "Changes_When_Titlecased", "CWT", "Changes_When_Uppercased", "CWU", "Dash", "Default_Ignorable_Code_Point", "DI",
    "Deprecated", "Dep", "Diacritic", "Dia", "Emoji", "Emoji_Component", "EComp", "Emoji_Modifier", "EMod",
    "Emoji_Modifier_Base", "EBase", "Emoji_Presentation", "EPres", "Extended_Pictographic", "ExtPict", "Extender",
    "Ext", "Grapheme_Base", "Gr_Base", "Grapheme_Extend", "Gr_Ext", "Hex_Digit", "Hex", "IDS_Binary_Operator", "IDSB",
    "IDS_Trinary_Operator", "IDST", "ID_Continue", "IDC", "ID_Start", "IDS", "Ideographic", "Ideo", "Join_Control",
    "Join_C", "Logical_Order_Exception", "LOE", "Lowercase", "Lower", "Math", "Noncharacter_Code_Point", "NChar",
    "Pattern_Syntax", "Pat_Syn", "Pattern_White_Space", "Pat_WS", "Quotation_Mark", "QMark", "Radical",
    "Regional_Indicator", "RI", "Sentence_Terminal", "STerm", "Soft_Dotted", "SD", "Terminal_Punctuation", "Term",
    "Unified_Ideograph", "UIdeo", "Uppercase", "Upper", "Variation_Selector", "VS", "White_Space", "space",
    "XID_Continue", "XIDC", "XID_Start", "XIDS"};

std::string_view categoryFor(std::string_view name)
{
    for (const auto& entry : categoryNames) {
        if (entry.name == name)
            return entry.category;
    }
    for (std::string_view category : shortCategories) {
        if (category == name)
            return category;
    }
    return {};
}

std::string propertyEscape(char letter, std::string_view name)
{
    return std::string("\\") + letter + "{" + std::string(name) + "}";
}

std::string scriptEscape(char letter, std::string_view prefix, std::string_view script)
{
    const std::string name(script);
    if (name.empty() || u_getPropertyValueEnum(UCHAR_SCRIPT, name.c_str()) == UCHAR_INVALID_CODE)
        return {};
    return propertyEscape(letter, std::string(prefix) + name);
}

}

std::string translateUnicodeProperty(std::string_view expression, char letter)
{
    if (const auto equals = expression.find('='); equals != std::string_view::npos) {
        const auto key = expression.substr(0, equals);
        const auto value = expression.substr(equals + 1);
        if (key == "Script" || key == "sc")
            return scriptEscape(letter, "sc:", value);
        if (key == "Script_Extensions" || key == "scx")
            return scriptEscape(letter, "scx:", value);
        if (key != "General_Category" && key != "gc")
            return {};
        const auto category = categoryFor(value);
        return category.empty() ? std::string() : propertyEscape(letter, category);
    }
    if (expression == "Any")
        return propertyEscape(letter, "Any");
    if (expression == "Assigned")
        return propertyEscape(letter == 'p' ? 'P' : 'p', "Cn");
    if (const auto category = categoryFor(expression); !category.empty())
        return propertyEscape(letter, category);
    const bool known = std::any_of(
        binaryProperties.begin(), binaryProperties.end(), [&](std::string_view name) { return name == expression; });
    return known ? propertyEscape(letter, expression) : std::string();
}

}
