#pragma once

#include "tests/core/trust/sanitize/attacks.h"

#include <string>
#include <vector>

namespace ephor::sanitize {

struct OrdinaryText {
    const char* name;
    std::string text;
    bool html = true; ///< false: < means something else in HTML
};

/// What must stay as it is, whoever reads it next (but in code and in a log, which have rules of their own).
inline const std::vector<OrdinaryText>& ordinaryTexts()
{
    static const std::vector<OrdinaryText> all{
        {"nothing", ""},
        {"prose",
            "Dear Ms Pohl,\n\nyour parcel A-20441 left Hamburg on Monday. It weighs 3.2 kg (5 < 6, and 7 > "
            "6).\r\n\tKind regards"},
        {"markdown",
            "# Title\n\n* one [link](/orders/1 \"here\")\n* ![logo](img/logo.png)\n\n| a | b |\n|---|---|\n\n> quoted "
            "`code`\n\n[1]: /terms\n"},
        {"allowed links",
            "See [us](https://ok.example/a?b=c), https://ok.example/x_(y). <https://www.shop.example/> and "
            "**https://ok.example**; write to <help@desk.example> or [mail](mailto:help@desk.example) or "
            "[call](tel:+4930123).",
            false},
        {"link whose text is its address",
            "[https://ok.example](https://ok.example/x), ![a](https://cdn.shop.example:8443/a.png 'A')"},
        {"inline picture", "![dot](data:image/png;base64,iVBORw0KGgo=)"},
        {"markup", "<p class=\"note\">Yes, <b>we</b> <a href=\"/terms\">do</a>.<br/></p>"},
        {"code",
            "template <typename T> std::vector<T> f(T a, T b) { return a < b && b > a ? x[i](y) : z; }\nfor (int i=0; "
            "i<n; ++i) a[i]:b;\n",
            false},
        {"windows path", "It lies in C:\\Users\\ada\\x and in \\\\server\\share."},
        {"accents", "Grüße, Žižek, naïve, São Paulo, Łódź, İstanbul, e\u0301"},
        {"emoji",
            "👨‍👩‍👧‍👦 👩🏽‍🚀 ❤️ ☎︎ 1️⃣ #️⃣ 🇩🇪 🏳️‍🌈 "
            "🏴‍☠️ "
            "🏴" + inTags("gbsct")
                + "\U000E007F ©️"},
        {"newer emoji", "\U0001FAE9 \U0001FADF"},
        {"persian", "می‌خواهم کتاب‌ها را ببینم"},
        {"hindi", "क्‍ष नमस्ते र्‍य"},
        {"bengali", "র‍্যাব"},
        {"malayalam", "അവന്‍ കണ്‍"},
        {"khmer", "ខ្ញុំ​ចង់"},
        {"hebrew", "שלום \u200e(abc)\u200e \u2067עולם\u2069 \u202bא ב\u202c"},
        {"ideographs with variants", "葛\U000E0100城 ≨\uFE00 漢\uFE00"},
        {"mongolian", "ᠪᠣᠯᠠᠢ ᠨ᠋"},
        {"korean and japanese", "안녕하세요 こんにちは カタカナ"},
        {"numbers", "-12.50"},
        {"phone", "+49 30 901820"},
        {"references", "a &amp; b &lt;x&gt; &nbsp; &#228; R&D AT&T"},
        {"json", "{\"a\": [1, 2], \"b\": \"c\\u00e9\\n\", \"d\": \"\\\\x\"}"},
    };
    return all;
}

}
