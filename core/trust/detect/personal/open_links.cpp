#include "core/trust/detect/personal/open_links.h"

#include "core/base/text.h"
#include "core/trust/detect/candidate/byte_class.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace ephor::detect {

namespace {

constexpr std::size_t longestName = 253; // before the point of its ending

// The endings that Presidio's pattern knows.
constexpr std::string_view endings
    = "ac academy accountant actor ad adult ae af africa ag agency ai airforce al am an ao apartments app aq ar "
      "archi army art as asia associates at attorney au auction audio auto aw ax az ba baby band bar bb bd be "
      "beer berlin best bet bf bg bh bi bid bike bio bj black blog blue bm bn bo boats bond boo boston bot "
      "boutique br bs bt build business buzz bv bw by bz ca cab cafe cam capital car casa cash casino catering "
      "cc cd center ceo cf cfd cg ch charity chat cheap christmas church ci city ck cl claims cleaning click "
      "clinic clothing cloud club cm cn co codes coffee college com condos construction consulting contact "
      "contractors cooking cool coupons courses cr credit cricket cruises cu cv cw cx cy cyou cz dad dance date "
      "dating day de degree delivery democrat dental dentist desi dev diamonds diet digital direct discount dj "
      "dk dm do doctor dog domains download dz earth ec eco edu ee eg email energy engineer enterprises "
      "equipment er es esq estate et eu events exchange expert exposed express fail faith family fans farm "
      "fashion feedback fi film finance financial fish fit fj fk flights florist flowers fm fo football forsale "
      "foundation fr fun furniture futbol fyi ga gallery game garden gay gb gd gdn ge gf gg gh gi gifts gives "
      "giving gl glass global gm gmbh gn gold golf gov gp gq gr graphics gratis green gripe group gs gt gu "
      "guide guitars guru gw gy hair hamburg haus health help hiphop hk hm hn hockey holdings holiday homes "
      "horse hospital host house how hr ht hu icu id ie il im in info ink institute insure int investments io "
      "iq ir irish is it je jetzt jewelry jm jo jp juegos kaufen ke kg kh ki kids kitchen kiwi km kn kp kr krd "
      "kw ky kyoto kz la land lat law lb lc lease legal lgbt li life lighting limited limo link live lk loan "
      "lol london love lr ls lt ltd lu luxury lv ly ma maison management market mba mc md me media melbourne "
      "meme memorial men mg mh miami mil mk ml mm mn mo mobi moda moe mom money monster mortgage motorcycles "
      "mov mp mq mr ms mt mu mv mw mx my mz na nagoya name navy nc ne net new nf ng ngo ni ninja nl no now np "
      "nr nu nyc nz observer okinawa om one ong onl org osaka pa page paris partners parts party pe pet pf pg "
      "ph phd photo pics pictures pink pizza pk pl place plumbing plus pm pn poker porn pr press pro ps pt pub "
      "pw py qa quest racing re recipes red rehab reise rent repair report republican rest review rip ro rocks "
      "rodeo rs rsvp ru run rw sa saarland sale salon sarl sb sbs sc school schule science sd se services sex "
      "sg sh si singles site sj sk skin sl sm sn so soccer social software solar solutions soy space spiegel sr "
      "st study style su sucks supply support surf surgery sv sx sy systems sz tax tc td team tech tel tf tg th "
      "theater tips tires tj tk tl tm tn to today tools top tours town toys tp tr trade training tt tube tv tw "
      "tz ua ug uk university uno us uy uz va vacations vc ve ventures vet vg vi video villas vin vip vision "
      "vlaanderen vn vodka vote voting voyage vu wales wang watch webcam website wedding wf wiki wine work "
      "world ws wtf xxx xyz ye yoga yokohama you yt za zm zone zw";

// Those that it never comes to where nothing must follow, since a shorter one stands before them ("com", "company").
constexpr std::string_view laterEndings
    = "accountants autos bargains blackfriday builders camera camp cards care careers cars community company "
      "computer creditcard design directory education engineering fishing fitness fund games healthcare hosting "
      "international lawyer loans ltda marketing markets movie network news online organic photography photos "
      "productions prof promo properties property protection reisen rentals restaurant reviews sexy shoes shop "
      "shopping show taxi technology works";

/// Endings by their first two letters; of those that begin alike the longest stands first.
class EndingSet {
public:
    explicit EndingSet(std::string_view list)
    {
        for (const std::string_view ending : split(list, ' '))
            m_byStart[placeOf(ending[0], ending[1])].push_back(ending);
        for (auto& alike : m_byStart)
            std::ranges::sort(alike, std::ranges::greater(), &std::string_view::size);
    }

