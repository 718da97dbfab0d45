#include "ui/bridge/protection_words.h"

#include "core/domain/reflect.h"
#include "ui/bridge/values.h"

#include <algorithm>
#include <array>

namespace ephor::ui {

namespace {

struct ProtectionWords {
    Q_DECLARE_TR_FUNCTIONS(ProtectionWords)
};

/// How many kinds a cell names before it counts the rest.
constexpr std::size_t fewEntities = 2;

/// What the sanitizer takes out, as it names it, without case and dashes.
struct RemovedWords {
    const char* kind;
    const char* words;
};

constexpr std::array removedKinds{
    RemovedWords{"invalidutf8", QT_TRANSLATE_NOOP("ProtectionWords", "Broken characters, replaced")},
    RemovedWords{"control", QT_TRANSLATE_NOOP("ProtectionWords", "Control characters, removed")},
    RemovedWords{"tagcharacters", QT_TRANSLATE_NOOP("ProtectionWords", "Hidden letters, removed")},
    RemovedWords{"tags", QT_TRANSLATE_NOOP("ProtectionWords", "Hidden letters, removed")},
    RemovedWords{"variationselectors", QT_TRANSLATE_NOOP("ProtectionWords", "Hidden marks on letters, removed")},
    RemovedWords{"invisible", QT_TRANSLATE_NOOP("ProtectionWords", "Invisible characters, removed")},
    RemovedWords{"direction", QT_TRANSLATE_NOOP("ProtectionWords", "Marks that turn the order of reading, removed")},
    RemovedWords{"privateuse", QT_TRANSLATE_NOOP("ProtectionWords", "Characters without a meaning, removed")},
    RemovedWords{"terminalescape", QT_TRANSLATE_NOOP("ProtectionWords", "Commands to a terminal, removed")},
    RemovedWords{"hiddenmarkup", QT_TRANSLATE_NOOP("ProtectionWords", "Text hidden in markup, removed")},
    RemovedWords{"activecontent", QT_TRANSLATE_NOOP("ProtectionWords", "Scripts and other active content, removed")},
    RemovedWords{"externallink", QT_TRANSLATE_NOOP("ProtectionWords", "Links to hosts that are not allowed, removed")},
    RemovedWords{"formula", QT_TRANSLATE_NOOP("ProtectionWords", "Formulas of a spreadsheet, defused")},
    RemovedWords{"linebreak", QT_TRANSLATE_NOOP("ProtectionWords", "Line breaks, removed")},
};

QString removedWords(const QString& kind)
{
    QString plain;
    for (const QChar letter : kind) {
        if (letter.isLetterOrNumber())
            plain += letter.toLower();
    }
    for (const RemovedWords& each : removedKinds) {
        if (plain == QLatin1String(each.kind))
            return ProtectionWords::tr(each.words);
    }
    return ProtectionWords::tr("%1, removed").arg(kind);
}

}

QStringList entityClasses()
{
    return {QStringLiteral("personal"), QStringLiteral("financial"), QStringLiteral("secret"),
        QStringLiteral("technical"), QStringLiteral("custom"), QStringLiteral("instruction")};
}

QString classWords(const QString& name)
{
    if (name == QStringLiteral("personal"))
        return ProtectionWords::tr("Everything personal");
    if (name == QStringLiteral("financial"))
        return ProtectionWords::tr("Everything financial");
    if (name == QStringLiteral("secret"))
        return ProtectionWords::tr("Every password, key and token");
    if (name == QStringLiteral("technical"))
        return ProtectionWords::tr("Everything technical");
    if (name == QStringLiteral("custom"))
        return ProtectionWords::tr("Everything of our own detectors");
    if (name == QStringLiteral("instruction"))
        return ProtectionWords::tr("Signs of injected instructions");
    return {};
}

QString entityWords(const std::string& what, const Entities& known)
{
    const QString name = text(what);
    if (name.startsWith(QStringLiteral("removed:")))
        return removedWords(name.mid(int(sizeof("removed:")) - 1));
    const auto found = std::ranges::find(known, what, &KnownEntity::name);
    if (found != known.end() && !found->title.empty())
        return text(found->title);
    const QString asClass = classWords(name);
    return asClass.isEmpty() ? name : asClass;
}

QString entityList(const std::vector<std::string>& what, const Entities& known, Extent extent)
{
    QStringList words;
    for (const std::string& each : what)
        words << entityWords(each, known);
    if (words.isEmpty())
        return ProtectionWords::tr("nothing yet");
    if (extent == Extent::all || what.size() <= fewEntities + 1)
        return words.join(QStringLiteral(", "));
    return ProtectionWords::tr("%1 and %2 more")
        .arg(words.mid(0, int(fewEntities)).join(QStringLiteral(", ")))
        .arg(what.size() - fewEntities);
}

QString surfaceWords(TextSurface surface)
{
    switch (surface) {
    case TextSurface::Input:
        return ProtectionWords::tr("What the caller sends");
    case TextSurface::Model:
        return ProtectionWords::tr("What goes to the model");
    case TextSurface::Arguments:
        return ProtectionWords::tr("What goes to a tool");
    case TextSurface::Result:
        return ProtectionWords::tr("What a tool answers");
    case TextSurface::Answer:
        return ProtectionWords::tr("The answer to the caller");
    }
    return {};
}

QString surfaceList(const std::vector<TextSurface>& surfaces)
{
    if (surfaces.empty() || surfaces.size() == everySurface().size())
        return ProtectionWords::tr("Everywhere");
    QStringList words;
    for (const TextSurface surface : surfaces)
        words << surfaceWords(surface);
    return words.join(QStringLiteral(", "));
}

bool isOfTool(TextSurface surface)
{
    return surface == TextSurface::Arguments || surface == TextSurface::Result;
}

StateWords actionWords(ProtectAction action)
{
    switch (action) {
    case ProtectAction::Observe:
        return {State::info, ProtectionWords::tr("Counted")};
    case ProtectAction::Mask:
        return {State::ok, ProtectionWords::tr("Masked")};
    case ProtectAction::Tokenise:
        return {State::ok, ProtectionWords::tr("Stand-in")};
    case ProtectAction::Hash:
        return {State::ok, ProtectionWords::tr("Fixed stand-in")};
    case ProtectAction::Redact:
        return {State::ok, ProtectionWords::tr("Blacked out")};
    case ProtectAction::Ask:
        return {State::waiting, ProtectionWords::tr("Asks a person")};
    case ProtectAction::Deny:
        return {State::denied, ProtectionWords::tr("Stopped")};
    }
    return {};
}

QString actionSentence(ProtectAction action)
{
    switch (action) {
    case ProtectAction::Observe:
        return ProtectionWords::tr("The text goes on as it is; only that it was found is counted.");
    case ProtectAction::Mask:
        return ProtectionWords::tr("All but the last few characters are hidden.");
    case ProtectAction::Tokenise:
        return ProtectionWords::tr("A stand-in takes its place. Only Ephor can turn it back, where it is allowed.");
    case ProtectAction::Hash:
        return ProtectionWords::tr(
            "A stand-in takes its place, the same for the same value, which nobody can turn back.");
    case ProtectAction::Redact:
        return ProtectionWords::tr("Its kind stands in its place, as [Card number].");
    case ProtectAction::Ask:
        return ProtectionWords::tr("The call waits until a person decided. Only for what goes to a tool.");
    case ProtectAction::Deny:
        return ProtectionWords::tr("The text does not go on at all.");
    }
    return {};
}

std::vector<ProtectAction> everyAction()
{
    return {ProtectAction::Observe, ProtectAction::Mask, ProtectAction::Tokenise, ProtectAction::Hash,
        ProtectAction::Redact, ProtectAction::Ask, ProtectAction::Deny};
}

std::vector<TextSurface> everySurface()
{
    return {TextSurface::Input, TextSurface::Model, TextSurface::Arguments, TextSurface::Result, TextSurface::Answer};
}

QString flowWords(FlowMode mode)
{
    const std::string& word = wordOf(mode);
    if (word == "off")
        return ProtectionWords::tr("Let it pass");
    if (word == "observe")
        return ProtectionWords::tr("Only record it");
    if (word == "ask")
        return ProtectionWords::tr("Ask a person");
    return word == "deny" ? ProtectionWords::tr("Stop the call") : text(word);
}

std::vector<FlowMode> everyFlow()
{
    std::vector<FlowMode> modes;
    for (std::size_t at = 0; at < typeOf<FlowMode>().words.size(); ++at)
        modes.push_back(FlowMode(at));
    return modes;
}

QString answerModeWords(FlowMode mode)
{
    switch (mode) {
    case FlowMode::Off:
        return ProtectionWords::tr("Let it pass");
    case FlowMode::Observe:
        return ProtectionWords::tr("Only record it");
    case FlowMode::Ask:
        return ProtectionWords::tr("Refuse it (as \u201Cask\u201D does)");
    case FlowMode::Deny:
        return ProtectionWords::tr("Refuse it");
    }
    return {};
}

StateWords triedWords(const std::string& word)
{
    if (word == "allow")
        return {State::ok, ProtectionWords::tr("Goes on as it is")};
    if (word == "transform")
        return {State::warning, ProtectionWords::tr("Goes on changed")};
    if (word == "ask")
        return {State::waiting, ProtectionWords::tr("Waits for a person")};
    if (word == "deny")
        return {State::denied, ProtectionWords::tr("Does not go on")};
    return {State::unknown, ProtectionWords::tr("Not known")};
}

}
