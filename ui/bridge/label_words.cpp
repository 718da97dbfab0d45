#include "ui/bridge/label_words.h"

#include "ui/kit/badge.h"
#include "ui/kit/chip.h"

namespace ephor::ui {

namespace {

struct LabelWords {
    Q_DECLARE_TR_FUNCTIONS(LabelWords)
};

}

StateWords trustWords(std::optional<Integrity> trust)
{
    if (!trust)
        return {State::unknown, LabelWords::tr("Trust unknown")};
    if (*trust == Integrity::Trusted)
        return {State::ok, LabelWords::tr("Trusted")};
    return {State::warning, LabelWords::tr("Untrusted")};
}

QString trustMeaning(std::optional<Integrity> trust)
{
    if (!trust)
        return LabelWords::tr("The record does not say who could have written it. It counts as untrusted.");
    if (*trust == Integrity::Trusted)
        return LabelWords::tr("Somebody who has signed in, or a governed definition, answers for it.");
    return LabelWords::tr("Anybody may have written it. It never gives a right.");
}

QString sensitivityWords(std::optional<Confidentiality> sensitivity)
{
    if (!sensitivity)
        return LabelWords::tr("Sensitivity unknown");
    switch (*sensitivity) {
    case Confidentiality::Public:
        return LabelWords::tr("Public");
    case Confidentiality::Internal:
        return LabelWords::tr("Internal");
    case Confidentiality::Confidential:
        return LabelWords::tr("Confidential");
    case Confidentiality::Secret:
        return LabelWords::tr("Secret");
    }
    return {};
}

QString sensitivityMeaning(std::optional<Confidentiality> sensitivity)
{
    if (!sensitivity)
        return LabelWords::tr("The record does not say who may read it. It counts as secret.");
    switch (*sensitivity) {
    case Confidentiality::Public:
        return LabelWords::tr("Anybody may read it.");
    case Confidentiality::Internal:
        return LabelWords::tr("For people of the company.");
    case Confidentiality::Confidential:
        return LabelWords::tr("Personal data, account numbers, the company's own matters: for those who need it.");
    case Confidentiality::Secret:
        return LabelWords::tr("Passwords and keys, and what a tool returned that says nothing about it.");
    }
    return {};
}

Icon sensitivityIcon(std::optional<Confidentiality> sensitivity)
{
    if (!sensitivity)
        return Icon::stateUnknown;
    switch (*sensitivity) {
    case Confidentiality::Public:
        return Icon::eye;
    case Confidentiality::Internal:
        return Icon::team;
    case Confidentiality::Confidential:
        return Icon::lock;
    case Confidentiality::Secret:
        return Icon::key;
    }
    return Icon::stateUnknown;
}

StatusBadge* makeTrustMark(std::optional<Integrity> trust, QWidget* parent)
{
    const StateWords words = trustWords(trust);
    auto* mark = new StatusBadge(words.state, words.words, parent);
    mark->setToolTip(trustMeaning(trust));
    return mark;
}

Chip* makeSensitivityMark(std::optional<Confidentiality> sensitivity, QWidget* parent)
{
    auto* mark = new Chip(sensitivityWords(sensitivity), parent);
    mark->setGlyph(sensitivityIcon(sensitivity));
    mark->setToolTip(sensitivityMeaning(sensitivity));
    return mark;
}

}
