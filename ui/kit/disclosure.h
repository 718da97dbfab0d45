#pragma once

#include <QWidget>

namespace ephor::ui {

class Button;

/// A line of words that shows what stands below it, or hides it again.
class Disclosure : public QWidget {
    Q_OBJECT

public:
    /// Takes `content`; closed at first.
    Disclosure(const QString& words, QWidget* content, QWidget* parent = nullptr);

    void setOpen(bool open);
    bool isOpen() const { return m_isOpen; }

Q_SIGNALS:
    void openChanged();

private:
    Button* m_line;
    QWidget* m_content;
    bool m_isOpen = false;
};

}
