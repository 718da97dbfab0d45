#pragma once

#include "core/base/error.h"

#include <QDateTime>
#include <QWidget>

class QStackedLayout;

namespace ephor::ui {

class Banner;

/// What stands where content that is asked for goes: nothing for a moment, then a skeleton, then the content; an error
/// in its place with a way to try again; or something else, such as an EmptyState. Content that was shown once stays
/// while it is asked for again, and gets a line saying that it is stale when that fails.
class LoadView : public QWidget {
    Q_OBJECT

public:
    /// Takes `content`.
    explicit LoadView(QWidget* content, int skeletonLines = 4, QWidget* parent = nullptr);

    /// Asking begins: forgets content of something else, so that one thing is never shown as another.
    void beginNew();
    /// Asking begins again for the same thing.
    void beginAgain();
    /// The content is filled and right as of `at`.
    void showContent(const QDateTime& at);
    /// Instead of content; takes the widget and deletes the one before.
    void showInstead(QWidget* widget, const QDateTime& at);
    void showError(const Error& error);

    bool isShowingContent() const;

Q_SIGNALS:
    void retryRequested();

private:
    void showOther(QWidget* widget);

    QStackedLayout* m_stack;
    Banner* m_stale;
    QWidget* m_content;
    QWidget* m_other = nullptr; ///< skeleton, error or what stands instead
    int m_skeletonLines;
    bool m_isWaiting = false;
    QDateTime m_rightAt;
};

}