    /// The end of the longest that begins at `at`, 0 for none.
    std::size_t endAt(std::string_view text, std::size_t at) const
    {
        const char first = small(charAt(text, at));
        const char second = small(charAt(text, at + 1));
        if (!isSmall(first) || !isSmall(second))
            return 0;
        for (const std::string_view ending : m_byStart[placeOf(first, second)]) {
            const std::string_view there = text.substr(at, ending.size());
            if (std::ranges::equal(ending, there, {}, {}, small))
                return at + ending.size();
        }
        return 0;
    }

private:
    static constexpr std::size_t letters = 26;
    static bool isSmall(char c) { return c >= 'a' && c <= 'z'; }
    static std::size_t placeOf(char first, char second)
    {
        return std::size_t(first - 'a') * letters + std::size_t(second - 'a');
    }

    std::array<std::vector<std::string_view>, letters * letters> m_byStart;
};

bool isHostSign(char c)
{
    return (classOf(c) & WordByte) != 0 || c == '.' || c == '-';
}

bool endsPath(char c)
{
    constexpr std::string_view marks = "()<>\"'";
    return c == ' ' || (c >= '\t' && c <= '\r') || marks.find(c) != marks.npos;
}

std::size_t pathEnd(std::string_view text, std::size_t at)
{
    if (charAt(text, at) != '/')
        return at;
    while (at < text.size() && !endsPath(text[at]))
        ++at;
    return at;
}

std::size_t hostRunEnd(std::string_view text, std::size_t at)
{
    while (at < text.size() && isHostSign(text[at]))
        ++at;
    return at;
}

const EndingSet& firstEndings()
{
    static const EndingSet set(endings);
    return set;
}

// The end of the link whose host begins at `start` and whose signs go on to `run`, 0 for none: up to the last ending.
std::size_t linkFrom(std::string_view text, std::size_t start, std::size_t run)
{
    for (std::size_t point = std::min(run, start + longestName + 1); point-- > start + 1;) {
        const std::size_t end = text[point] == '.' ? firstEndings().endAt(text, point + 1) : 0;
        if (end != 0)
            return pathEnd(text, end);
    }
    return 0;
}

// Behind "http://" or "https://" at `at`; `at` where neither stands there.
std::size_t schemeEnd(std::string_view text, std::size_t at)
{
    for (const std::string_view scheme : {"https://", "http://"}) {
        if (at + scheme.size() <= text.size()
            && std::equal(scheme.begin(), scheme.end(), text.begin() + std::ptrdiff_t(at),
                [](char own, char other) { return own == small(other); }))
            return at + scheme.size();
    }
    return at;
}

void findBare(std::string_view text, const OpenLinkSink& found)
{
    std::size_t run = 0; // of host signs, where it ends
    for (std::size_t at = 0; at < text.size();) {
        if (!isHostSign(text[at])) {
            ++at;
            continue;
        }
        run = at < run ? run : hostRunEnd(text, at);
        // The first point with an ending behind it tells where the link may begin.
        std::size_t point = at + 1;
        while (point < run && (text[point] != '.' || firstEndings().endAt(text, point + 1) == 0))
            ++point;
        if (point >= run) {
            at = run;
            continue;
        }
        const std::size_t start = point - at > longestName ? point - longestName : at;
        const std::size_t end = linkFrom(text, start, run);
        found(start, end, 0.5F);
        at = end;
    }
}

void findWithScheme(std::string_view text, const OpenLinkSink& found)
{
    for (std::size_t sign = text.find("://"); sign != text.npos;) {
        std::size_t next = sign + 3;
        for (const std::size_t length : {std::size_t(5), std::size_t(4)}) {
            const std::size_t start = sign - length;
            if (sign < length || schemeEnd(text, start) != sign + 3)
                continue;
            if (const std::size_t end = linkFrom(text, sign + 3, hostRunEnd(text, sign + 3)); end != 0) {
                found(start, end, 0.6F);
                next = end;
            }
            break;
        }
        sign = text.find("://", next);
    }
}

void findQuoted(std::string_view text, const OpenLinkSink& found)
{
    static const EndingSet later(laterEndings);
    const auto isQuote = [](char c) { return c == '"' || c == '\''; };
    for (std::size_t quote = text.find_first_of("\"'"); quote != text.npos;) {
        const std::size_t host = schemeEnd(text, quote + 1);
        const std::size_t run = hostRunEnd(text, host);
        // Of this run alone: a text may have many quotes and hardly a point.
        const std::size_t last = text.substr(host, run - host).rfind('.');
        const std::size_t point = last == text.npos ? text.npos : host + last;
        std::size_t next = quote + 1;
        if (point != text.npos && point > host && point - host <= longestName
            && (firstEndings().endAt(text, point + 1) == run || later.endAt(text, point + 1) == run)) {
            const std::size_t end = pathEnd(text, run);
            if (isQuote(charAt(text, end))) {
                found(quote, end + 1, host > quote + 1 ? 0.6F : 0.5F);
                next = end + 1;
            }
        }
        quote = text.find_first_of("\"'", next);
    }
}

}

void findOpenLinks(std::string_view text, const OpenLinkSink& found)
{
    findWithScheme(text, found);
    findBare(text, found);
    findQuoted(text, found);
}

}
