#pragma once

#include <QString>
#include <cstdint>

class QScrollArea;
class QVBoxLayout;
class QWidget;

namespace ephor::ui {
class TextField;
}

namespace ephor::ui::library {

/// Builds a column of labelled fields.
class FormColumn {
public:
    enum class Frame {
        scrolled, ///< in a scroll area, with the padding of a card
        plain ///< as a part of another form
    };

    explicit FormColumn(QWidget* parent, Frame frame = Frame::scrolled);

    QWidget* page() const { return m_page; }
    QWidget* scroll() const { return m_scroll; }
    void add(const QString& label, QWidget* control, const QString& hint = {});
    void add(QWidget* control);
    void pair(const QString& leftLabel, QWidget* left, const QString& rightLabel, QWidget* right);
    void end();

private:
    QWidget* m_scroll = nullptr;
    QWidget* m_page;
    QVBoxLayout* m_rows;
};

/// Reads a whole number into `value` and marks the field where it is none; `problem` then says so.
void readNumber(TextField* field, std::uint64_t& value, QString& problem);

}
