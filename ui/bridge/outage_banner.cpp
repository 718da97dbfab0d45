#include "ui/bridge/outage_banner.h"

#include "ui/bridge/values.h"
#include "ui/kit/inline_error.h"

#include <QVBoxLayout>
#include <algorithm>

namespace ephor::ui {

const Outage* lastingOutage(const std::vector<Outage>& outages)
{
    const Outage* worst = nullptr;
    for (const Outage& outage : outages) {
        if (outage.lasting && (!worst || outage.blocked > worst->blocked))
            worst = &outage;
    }
    return worst;
}

QString outageDetail(const Outage& outage, std::size_t others, const QDateTime& now)
{
    QString words = OutageBanner::tr("Since %1 (%2).").arg(absoluteTime(outage.since), relativeTime(outage.since, now));
    words += QLatin1Char(' ')
        + counted(outage.blocked, OutageBanner::tr("1 call or text is held back."),
            OutageBanner::tr("%1 calls and texts are held back."));
    if (others > 0)
        words += QLatin1Char(' ')
            + counted(others, OutageBanner::tr("One more trouble lasts."), OutageBanner::tr("%1 more troubles last."));
    return words;
}

OutageBanner::OutageBanner(QWidget* parent)
    : QWidget(parent)
    , m_banner(new Banner(State::failed, {}, {}, this))
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(m_banner);
    connect(m_banner, &Banner::actionTriggered, this, &OutageBanner::actionTriggered);
    hide();
}

void OutageBanner::setAction(const QString& words)
{
    m_banner->setAction(words);
}

void OutageBanner::load(ScreenContext& context)
{
    m_read.request<ListOutages>(
        this, context.session, {}, [this, now = context.now](Result<ListOutages::Response> answer) {
            if (answer)
                show(answer->outages, now());
        });
}

void OutageBanner::show(const std::vector<Outage>& outages, const QDateTime& now)
{
    const Outage* worst = lastingOutage(outages);
    setVisible(worst != nullptr);
    if (!worst)
        return;
    const auto lasting = std::size_t(std::ranges::count(outages, true, &Outage::lasting));
    const QString detail = outageDetail(*worst, lasting - 1, now);
    m_banner->setText(State::failed, text(worst->sentence), detail);
    setToolTip(text(worst->sentence) + u'\n' + detail);
}

}
