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

    /// Where the value in force comes from.
    enum class Source {
        standard, ///< nobody chose anything
        chosen, ///< by the person, on this machine; offers the way back
        start ///< for this time only, as by an option of the program
    };
    /// "Default: System · set by you on this machine".
    void setSource(const QString& defaultWords, Source source);
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
