#pragma once

#include <QTimer>
#include <functional>
#include <utility>

namespace ephor::ui {

/// Does something at most once in a stretch of time: at once after a quiet one, else when the stretch is over. UI
/// thread only.
class Paced {
public:
    Paced(int milliseconds, std::function<void()> act)
        : m_act(std::move(act))
    {
        m_stretch.setSingleShot(true);
        m_stretch.setInterval(milliseconds);
        QObject::connect(&m_stretch, &QTimer::timeout, &m_stretch, [this] {
            if (std::exchange(m_again, false))
                run();
        });
    }

    void want()
    {
        if (m_stretch.isActive())
            m_again = true;
        else
            run();
    }
    /// Whether it will be done again when the stretch is over.
    bool isPending() const { return m_again; }

private:
    void run()
    {
        m_stretch.start();
        m_act();
    }

    std::function<void()> m_act;
    QTimer m_stretch;
    bool m_again = false;
};

}
