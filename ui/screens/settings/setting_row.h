#pragma once

#include <QWidget>

namespace ephor::ui {
class Label;
class LinkLabel;
}

namespace ephor::ui::settings {

/// A setting: what it is called and does, its control, where its value comes from and how to go back to the default.
class SettingRow : public QWidget {
    Q_OBJECT

public:
    SettingRow(const QString& title, const QString& description, QWidget* control, QWidget* parent = nullptr);

    /// "Default: System · set by you on this machine". `chosen` offers the way back.
    void setSource(const QString& defaultWords, bool chosen);
    /// Marks the row as the one that was searched for.
    void setFound(bool found);

Q_SIGNALS:
    void resetRequested();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    bool m_found = false;
    Label* m_source;
    LinkLabel* m_reset;
};

}
