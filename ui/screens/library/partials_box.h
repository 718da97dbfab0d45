#pragma once

#include <QWidget>
#include <map>
#include <string>

namespace ephor::ui {
class Button;
class CodeEditor;
class Label;
class Select;
class TextField;
}

namespace ephor::ui::library {

/// The partials of a prompt: texts it includes with {{> name}}. One is edited at a time.
class PartialsBox : public QWidget {
    Q_OBJECT

public:
    using Partials = std::map<std::string, std::string>;

    explicit PartialsBox(QWidget* parent = nullptr);

    void setPartials(const Partials& partials);
    const Partials& partials() const { return m_partials; }

Q_SIGNALS:
    void edited();

private:
    void add();
    void removeShown();
    void fillNames(const QString& shown);
    void showPartial();
    void judge();

    Select* m_which;
    TextField* m_name;
    Button* m_add;
    Button* m_remove;
    CodeEditor* m_text;
    Label* m_none;
    Partials m_partials;
    bool m_isFilling = false;
};

}
