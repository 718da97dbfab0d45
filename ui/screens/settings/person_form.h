#pragma once

#include "core/api/people.h"
#include "ui/bridge/team_titles.h"
#include "ui/kit/card.h"

#include <QDateTime>
#include <QStringList>

namespace ephor::ui {
class Banner;
class Button;
class FormRow;
class Label;
class Switch;
class TextField;
}

namespace ephor::ui::settings {

class RoleGrid;

/// A person as the administrator edits them; adding is the same form, empty.
class PersonForm : public Card {
    Q_OBJECT

public:
    explicit PersonForm(QWidget* parent = nullptr);

    /// `refusal`: why the person at the console may not change this one; empty: they may. `own`: it is themselves.
    enum class Whose { other, own };
    void setPerson(const Person& person, Whose whose, const QString& refusal, const QDateTime& now);
    void setNew();
    void setChoices(const QStringList& teams, const QStringList& environments, const TeamNames& names = {});
    bool isChanged() const;
    bool isNew() const { return m_before.id.empty(); }
    const Person& person() const { return m_before; }
    /// What the form holds, as it is sent.
    SavePerson::Request request() const;
    /// In place: at the field it belongs to, else over the buttons.
    void showError(const Error& error);
    void showSaved();

Q_SIGNALS:
    void saveRequested();
    void cancelled();
    /// Somebody wants to know what the person may do.
    void accessRequested();

private:
    void fill(const Person& person);
    void setEditable(const QString& refusal);
    void clearErrors();
    void edited();

    Person m_before;
    QString m_refusal;
    Whose m_whose = Whose::other;
    bool m_filling = false;
    TextField* m_name;
    TextField* m_login;
    TextField* m_title;
    TextField* m_password;
    FormRow* m_nameRow;
    FormRow* m_loginRow;
    FormRow* m_titleRow;
    FormRow* m_passwordRow;
    RoleGrid* m_roles;
    Label* m_rolesError;
    Switch* m_active;
    Label* m_seen;
    Banner* m_told;
    Button* m_save;
    Button* m_cancel;
    Button* m_access;
};

}
