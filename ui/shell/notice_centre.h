#pragma once

#include "ui/kit/notice.h"

#include <QObject>
#include <QSet>

namespace ephor::ui {

/// Notices kept behind the bell.
constexpr std::size_t largestNoticeList = 100;

/// What happened while the person looked elsewhere: kept for the bell, newest first, and shown once as a toast.
class NoticeCentre : public QObject {
    Q_OBJECT

public:
    explicit NoticeCentre(QWidget* toastParent);

    /// `at` is filled in by the caller's clock. A notice with an id known already replaces that one.
    void add(Notice notice);
    void markAllRead();
    const std::vector<Notice>& notices() const { return m_notices; }
    int unread() const;

Q_SIGNALS:
    void changed();
    void opened(const QString& route);

private:
    QWidget* m_toastParent;
    std::vector<Notice> m_notices;
};

}
