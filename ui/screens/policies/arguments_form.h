#pragma once

#include "ui/screens/policies/argument_fields.h"

#include <QWidget>

class QStackedWidget;
class QVBoxLayout;

namespace ephor::ui {
class Segmented;
namespace library {
class JsonBox;
}
}

namespace ephor::ui::policies {

/// A tool's arguments: a field for each member of its schema, or the JSON itself.
class ArgumentsForm : public QWidget {
    Q_OBJECT

public:
    explicit ArgumentsForm(QWidget* parent);

    /// What stands in fields of the same name stays.
    void setSchema(const Document& schema);
    void setInput(const Document& input);
    /// Nothing where it cannot be read; `problem` says why.
    std::optional<Document> input(QString& problem) const;

Q_SIGNALS:
    void edited();

private:
    void rebuild(const ArgumentTexts& texts);
    QWidget* controlOf(const ArgumentField& field, const QString& words);
    ArgumentTexts texts() const;
    void switchView(int view);

    std::vector<ArgumentField> m_fields;
    Document m_input; ///< last put in, for members that have no field
    Segmented* m_which;
    QStackedWidget* m_stack;
    QWidget* m_form = nullptr;
    QVBoxLayout* m_rows;
    library::JsonBox* m_json;
    std::map<QString, QWidget*> m_controls;
};

}
