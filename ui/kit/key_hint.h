#pragma once

#include <QWidget>

namespace ephor::ui {

/// A keycap: "Ctrl K".
class KeyHint : public QWidget {
    Q_OBJECT

public:
    explicit KeyHint(const QString& keys, QWidget* parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_keys;
};

/// Grey bars in place of text that is on its way; shown only after 150 ms, so that quick answers do not flicker.
class Skeleton : public QWidget {
    Q_OBJECT

public:
    explicit Skeleton(int lines = 3, QWidget* parent = nullptr);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    int m_lines;
    bool m_visibleNow = false;
};

}
