#include "ui/shell/notice_centre.h"

#include <QWidget>
#include <algorithm>

namespace ephor::ui {

NoticeCentre::NoticeCentre(QWidget* toastParent)
    : QObject(toastParent)
    , m_toastParent(toastParent)
{
}

void NoticeCentre::add(Notice notice)
{
    if (!notice.id.isEmpty())
        std::erase_if(m_notices, [&notice](const Notice& known) { return known.id == notice.id; });
    if (m_toastParent->isVisible())
        connect(Toast::show(m_toastParent, notice), &Toast::actionTriggered, this, &NoticeCentre::opened);
    m_notices.insert(m_notices.begin(), std::move(notice));
    if (m_notices.size() > largestNoticeList)
        m_notices.pop_back();
    Q_EMIT changed();
}

void NoticeCentre::markAllRead()
{
    for (Notice& notice : m_notices)
        notice.read = Notice::Read::yes;
    Q_EMIT changed();
}

int NoticeCentre::unread() const
{
    return static_cast<int>(std::count_if(
        m_notices.begin(), m_notices.end(), [](const Notice& notice) { return notice.read == Notice::Read::no; }));
}

}
