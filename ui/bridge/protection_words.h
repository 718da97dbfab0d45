#pragma once

#include "core/api/protection.h"
#include "ui/bridge/wording.h"

#include <QString>
#include <vector>

/// Words for what a protection looks for, where, and what becomes of it. Pure.
namespace ephor::ui {

using Entities = std::vector<KnownEntity>;

/// The classes that rules may name instead of single kinds, as they are stored.
QStringList entityClasses();
/// "Everything financial"; empty where it is no class.
QString classWords(const QString& name);
/// What a rule or a count names, as people read it: the title of a kind, a class, "Signs of injected instructions",
/// "Invisible characters, removed" for "removed:invisible". A name not known here keeps its own letters.
QString entityWords(const std::string& what, const Entities& known);
/// "Card number, IBAN and 3 more"; all of them where `all` is asked for.
enum class Extent { brief, all };
QString entityList(const std::vector<std::string>& what, const Entities& known, Extent extent);

QString surfaceWords(TextSurface surface); ///< "What a tool answers"
/// "Everywhere" for none.
QString surfaceList(const std::vector<TextSurface>& surfaces);
/// Whether texts there belong to a tool.
bool isOfTool(TextSurface surface);

StateWords actionWords(ProtectAction action); ///< "Masked"
QString actionSentence(ProtectAction action); ///< what it means, in a sentence
std::vector<ProtectAction> everyAction();
std::vector<TextSurface> everySurface();

/// Of a rule over what a run has read: "Only record it".
QString flowWords(FlowMode mode);
std::vector<FlowMode> everyFlow();
/// Of a rule over an answer, which cannot wait: asking refuses it.
QString answerModeWords(FlowMode mode);

/// "allow", "transform", "ask" or "deny" of a trial.
StateWords triedWords(const std::string& word);

}
