#pragma once

#include "core/api/people.h"
#include "ui/kit/dialogs.h"

#include <QStringList>

class QCheckBox;
class QVBoxLayout;

namespace ephor::ui {
class Banner;
class FormRow;
class Select;
class TextField;
}

namespace ephor::ui::settings {

/// Makes a service key: what it may, where and how long; then its token, this one time.
class KeyDialog : public Dialog {
    Q_OBJECT

public:
    /// By name and title, in the order in which they are offered.
    using Teams = QList<std::pair<QString, QString>>;

    KeyDialog(const Teams& teams, const QString& environment, const std::vector<Permission>& offered, QWidget* parent);

    CreateKey::Request request() const;
    void showError(const Error& error);
    /// The form gives way to the token.
    void showToken(const CreateKey::Response& made);

Q_SIGNALS:
    void createRequested();

private:
    void makeForm(const Teams& teams, const QString& environment, const std::vector<Permission>& offered);
    void edited();

    QWidget* m_form;
    TextField* m_name;
    FormRow* m_nameRow = nullptr;
    Select* m_team;
    Select* m_environment;
    Select* m_days;
    TextField* m_agents;
    std::vector<std::pair<Permission, QCheckBox*>> m_permissions;
    Banner* m_failed;
    Button* m_cancel;
    Button* m_create;
};

}
