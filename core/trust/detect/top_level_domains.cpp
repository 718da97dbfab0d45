#include "core/trust/detect/top_level_domains.h"

#include "core/trust/detect/byte_class.h"

#include <algorithm>
#include <array>
#include <string>

namespace ephor::detect {

namespace {

// Generic domains with many names in them, and countries whose code is no English word and no file's extension.
constexpr std::string_view commonDomains
    = " com org net edu gov mil int info biz pro name coop museum aero jobs mobi tel travel xxx arpa app dev io ai co "
      "tech "
      "online site store shop blog cloud page wiki news live club space website xyz top icu vip win work works agency "
      "digital "
      "email solutions services systems company center group world today media network technology software design "
      "studio "
      "academy education university school health care clinic dental doctor hospital pharmacy finance financial bank "
      "insurance loan loans money cash credit capital fund exchange market markets trade trading tax legal law "
      "attorney "
      "consulting management marketing events photography photos gallery restaurant cafe hotel holiday flights tours "
      "taxi "
      "house land estate properties rent homes construction energy solar farm organic fashion beauty fitness football "
      "golf "
      "games game bet casino poker music band video film theater art social dating community foundation charity church "
      "international global london berlin paris amsterdam wien koeln hamburg bayern nyc tokyo istanbul africa asia eu "
      "ac ad ae af ag al ao aq ar au aw ax az ba bb bd bf bg bh bi bj bm bn bo br bs bt bw by bz ca cd cf cg ch ci ck "
      "cl cm cn "
      "cr cu cv cw cx cy cz de dj dk dm dz ec ee eg er es et fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq "
      "gr gt gu "
      "gw gy hk hm hn hr ht hu id ie il im iq ir je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr lt lu "
      "lv ly ma "
      "mc md mg mh mn mo mp mq mr mt mu mv mw mx mz na nc ne nf ng ni nl np nr nu nz om pa pe pf pg ph pk pn pr pt pw "
      "qa re ro "
      "ru rw sa sb sc sd se sg si sj sk sl sm sn sr ss st su sv sx sy sz tc td tg th tj tk tl tm tn tr tt tv tw tz ua "
      "ug uk uy "
      "uz va vc ve vg vi vn vu wf ws ye yt za zm zw local internal lan ";

constexpr std::string_view ambiguousDomains
    = " am as at be cc do gs hs in is it js lol me mk ml mm ms my no pl pm ps py rs sh so tf to ur us zip mov cam "
      "build run "
      "link bar fun one red blue green pink black plus team tools support help guide review reviews zone ninja guru "
      "life love "
      "best new how foo day fit kim men ist moe ong onl uno bid bio buzz camp cards city codes cool date deals direct "
      "earth "
      "expert fail fans fish fyi gift gold host ink kitchen limited ltd gmbh llc inc lease limo mba navy parts party "
      "pet "
      "pictures pizza place press pub racing recipes rehab repair report rest rocks sale science security services "
      "sexy shoes "
      "show ski soccer style sucks surf surgery theatre tips tires town toys training tube vet villas vision vote "
      "voyage "
      "watch webcam wedding wine wtf yoga bike boutique builders business cab catering chat cheap ";

constexpr std::size_t longestDomain = 24;

bool holdsLabel(std::string_view list, std::string_view label)
{
    std::array<char, longestDomain + 2> padded{};
    padded[0] = ' ';
    std::ranges::transform(label, padded.begin() + 1, small);
    padded[label.size() + 1] = ' ';
    return list.find(std::string_view(padded.data(), label.size() + 2)) != std::string_view::npos;
}

}

DomainKind topLevelDomain(std::string_view label)
{
    if (label.size() < 2 || label.size() > longestDomain)
        return DomainKind::Unknown;
    if (holdsLabel(commonDomains, label))
        return DomainKind::Common;
    return holdsLabel(ambiguousDomains, label) ? DomainKind::Ambiguous : DomainKind::Unknown;
}

}
