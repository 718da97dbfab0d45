#pragma once

#include <QLayout>
#include <QList>

namespace ephor::ui {

/// Widgets beside each other that go on in a next line where the room ends, as chips and badges do. Each is as large as
/// its size hint.
class FlowLayout : public QLayout {
public:
    explicit FlowLayout(QWidget* parent = nullptr);
    ~FlowLayout() override;

    void addItem(QLayoutItem* item) override;
    int count() const override { return int(m_items.size()); }
    QLayoutItem* itemAt(int index) const override { return m_items.value(index); }
    QLayoutItem* takeAt(int index) override;
    Qt::Orientations expandingDirections() const override { return {}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSize() const override;
    void setGeometry(const QRect& rect) override;

private:
    struct Place {
        QLayoutItem* item;
        QRect rect;
    };
    QList<Place> placesIn(const QRect& rect) const;

    QList<QLayoutItem*> m_items;
};

}
