#include "ui/kit/state.h"

#include <QCoreApplication>

namespace ephor::ui {

QString stateWord(State state)
{
    const auto word = [](const char* text) { return QCoreApplication::translate("State", text); };
    switch (state) {
    case State::ok:
        return word(QT_TRANSLATE_NOOP("State", "Healthy"));
    case State::running:
        return word(QT_TRANSLATE_NOOP("State", "Running"));
    case State::waiting:
        return word(QT_TRANSLATE_NOOP("State", "Waiting"));
    case State::warning:
        return word(QT_TRANSLATE_NOOP("State", "Warning"));
    case State::failed:
        return word(QT_TRANSLATE_NOOP("State", "Failed"));
    case State::denied:
        return word(QT_TRANSLATE_NOOP("State", "Denied"));
    case State::paused:
        return word(QT_TRANSLATE_NOOP("State", "Paused"));
    case State::draft:
        return word(QT_TRANSLATE_NOOP("State", "Draft"));
    case State::unknown:
        return word(QT_TRANSLATE_NOOP("State", "Unknown"));
    case State::info:
    case State::neutral:
        break;
    }
    return {};
}

Icon stateIcon(State state)
{
    switch (state) {
    case State::ok:
        return Icon::stateOk;
    case State::running:
        return Icon::stateRunning;
    case State::waiting:
        return Icon::stateWaiting;
    case State::warning:
        return Icon::stateWarning;
    case State::failed:
        return Icon::stateFailed;
    case State::denied:
        return Icon::stateDenied;
    case State::paused:
        return Icon::statePaused;
    case State::draft:
        return Icon::stateDraft;
    case State::unknown:
        return Icon::stateUnknown;
    case State::info:
        return Icon::info;
    case State::neutral:
        break;
    }
    return Icon::none;
}

Token stateToken(State state)
{
    switch (state) {
    case State::ok:
        return Token::ok;
    case State::running:
    case State::info:
        return Token::info;
    case State::waiting:
    case State::warning:
        return Token::warn;
    case State::failed:
    case State::denied:
        return Token::error;
    case State::paused:
    case State::draft:
    case State::unknown:
    case State::neutral:
        break;
    }
    return Token::textMuted;
}

Token stateTextToken(State state)
{
    switch (state) {
    case State::waiting:
    case State::warning:
        return Token::warn;
    case State::failed:
    case State::denied:
        return Token::badgeErrorText;
    case State::running:
        return Token::badgeInfoText;
    case State::draft:
    case State::unknown:
        return Token::textMuted;
    case State::ok:
    case State::paused:
    case State::info:
    case State::neutral:
        break;
    }
    return Token::textSecondary;
}

Token badgeFill(State state)
{
    switch (state) {
    case State::ok:
        return Token::badgeOk;
    case State::waiting:
    case State::warning:
        return Token::badgeWarn;
    case State::failed:
    case State::denied:
        return Token::badgeError;
    case State::running:
    case State::info:
        return Token::badgeInfo;
    case State::paused:
    case State::draft:
    case State::unknown:
    case State::neutral:
        break;
    }
    return Token::badgeNeutral;
}

Token badgeText(State state)
{
    switch (state) {
    case State::ok:
        return Token::ok;
    case State::waiting:
    case State::warning:
        return Token::warn;
    case State::failed:
    case State::denied:
        return Token::badgeErrorText;
    case State::running:
    case State::info:
        return Token::badgeInfoText;
    case State::paused:
    case State::draft:
    case State::unknown:
    case State::neutral:
        break;
    }
    return Token::badgeNeutralText;
}

}
