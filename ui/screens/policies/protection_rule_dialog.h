#pragma once

#include "ui/kit/dialogs.h"
#include "ui/bridge/protection_words.h"

class QCheckBox;

namespace ephor::ui {
class FormRow;
class Label;
class Select;
class TextField;
}

namespace ephor::ui::policies {

class EntityChoice;

/// One rule of a protection in plain words: what, where, of which tools, and what becomes of it.
class ProtectionRuleDialog : public Dialog {
    Q_OBJECT

public:
    ProtectionRuleDialog(const ProtectionRule& shown, const Entities& known, QWidget* parent);

Q_SIGNALS:
    void chosen(const ephor::ProtectionRule& rule);

private:
    void makeFields(const Entities& known);
    void show(const ProtectionRule& rule);
    ProtectionRule rule(QString& problem) const;
    std::vector<TextSurface> surfaces() const;
    void judge();

    EntityChoice* m_what;
    std::vector<QCheckBox*> m_surfaces;
    TextField* m_tools;
    FormRow* m_toolsRow = nullptr;
    Select* m_action;
    Label* m_meaning;
    TextField* m_atLeast;
    Label* m_problem;
    Button* m_act = nullptr;
};

}
