#pragma once

#include "core/domain/protection.h"
#include "ui/bridge/wording.h"

#include <QString>
#include <optional>

class QWidget;

/// Words for how far a text may be trusted and who may read it. What is not known is said to be unknown, never shown
/// as harmless.
namespace ephor::ui {

class Chip;
class StatusBadge;

StateWords trustWords(std::optional<Integrity> trust); ///< "Untrusted"; "Trust unknown"
QString trustMeaning(std::optional<Integrity> trust);
QString sensitivityWords(std::optional<Confidentiality> sensitivity); ///< "Confidential"; "Sensitivity unknown"
QString sensitivityMeaning(std::optional<Confidentiality> sensitivity);
/// Each its own, so that they are told apart without colour.
Icon sensitivityIcon(std::optional<Confidentiality> sensitivity);

/// The two marks as widgets, with what they mean under the mouse.
StatusBadge* makeTrustMark(std::optional<Integrity> trust, QWidget* parent = nullptr);
Chip* makeSensitivityMark(std::optional<Confidentiality> sensitivity, QWidget* parent = nullptr);

}
