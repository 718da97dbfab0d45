#include "ui/kit/state.h"

#include <QCoreApplication>

#include <array>
#include <cstddef>

namespace ephor::ui {

namespace {

struct Look {
    State state;
    const char* word; ///< empty: whoever shows it brings one
    Icon icon;
    Token glyph;
    Token text;
    Token fill;
    Token onFill;
};

constexpr const char* noWord = "";

// In the order of the states.
constexpr std::array looks{
    Look{State::ok, QT_TRANSLATE_NOOP("State", "Healthy"), Icon::stateOk, Token::ok, Token::textSecondary,
        Token::badgeOk, Token::ok},
    Look{State::running, QT_TRANSLATE_NOOP("State", "Running"), Icon::stateRunning, Token::info, Token::badgeInfoText,
        Token::badgeInfo, Token::badgeInfoText},
    Look{State::waiting, QT_TRANSLATE_NOOP("State", "Waiting"), Icon::stateWaiting, Token::warn, Token::warn,
        Token::badgeWarn, Token::warn},
    Look{State::warning, QT_TRANSLATE_NOOP("State", "Warning"), Icon::stateWarning, Token::warn, Token::warn,
        Token::badgeWarn, Token::warn},
    Look{State::failed, QT_TRANSLATE_NOOP("State", "Failed"), Icon::stateFailed, Token::error, Token::badgeErrorText,
        Token::badgeError, Token::badgeErrorText},
    Look{State::denied, QT_TRANSLATE_NOOP("State", "Denied"), Icon::stateDenied, Token::error, Token::badgeErrorText,
        Token::badgeError, Token::badgeErrorText},
    Look{State::paused, QT_TRANSLATE_NOOP("State", "Paused"), Icon::statePaused, Token::textMuted, Token::textSecondary,
        Token::badgeNeutral, Token::badgeNeutralText},
    Look{State::draft, QT_TRANSLATE_NOOP("State", "Draft"), Icon::stateDraft, Token::textMuted, Token::textMuted,
        Token::badgeNeutral, Token::badgeNeutralText},
    Look{State::unknown, QT_TRANSLATE_NOOP("State", "Unknown"), Icon::stateUnknown, Token::textMuted, Token::textMuted,
        Token::badgeNeutral, Token::badgeNeutralText},
    Look{State::info, noWord, Icon::info, Token::info, Token::textSecondary, Token::badgeInfo, Token::badgeInfoText},
    Look{State::neutral, noWord, Icon::none, Token::textMuted, Token::textSecondary, Token::badgeNeutral,
        Token::badgeNeutralText},
};

static_assert([] {
    for (std::size_t i = 0; i < looks.size(); ++i) {
        if (std::size_t(looks[i].state) != i)
            return false;
    }
    return looks.back().state == State::neutral;
}());

const Look& lookOf(State state)
{
    return looks[std::size_t(state)];
}

}

QString stateWord(State state)
{
    const char* const word = lookOf(state).word;
    return *word == '\0' ? QString() : QCoreApplication::translate("State", word);
}

Icon stateIcon(State state)
{
    return lookOf(state).icon;
}

Token stateToken(State state)
{
    return lookOf(state).glyph;
}

Token stateTextToken(State state)
{
    return lookOf(state).text;
}

Token badgeFill(State state)
{
    return lookOf(state).fill;
}

Token badgeText(State state)
{
    return lookOf(state).onFill;
}

}
