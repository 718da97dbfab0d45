#include "core/trust/detect/personal/calling_codes.h"

#include "core/base/text.h"
#include "core/trust/detect/candidate/digits.h"

#include <array>
#include <cstdint>

namespace ephor::detect {

namespace {

struct CallingCode {
    std::uint16_t code;
    std::uint8_t least; ///< digits after it
    std::uint8_t most;
};

// Calling codes whose countries' plans fix the length more closely than E.164 does.
constexpr CallingCode callingCodes[] = {
    {1, 10, 10},
    {7, 10, 10},
    {20, 8, 10},
    {27, 9, 9},
    {30, 10, 10},
    {31, 9, 9},
    {32, 8, 9},
    {33, 9, 9},
    {34, 9, 9},
    {36, 8, 9},
    {39, 6, 11},
    {40, 9, 9},
    {41, 9, 9},
    {43, 5, 13},
    {44, 9, 10},
    {45, 8, 8},
    {46, 7, 10},
    {47, 8, 8},
    {48, 9, 9},
    {49, 6, 12},
    {52, 10, 10},
    {55, 10, 11},
    {61, 9, 9},
    {62, 8, 12},
    {63, 8, 10},
    {64, 8, 10},
    {65, 8, 8},
    {66, 8, 9},
    {81, 9, 10},
    {82, 8, 10},
    {84, 9, 10},
    {86, 10, 11},
    {90, 10, 10},
    {91, 10, 10},
    {234, 8, 10},
    {351, 9, 9},
    {352, 4, 11},
    {353, 7, 9},
    {354, 7, 9},
    {358, 6, 11},
    {359, 7, 9},
    {370, 8, 8},
    {371, 8, 8},
    {372, 7, 8},
    {380, 9, 9},
    {385, 8, 9},
    {386, 8, 8},
    {420, 9, 9},
    {421, 9, 9},
    {852, 8, 8},
    {886, 8, 9},
    {971, 8, 9},
    {972, 8, 9},
};

// All others that are assigned, with what E.164 allows them.
constexpr std::string_view otherCodes = " 51 53 54 56 57 58 60 92 93 94 95 98 211 212 213 216 218 220 221 222 223 224 "
                                        "225 226 227 228 229 230 231 232 233 235 "
                                        "236 237 238 239 240 241 242 243 244 245 246 247 248 249 250 251 252 253 254 "
                                        "255 256 257 258 260 261 262 263 264 265 266 "
                                        "267 268 269 290 291 297 298 299 350 355 356 357 373 374 375 376 377 378 379 "
                                        "381 382 383 387 389 423 500 501 502 503 504 "
                                        "505 506 507 508 509 590 591 592 593 594 595 596 597 598 599 670 672 673 674 "
                                        "675 676 677 678 679 680 681 682 683 685 686 "
                                        "687 688 689 690 691 692 800 808 850 853 855 856 870 878 880 881 882 883 888 "
                                        "960 961 962 963 964 965 966 967 968 970 973 "
                                        "974 975 976 977 979 992 993 994 995 996 998 ";

struct PlanLength {
    std::uint8_t least = 0; ///< 0: nobody has the code
    std::uint8_t most = 0;
};

using PlanTable = std::array<PlanLength, 1000>;

const PlanTable& planTable()
{
    static const PlanTable made = [] {
        PlanTable table{};
        for (const std::string_view code : split(otherCodes, ' ')) {
            if (!code.empty())
                table[numberAt(code, 0, code.size())] = {std::uint8_t(7 - code.size()), std::uint8_t(15 - code.size())};
        }
        for (const CallingCode& known : callingCodes)
            table[known.code] = {known.least, known.most};
        return table;
    }();
    return made;
}

}

bool isInternational(std::string_view digits)
{
    for (std::size_t length = 1; length <= 3 && length < digits.size() && digits[0] != '0'; ++length) {
        const unsigned code = numberAt(digits, 0, length);
        const PlanLength plan = planTable()[code];
        if (plan.least == 0)
            continue;
        const std::size_t rest = digits.size() - length;
        return rest >= plan.least && rest <= plan.most && (code != 1 || isNorthAmerican(digits.substr(1)));
    }
    return false;
}

}
