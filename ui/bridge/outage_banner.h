#pragma once

#include "core/api/protection.h"
#include "ui/bridge/request.h"
#include "ui/bridge/screen.h"

#include <QDateTime>
#include <QWidget>

namespace ephor::ui {

class Banner;

/// The outage that lasts, the one that holds back most first; null where nothing is held back now.
const Outage* lastingOutage(const std::vector<Outage>& outages);
/// "Since Mon 16 Mar 2026, 02:04:00 CET (12 h ago), 4,113 calls and texts held back." With how many other troubles.
QString outageDetail(const Outage& outage, std::size_t others, const QDateTime& now);

/// One line over a page while Ephor holds calls back because a part of it fails; nothing otherwise.
class OutageBanner : public QWidget {
    Q_OBJECT

public:
    explicit OutageBanner(QWidget* parent = nullptr);

    /// Asks again. Where that fails, what was shown stays.
    void load(ScreenContext& context);
    /// A word at the right that leads on.
    void setAction(const QString& words);

Q_SIGNALS:
    void actionTriggered();

private:
    void show(const std::vector<Outage>& outages, const QDateTime& now);

    Banner* m_banner;
    Latest m_read;
};

}
