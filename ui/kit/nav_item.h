#pragma once

#include "ui/kit/shell_parts.h"

#include <QAbstractButton>

namespace ephor::ui {

/// A place in the rail.
class NavItem : public QAbstractButton {
    Q_OBJECT

public:
    NavItem(const NavRail::Place& place, int key, QWidget* parent);

    QString id() const { return m_place.id; }
    void setBadge(int count, State state);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    NavRail::Place m_place;
    int m_key;
    int m_count = 0;
    State m_state = State::neutral;
};

/// The mark and name over the rail.
class NavBrand : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;

    void setName(const QString& name);
    QSize sizeHint() const override { return {metrics::railWidth, metrics::headerHeight}; }
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_name = QStringLiteral("Ephor");
};

/// Who is signed in; opens the menu of that person.
class NavPerson : public QAbstractButton {
    Q_OBJECT

public:
    explicit NavPerson(QWidget* parent);

    void setPerson(const QString& fullName, const QString& role);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_name;
    QString m_role;
};

/// A cell of the status bar.
class StatusCell : public QAbstractButton {
    Q_OBJECT

public:
    StatusCell(const QString& id, QWidget* parent);

    QString id() const { return m_id; }
    void setCell(const QString& text, Icon icon, Token tint);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_id;
    Icon m_icon = Icon::none;
    Token m_tint = Token::textSecondary;
};

}
