#pragma once

#include <QWidget>
#include <optional>
#include <vector>

namespace ephor::ui {

/// A strip of bars over a span of time; the window of rows on screen is framed. Clicking or the arrow keys seek.
class TimeRuler : public QWidget {
    Q_OBJECT

public:
    /// How many rows fall into a bucket, and how many of them are trouble.
    struct Bucket {
        double total = 0;
        double trouble = 0;
    };

    explicit TimeRuler(const QString& accessibleName, QWidget* parent = nullptr);

    /// Buckets of equal length between two instants, in milliseconds since the epoch.
    void setBuckets(qint64 fromMsecs, qint64 toMsecs, std::vector<Bucket> buckets);
    /// Frames what the table shows now.
    void setWindow(qint64 fromMsecs, qint64 toMsecs);

    QSize sizeHint() const override { return {400, 56}; }
    QSize minimumSizeHint() const override { return {160, 56}; }

Q_SIGNALS:
    void seekRequested(qint64 msecs);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    double xOf(qint64 msecs) const;
    void seekTo(double x);

    qint64 m_from = 0;
    qint64 m_to = 0;
    std::vector<Bucket> m_buckets;
    std::optional<std::pair<qint64, qint64>> m_window;
};

}
