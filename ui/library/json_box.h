#pragma once

#include "core/domain/limits.h"
#include "ui/kit/code_view.h"

#include <optional>

namespace ephor::ui::library {

/// An editor for one JSON document. What cannot be read is underlined and told.
class JsonBox : public CodeEditor {
    Q_OBJECT

public:
    JsonBox(const QString& accessibleName, QWidget* parent);

    void setDocument(const Document& document);
    /// Nothing where it cannot be read, which is then marked.
    std::optional<Document> document();
    QString problem() const { return m_problem; }

Q_SIGNALS:
    /// The text changed. Unlike textChanged it does not tell of colouring.
    void edited();

private:
    void mark(const QString& problem, int line);

    QString m_text;
    QString m_problem;
};

}
