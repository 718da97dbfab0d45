#pragma once

#include "core/domain/verdict.h"

#include <QStringList>
#include <QWidget>

namespace ephor::ui {
class Select;
class TextField;
}

namespace ephor::ui::policies {

/// One condition of a grant in its form: kind, argument, values.
class LimitRow : public QWidget {
    Q_OBJECT

public:
    LimitRow(const GrantCondition& condition, const QStringList& arguments, QWidget* parent);

    GrantCondition condition() const;
    /// Marks what is missing; empty clears it.
    void setError(const QString& words);
    void setArguments(const QStringList& arguments);

Q_SIGNALS:
    void edited();
    void removeWanted();

private:
    void showKind();

    Select* m_kind;
    Select* m_argument;
    TextField* m_values;
};

}
