#pragma once

#include <QStringList>
#include <QWidget>

namespace ephor::ui {

/// Two to five exclusive choices in one bar. Arrow keys move the choice.
class Segmented : public QWidget {
    Q_OBJECT

public:
    Segmented(const QString& accessibleName, const QStringList& labels, QWidget* parent = nullptr);

    void setLabels(const QStringList& labels);
    void setCurrent(int index);
    int current() const { return m_current; }
    /// 24 px instead of 28, for card headers.
    void setCompact();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void currentChanged(int index);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    int segmentWidth(int index) const;

    QStringList m_labels;
    int m_current = 0;
    int m_height = 28;
};

}
