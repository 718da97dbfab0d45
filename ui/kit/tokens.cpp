#include "ui/kit/tokens.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace ephor::ui {

namespace {

struct TokenRow {
    Token token;
    QRgb light;
    QRgb dark;
    QRgb highContrast;
};

constexpr QRgb rgb(unsigned value)
{
    return 0xFF000000U | value;
}

constexpr std::array tokenTable{
    TokenRow{Token::canvas, rgb(0xF5F6F8), rgb(0x0E1116), rgb(0x000000)},
    TokenRow{Token::surface, rgb(0xFFFFFF), rgb(0x161A21), rgb(0x000000)},
    TokenRow{Token::sunken, rgb(0xECEEF2), rgb(0x1E242D), rgb(0x1A1A1A)},
    TokenRow{Token::textPrimary, rgb(0x171B21), rgb(0xE7EBF1), rgb(0xFFFFFF)},
    TokenRow{Token::textSecondary, rgb(0x4A5462), rgb(0xB0BAC8), rgb(0xF2F2F2)},
    TokenRow{Token::textMuted, rgb(0x636D7B), rgb(0x8D98A8), rgb(0xD9D9D9)},
    TokenRow{Token::textDisabled, rgb(0x9AA3AF), rgb(0x5B6675), rgb(0x8C8C8C)},
    TokenRow{Token::borderSubtle, rgb(0xDDE1E7), rgb(0x2A323D), rgb(0x8C8C8C)},
    TokenRow{Token::borderStrong, rgb(0xC3C9D2), rgb(0x3D4754), rgb(0xBFBFBF)},
    TokenRow{Token::borderControl, rgb(0x7C8592), rgb(0x6F7B8B), rgb(0xFFFFFF)},
    TokenRow{Token::grid, rgb(0xE8EBEF), rgb(0x222932), rgb(0x4D4D4D)},
    TokenRow{Token::accent, rgb(0x1A4FE0), rgb(0x2B63E3), rgb(0xFFFFFF)},
    TokenRow{Token::onAccent, rgb(0xFFFFFF), rgb(0xFFFFFF), rgb(0x000000)},
    TokenRow{Token::danger, rgb(0xC92A2A), rgb(0xC92A2A), rgb(0xFF7A73)},
    TokenRow{Token::onDanger, rgb(0xFFFFFF), rgb(0xFFFFFF), rgb(0x000000)},
    TokenRow{Token::link, rgb(0x1A4FE0), rgb(0x8AB4FF), rgb(0x9CC3FF)},
    TokenRow{Token::selection, rgb(0xDCE6FD), rgb(0x1E3A75), rgb(0x14336B)},
    TokenRow{Token::ok, rgb(0x0B6B53), rgb(0x2FD39A), rgb(0x3DF0B0)},
    TokenRow{Token::warn, rgb(0x765200), rgb(0xFFC53D), rgb(0xFFD400)},
    TokenRow{Token::error, rgb(0xC92A2A), rgb(0xFF5C54), rgb(0xFF7A73)},
    TokenRow{Token::info, rgb(0x1A4FE0), rgb(0x5C93F5), rgb(0x7FB2FF)},
    TokenRow{Token::badgeOk, rgb(0xE0F3EC), rgb(0x0F3229), rgb(0x06281C)},
    TokenRow{Token::badgeWarn, rgb(0xFBF0D3), rgb(0x3A2E0B), rgb(0x2E2600)},
    TokenRow{Token::badgeError, rgb(0xFCE7E7), rgb(0x451E1C), rgb(0x3A0F0D)},
    TokenRow{Token::badgeInfo, rgb(0xE5ECFD), rgb(0x152850), rgb(0x0A1F45)},
    TokenRow{Token::badgeNeutral, rgb(0xECEEF2), rgb(0x272E38), rgb(0x262626)},
    TokenRow{Token::badgeErrorText, rgb(0xB42323), rgb(0xFF8A83), rgb(0xFF9E99)},
    TokenRow{Token::badgeInfoText, rgb(0x1A4FE0), rgb(0x8AB4FF), rgb(0x9CC3FF)},
    TokenRow{Token::badgeNeutralText, rgb(0x4A5462), rgb(0xB0BAC8), rgb(0xF2F2F2)},
    TokenRow{Token::diffAdd, rgb(0xD7F0E4), rgb(0x12392C), rgb(0x06301F)},
    TokenRow{Token::diffDelete, rgb(0xFADCDC), rgb(0x4A2023), rgb(0x450F12)},
    TokenRow{Token::diffAddWord, rgb(0xA6DDC4), rgb(0x1D6B50), rgb(0x11613F)},
    TokenRow{Token::diffDeleteWord, rgb(0xF2B4B4), rgb(0x84343A), rgb(0x8A1F27)},
    TokenRow{Token::okQuiet, rgb(0xA9D3C6), rgb(0x2A6B57), rgb(0x2F8F70)},
    TokenRow{Token::warnFill, rgb(0xA98526), rgb(0xC79A2E), rgb(0xFFD400)},
    TokenRow{Token::series1, rgb(0x1B4FC4), rgb(0xA9C6FF), rgb(0xA9C6FF)},
    TokenRow{Token::series2, rgb(0x7A4A21), rgb(0xFFB866), rgb(0xFFB866)},
    TokenRow{Token::series3, rgb(0x1F9973), rgb(0x63E0BE), rgb(0x63E0BE)},
    TokenRow{Token::series4, rgb(0xA3157F), rgb(0xE5398A), rgb(0xE5398A)},
    TokenRow{Token::series5, rgb(0xA98526), rgb(0x9A8B1E), rgb(0x9A8B1E)},
    TokenRow{Token::series6, rgb(0x8E74E0), rgb(0x7F66F0), rgb(0x7F66F0)},
    TokenRow{Token::environmentProduction, rgb(0x765200), rgb(0xFFC53D), rgb(0xFFD400)},
    TokenRow{Token::onEnvironment, rgb(0xFFFFFF), rgb(0x0E1116), rgb(0x000000)},
};

constexpr bool tokenTableIsInOrder()
{
    if (tokenTable.size() != static_cast<std::size_t>(Token::count))
        return false;
    for (std::size_t at = 0; at < tokenTable.size(); ++at) {
        if (tokenTable[at].token != static_cast<Token>(at))
            return false;
    }
    return true;
}
static_assert(tokenTableIsInOrder(), "one row for each token, in the order of the enum");

double linearChannel(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double relativeLuminance(const QColor& color)
{
    return 0.2126 * linearChannel(color.redF()) + 0.7152 * linearChannel(color.greenF())
        + 0.0722 * linearChannel(color.blueF());
}

}

QColor tokenColor(Scheme scheme, Token token)
{
    if (token >= Token::count)
        return {};
    const TokenRow& row = tokenTable[static_cast<std::size_t>(token)];
    switch (scheme) {
    case Scheme::light:
        return QColor::fromRgb(row.light);
    case Scheme::dark:
        return QColor::fromRgb(row.dark);
    case Scheme::highContrast:
        break;
    }
    return QColor::fromRgb(row.highContrast);
}

double contrastRatio(const QColor& first, const QColor& second)
{
    const double one = relativeLuminance(first);
    const double other = relativeLuminance(second);
    return (std::max(one, other) + 0.05) / (std::min(one, other) + 0.05);
}

}
