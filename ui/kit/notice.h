#pragma once

#include "ui/kit/state.h"

#include <QDateTime>
#include <QFrame>
#include <functional>
#include <vector>

class QVBoxLayout;

namespace ephor::ui {

/// Something that happened while the person was elsewhere.
struct Notice {
    QString id;
    State state = State::info;
    QString title;
    QString text = {};
    QDateTime at = {};
    QString route = {}; ///< where it leads
    QString action = {}; ///< word on its button
    enum class Read { no, yes } read = Read::no;
};

/// A notice over the lower right corner of its parent, gone after a while unless it tells of trouble. Never the only
/// place a thing is told.
class Toast : public QFrame {
    Q_OBJECT

public:
    /// Shows a toast over `parent`; deletes itself.
    static Toast* show(QWidget* parent, const Notice& notice);

Q_SIGNALS:
    void actionTriggered(const QString& route);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Toast(QWidget* parent, const Notice& notice);
};

/// The list behind the bell.
class NotificationList : public QWidget {
    Q_OBJECT

public:
    explicit NotificationList(QWidget* parent = nullptr);

    /// Newest first; `now` is the clock the ages are told by.
    void setNotices(const std::vector<Notice>& notices, const QDateTime& now);

Q_SIGNALS:
    void noticeOpened(const QString& route);
    void markAllReadRequested();

private:
    class ItemList* m_list;
    std::vector<Notice> m_notices;
    class LinkLabel* m_markRead;
};

/// Work that goes on in the background.
struct Job {
    QString id;
    QString title;
    QString detail = {};
    double fraction = -1; ///< 0 to 1; negative where it cannot be known
    State state = State::running;
};

/// The list behind the job cell of the status bar.
class JobList : public QWidget {
    Q_OBJECT

public:
    explicit JobList(QWidget* parent = nullptr);

    void setJobs(const std::vector<Job>& jobs);

Q_SIGNALS:
    void cancelRequested(const QString& id);
    void jobOpened(const QString& id);

private:
    QVBoxLayout* m_rows;
};

}
