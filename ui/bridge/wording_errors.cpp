#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"

#include <algorithm>
#include <array>

namespace ephor::ui {

namespace {

struct ErrorWording {
    Q_DECLARE_TR_FUNCTIONS(ErrorWording)
};

/// Errors whose own sentence does not say enough to somebody who sits before the console.
struct WordedError {
    std::string_view code;
    const char* cause;
    const char* hint;
};

constexpr std::array<WordedError, 9> worded{{
    {"remote.unreachable", QT_TRANSLATE_NOOP("ErrorWording", "The workspace does not answer."),
        QT_TRANSLATE_NOOP("ErrorWording", "It is tried again; what you see may be out of date.")},
    {"session.expired", QT_TRANSLATE_NOOP("ErrorWording", "Your session has expired."),
        QT_TRANSLATE_NOOP("ErrorWording", "Sign in again; you come back to this page.")},
    {"session.ended", QT_TRANSLATE_NOOP("ErrorWording", "Your session was ended."),
        QT_TRANSLATE_NOOP("ErrorWording", "Sign in again; you come back to this page.")},
    {"session.refused", QT_TRANSLATE_NOOP("ErrorWording", "The login or the password is not right."),
        QT_TRANSLATE_NOOP("ErrorWording", "After five failures in a minute a login waits a minute.")},
    {"change.author", QT_TRANSLATE_NOOP("ErrorWording", "You wrote this change, so you cannot approve it."),
        QT_TRANSLATE_NOOP("ErrorWording", "Ask another officer.")},
    {"change.moved-on", QT_TRANSLATE_NOOP("ErrorWording", "This change was edited after you opened it."),
        QT_TRANSLATE_NOOP("ErrorWording", "Look at it as it is now, then decide.")},
    {"definition.moved-on", QT_TRANSLATE_NOOP("ErrorWording", "Somebody saved a newer version meanwhile."),
        QT_TRANSLATE_NOOP("ErrorWording", "Compare with it, then save yours on top of it.")},
    {"grant.loosens",
        QT_TRANSLATE_NOOP("ErrorWording", "This would allow more than now, so it cannot be done at once."),
        QT_TRANSLATE_NOOP("ErrorWording", "Make it part of a change.")},
    {"store.locked", QT_TRANSLATE_NOOP("ErrorWording", "Another program has this workspace open."),
        QT_TRANSLATE_NOOP("ErrorWording", "Close it, or connect to it.")},
}};

/// What mends an error that does not say it itself.
QString usualMend(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Invalid:
        return ErrorWording::tr("Correct it and try again.");
    case ErrorKind::Unauthenticated:
        return ErrorWording::tr("Sign in again.");
    case ErrorKind::Forbidden:
        return ErrorWording::tr("Ask somebody whose role includes it.");
    case ErrorKind::NotFound:
        return ErrorWording::tr("Go back to the list and choose again: it may be gone.");
    case ErrorKind::Conflict:
        return ErrorWording::tr("Look at it as it is now, then try again.");
    case ErrorKind::TooLarge:
        return ErrorWording::tr("Make it smaller and try again.");
    case ErrorKind::Exhausted:
    case ErrorKind::Unavailable:
    case ErrorKind::Timeout:
        return ErrorWording::tr("Wait a moment, then try again.");
    case ErrorKind::CheckFailed:
        return ErrorWording::tr("Keep everything as it is, and tell whoever answers for the record.");
    case ErrorKind::Internal:
        return ErrorWording::tr("Try again; if it stays, give this code to whoever runs Ephor.");
    case ErrorKind::Cancelled:
        break;
    }
    return {};
}

}

ErrorText errorText(const Error& error)
{
    ErrorText words;
    words.cause = text(error.message);
    words.hint = text(error.hint);
    words.id = text(error.code);
    const auto known = std::find_if(
        worded.begin(), worded.end(), [&error](const WordedError& entry) { return entry.code == error.code; });
    if (known != worded.end()) {
        words.cause = ErrorWording::tr(known->cause);
        words.hint = ErrorWording::tr(known->hint);
    }
    if (words.hint.isEmpty())
        words.hint = usualMend(error.kind);
    for (const auto& [name, value] : error.fields) {
        if (name == "verdict" || name == "request" || name == "id")
            words.id += QStringLiteral(" · ") + text(value);
    }
    return words;
}

QString errorLine(const Error& error)
{
    const ErrorText words = errorText(error);
    return words.hint.isEmpty() ? words.cause : words.cause + QLatin1Char(' ') + words.hint;
}

bool mayRetry(const Error& error)
{
    return error.kind == ErrorKind::Unavailable || error.kind == ErrorKind::Timeout
        || error.kind == ErrorKind::Exhausted;
}

}
