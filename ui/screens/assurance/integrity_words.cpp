#include "ui/screens/assurance/integrity_words.h"

#include "ui/bridge/values.h"
#include "ui/kit/format.h"

#include <QCoreApplication>
#include <QStringList>

namespace ephor::ui::assurance {

namespace {

struct IntegrityWording {
    Q_DECLARE_TR_FUNCTIONS(IntegrityWording)
};

QString separated(const QStringList& parts)
{
    return parts.join(QStringLiteral(" · "));
}

QString checkedWords(const RecordStatus& status, const QDateTime& now)
{
    const bool all = status.verified == status.size;
    const QString share = all ? IntegrityWording::tr("all entries")
                              : numberText(status.verified)
            + counted(status.size, IntegrityWording::tr(" of 1 entry"), IntegrityWording::tr(" of %1 entries"));
    if (status.verifiedAt == Instant{} || status.verified == 0)
        return IntegrityWording::tr("%1 checked").arg(share);
    return IntegrityWording::tr("%1 checked %2").arg(share, relativeTime(status.verifiedAt, now));
}

QString headWords(const RecordStatus& status, const QDateTime& now)
{
    if (status.headSize == 0)
        return IntegrityWording::tr("no signed head yet");
    return IntegrityWording::tr("signed head at %1, %2")
        .arg(lastEntryText(status.headSize), relativeTime(status.headAt, now));
}

}

QString lastEntryText(std::uint64_t size)
{
    return size == 0 ? format::unknown() : QLatin1Char('#') + numberText(size - 1);
}

QString outsideCopyWords(const RecordStatus& status, const QDateTime& now)
{
    if (!status.outsideCopy || *status.outsideCopy == 0)
        return IntegrityWording::tr("no outside copy yet");
    return IntegrityWording::tr("outside copy up to %1, %2")
        .arg(lastEntryText(*status.outsideCopy), relativeTime(status.outsideCopyAt, now));
}

IntegrityWords integrityWords(const RecordStatus& status, const QDateTime& now)
{
    IntegrityWords words;
    QStringList detail;
    if (!status.fault.empty()) {
        words.state = State::failed;
        words.faultIndex = status.faultIndex;
        words.headline = status.faultIndex
            ? IntegrityWording::tr("Record broken at entry #%1").arg(numberText(status.faultIndex))
            : IntegrityWording::tr("Record broken");
        detail << text(status.fault);
    } else if (status.verified == 0) {
        words.state = State::unknown;
        words.headline = status.size == 0 ? IntegrityWording::tr("The record is empty")
                                          : IntegrityWording::tr("Record not verified yet");
    } else {
        words.state = State::ok;
        words.headline = IntegrityWording::tr("Record verified to %1").arg(lastEntryText(status.verified));
    }
    detail << headWords(status, now) << outsideCopyWords(status, now) << checkedWords(status, now);
    if (status.simulatedClock)
        detail << IntegrityWording::tr("simulated clock");
    words.detail = separated(detail);
    return words;
}

}
