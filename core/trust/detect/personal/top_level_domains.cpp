#include "core/trust/detect/personal/top_level_domains.h"

#include "core/base/text.h"
#include "core/trust/detect/candidate/byte_class.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace ephor::detect {

namespace {

// Domains that are no word of a language and no name that programs give their members ("user.name", "args.id").
constexpr std::string_view commonDomains
    = "com org net edu gov mil int biz coop museum aero arpa dev io ai app xyz eu ac ae ar au ba bd bg br "
      "by ca ch ci cl cn co cr cu cy cz de dk do dz ec ee eg es et fi fr ge gh gr gt hk hr hu ie il iq ir "
      "jo jp ke kr kw kz lb li lk lt lu lv ma mt mx ng nl np nz om pe ph pk pt qa ro ru sa se sg si sk th "
      "tn tr tw tz ua ug uk uy uz ve vn za zm zw ";

// Those that are.
constexpr std::string_view ambiguousDomains
    = "info pro name jobs mobi tel travel xxx tech online site store shop blog cloud page wiki news live "
      "club space website icu vip win top work works agency digital email solutions services systems "
      "company center group world today media network technology software design studio academy education "
      "university school health care clinic dental doctor hospital pharmacy finance financial bank "
      "insurance loan loans money cash credit capital fund exchange market markets trade trading tax legal "
      "law attorney consulting management marketing events photography photos gallery restaurant cafe hotel "
      "holiday flights tours taxi house land estate properties rent homes construction energy solar farm "
      "organic fashion beauty fitness football golf games game bet casino poker music band video film "
      "theater art social dating community foundation charity church international global london berlin "
      "paris amsterdam wien koeln hamburg bayern nyc tokyo istanbul africa asia local internal lan ad af ag "
      "al am ao aq as at aw ax az bb be bf bh bi bj bm bn bo bs bt bw bz cat cc cd cf cg ck cm cv cw cx dj "
      "dm er fj fk fm fo ga gb gd gf gg gi gl gm gn gp gq gs gu gw gy hm hn ht id im in is it je jm kg kh "
      "ki km kn kp ky la lc lr ls ly mc md me mg mh mk ml mm mn mo mp mq mr ms mu mv mw my mz na nc ne nf "
      "ni no nr nu pa pf pg pl pm pn pr ps pw py re rs rw sb sc sd sh sj sl sm sn so sr ss st su sv sx sy "
      "sz tc td tf tg tj tk tl tm to tt tv us va vc vg vi vu wf ws ye yt zip mov cam build run link bar fun "
      "one red blue green pink black plus team tools support help guide review reviews zone ninja guru life "
      "love best new how foo day fit kim men ist moe ong onl uno bid buzz camp cards city codes cool date "
      "deals direct earth expert fail fans fish fyi gift gold host ink kitchen limited ltd gmbh llc inc "
      "lease limo mba navy parts party pet pictures pizza place press pub racing recipes rehab repair "
      "report rest rocks sale science security sexy shoes show ski soccer style sucks surf surgery theatre "
      "tips tires town toys training tube vet villas vision vote voyage watch webcam wedding wine wtf yoga "
      "bike boutique builders business cab catering chat cheap bio lol hs ";

constexpr std::size_t longestDomain = 24;

using DomainTable = std::unordered_map<std::string_view, DomainKind>;

void addLabels(std::string_view list, DomainKind kind, DomainTable& table)
{
    for (const std::string_view label : split(list, ' ')) {
        if (!label.empty())
            table.emplace(label, kind);
    }
}

const DomainTable& domainTable()
{
    static const DomainTable made = [] {
        DomainTable table;
        addLabels(commonDomains, DomainKind::Common, table);
        addLabels(ambiguousDomains, DomainKind::Ambiguous, table);
        return table;
    }();
    return made;
}

}

DomainKind topLevelDomain(std::string_view label)
{
    if (label.size() < 2 || label.size() > longestDomain)
        return DomainKind::Unknown;
    std::array<char, longestDomain> lower{};
    std::ranges::transform(label, lower.begin(), small);
    const auto found = domainTable().find(std::string_view(lower.data(), label.size()));
    return found == domainTable().end() ? DomainKind::Unknown : found->second;
}

}
