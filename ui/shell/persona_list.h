#pragma once

#include "core/api/session.h"

#include <QWidget>

class QVBoxLayout;

namespace ephor::ui {

/// The personas of a demo workspace, each one click away.
class PersonaList : public QWidget {
    Q_OBJECT

public:
    explicit PersonaList(QWidget* parent = nullptr);

    void setPersonas(const std::vector<Persona>& personas);

Q_SIGNALS:
    void chosen(const QString& login);

private:
    QVBoxLayout* m_rows;
};

}
