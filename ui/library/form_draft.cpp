#include "ui/library/form_draft.h"

#include "ui/kit/segmented.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>

namespace ephor::ui::library {

namespace {

/// The value of a field; nothing where the widget is none.
QVariant fieldValue(const QWidget* widget)
{
    if (const auto* choice = qobject_cast<const QComboBox*>(widget))
        return choice->currentText();
    if (const auto* box = qobject_cast<const QCheckBox*>(widget))
        return box->isChecked();
    if (const auto* words = qobject_cast<const QPlainTextEdit*>(widget))
        return words->toPlainText();
    if (const auto* which = qobject_cast<const Segmented*>(widget))
        return which->current();
    const auto* line = qobject_cast<const QLineEdit*>(widget);
    return line && !qobject_cast<const QComboBox*>(line->parentWidget()) ? QVariant(line->text()) : QVariant();
}

void putValue(QWidget* widget, const QVariant& value)
{
    if (auto* choice = qobject_cast<QComboBox*>(widget)) {
        // A list that is still on its way keeps what it shows.
        if (const int at = choice->findText(value.toString()); at >= 0)
            choice->setCurrentIndex(at);
    } else if (auto* box = qobject_cast<QCheckBox*>(widget)) {
        box->setChecked(value.toBool());
    } else if (auto* words = qobject_cast<QPlainTextEdit*>(widget)) {
        if (words->toPlainText() != value.toString())
            words->setPlainText(value.toString());
    } else if (auto* which = qobject_cast<Segmented*>(widget)) {
        which->setCurrent(value.toInt());
    } else if (auto* line = qobject_cast<QLineEdit*>(widget)) {
        line->setText(value.toString());
    }
}

}

FormDrafts::FormDrafts(std::vector<QWidget*> parts)
    : m_parts(std::move(parts))
{
}

void FormDrafts::keep(const QString& key, const Begun& begun)
{
    Draft draft;
    draft.begun = begun;
    for (const QWidget* part : m_parts) {
        for (const QWidget* field : part->findChildren<QWidget*>()) {
            if (const QVariant value = fieldValue(field); value.isValid())
                draft.values.append(value);
        }
    }
    m_drafts.insert(key, draft);
}

FormDrafts::Begun FormDrafts::restore(const QString& key) const
{
    const Draft draft = m_drafts.value(key);
    qsizetype at = 0;
    for (const QWidget* part : m_parts) {
        for (QWidget* field : part->findChildren<QWidget*>()) {
            if (!fieldValue(field).isValid())
                continue;
            if (at < draft.values.size())
                putValue(field, draft.values[at]);
            ++at;
        }
    }
    return draft.begun;
}

}
