#pragma once

#include "core/api/audit.h"
#include "ui/kit/state.h"

#include <QDateTime>
#include <QString>
#include <optional>

namespace ephor::ui::assurance {

/// What the integrity card says.
struct IntegrityWords {
    State state = State::unknown;
    QString headline; ///< "Record verified to #1,284,022"
    QString detail; ///< head, outside copy, how much was checked
    std::optional<std::uint64_t> faultIndex; ///< the first bad entry, where it is known
    bool operator==(const IntegrityWords&) const = default;
};

/// Words for how far the record is known to be whole. Officers read these, so there is no tile and no tree in them.
IntegrityWords integrityWords(const RecordStatus& status, const QDateTime& now);
/// "outside copy up to #1,000, 14 m ago" or "no outside copy yet".
QString outsideCopyWords(const RecordStatus& status, const QDateTime& now);
/// "#1,284,022"; a dash where there is no entry yet. `size` counts entries, their numbers begin at 0.
QString lastEntryText(std::uint64_t size);

}
