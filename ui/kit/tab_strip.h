#pragma once

#include <QStringList>
#include <QVector>
#include <QWidget>

namespace ephor::ui {

/// Tabs of a place: words with an optional grey count. Left and right arrows move, Home and End jump.
class TabStrip : public QWidget {
    Q_OBJECT

public:
    explicit TabStrip(const QString& accessibleName, QWidget* parent = nullptr);

    int addTab(const QString& label, const QString& count = {});
    void setCount(int index, const QString& count);
    void setCurrent(int index);
    int current() const { return m_current; }
    int size() const { return static_cast<int>(m_tabs.size()); }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void currentChanged(int index);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Tab {
        QString label;
        QString count;
    };
    int tabWidth(const Tab& tab, bool current) const;

    QVector<Tab> m_tabs;
    int m_current = 0;
};

}
