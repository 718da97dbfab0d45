#pragma once

#include "ui/kit/state.h"

#include <QWidget>

namespace ephor::ui {

/// A person in a colourless disc with initials.
class Avatar : public QWidget {
    Q_OBJECT

public:
    explicit Avatar(const QString& fullName, int size = 24, QWidget* parent = nullptr);

    void setName(const QString& fullName);

    QSize sizeHint() const override { return {m_size, m_size}; }
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_name;
    int m_size;
};

/// "Priya Raman" gives "PR"; one word gives one letter; an empty name a question mark.
QString initialsOf(const QString& fullName);
/// For delegates.
void paintAvatar(QPainter& painter, const QRectF& rect, const QString& initials);

/// A person in a list of approvals: avatar, name with role, one grey line, and a widget at the right.
class PersonRow : public QWidget {
    Q_OBJECT

public:
    PersonRow(const QString& fullName, const QString& role, const QString& detail, QWidget* trailing = nullptr,
        QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
};

}
