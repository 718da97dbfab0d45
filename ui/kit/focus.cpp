#include "ui/kit/focus.h"

#include <QAbstractScrollArea>
#include <QApplication>
#include <QFocusEvent>
#include <QKeyEvent>
#include <QPointer>
#include <QWidget>

namespace ephor::ui {

namespace {

bool movesFocus(int key)
{
    switch (key) {
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_Home:
    case Qt::Key_End:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
    case Qt::Key_Space:
        return true;
    default:
        return false;
    }
}

class FocusWatch : public QObject {
public:
    using QObject::QObject;

    bool eventFilter(QObject* object, QEvent* event) override
    {
        switch (event->type()) {
        case QEvent::FocusIn:
            hear(static_cast<QFocusEvent*>(event)->reason());
            repaintFrame(object);
            break;
        case QEvent::FocusOut:
            repaintFrame(object);
            break;
        case QEvent::KeyPress:
            if (movesFocus(static_cast<QKeyEvent*>(event)->key()))
                show(true);
            break;
        case QEvent::MouseButtonPress:
            show(false);
            break;
        default:
            break;
        }
        return QObject::eventFilter(object, event);
    }

    bool isShown() const { return m_isShown; }

private:
    /// A scroll area updates its viewport alone; the ring is around both.
    static void repaintFrame(QObject* object)
    {
        if (auto* area = qobject_cast<QAbstractScrollArea*>(object))
            area->update();
    }

    void hear(Qt::FocusReason reason)
    {
        // Qt gives Tab as the reason also when the focus leaves a page that is hidden; the key itself is heard above.
        if (reason == Qt::ShortcutFocusReason)
            m_isShown = true;
        else if (reason == Qt::MouseFocusReason)
            m_isShown = false;
    }

    void show(bool shown)
    {
        if (shown == m_isShown)
            return;
        m_isShown = shown;
        if (QWidget* widget = QApplication::focusWidget()) {
            widget->update();
            // Views paint in their viewport.
            for (QObject* child : widget->children()) {
                if (auto* inside = qobject_cast<QWidget*>(child))
                    inside->update();
            }
        }
    }

    bool m_isShown = false;
};

QPointer<FocusWatch> focusWatch;

}

void watchFocus()
{
    if (focusWatch)
        return;
    focusWatch = new FocusWatch(qApp);
    qApp->installEventFilter(focusWatch);
}

bool showsFocus(const QWidget* widget)
{
    return widget && widget->hasFocus() && focusWatch && focusWatch->isShown();
}

}
