#include "ui/screens/policies/protection_rule_dialog.h"

#include "ui/bridge/values.h"
#include "ui/kit/field.h"
#include "ui/kit/label.h"
#include "ui/kit/select.h"
#include "ui/screens/policies/entity_choice.h"
#include "ui/screens/policies/protection_values.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QVBoxLayout>
#include <algorithm>

namespace ephor::ui::policies {

namespace {

constexpr int ruleDialogWidth = 760;
constexpr std::uint64_t whole = 100;
/// As ProtectionRule::what and ProtectionRule::tools.
constexpr std::size_t mostNamed = 64;

}

ProtectionRuleDialog::ProtectionRuleDialog(const ProtectionRule& shown, const Entities& known, QWidget* parent)
    : Dialog(tr("Rule"),
          tr("What is looked for, where, and what becomes of it. A rule that names a kind itself outranks one that "
             "names its class; among equals the harder one holds."),
          parent)
    , m_what(new EntityChoice(known, this))
    , m_tools(new TextField(tr("Of these tools"), this))
    , m_action(new Select(tr("What becomes of it"), this))
    , m_meaning(new Label({}, TextStyle::small, Token::textSecondary, this))
    , m_atLeast(new TextField(tr("From which certainty, in percent"), this))
    , m_problem(new Label({}, TextStyle::small, Token::error, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(ruleDialogWidth);
    makeFields(known);
    Button* cancel = addButton(tr("Cancel"), Button::Role::secondary);
    m_act = addButton(tr("Take the rule"), Button::Role::primary);
    m_act->setObjectName(QStringLiteral("take-rule"));
    connect(cancel, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(m_act, &QAbstractButton::clicked, this, [this] {
        QString problem;
        const ProtectionRule made = rule(problem);
        if (!problem.isEmpty())
            return;
        Q_EMIT chosen(made);
        accept();
    });
    show(shown);
    judge();
}

void ProtectionRuleDialog::makeFields(const Entities& known)
{
    // Side by side: below each other they are taller than a small screen.
    auto* columns = new QHBoxLayout;
    columns->setSpacing(metrics::space24);
    columns->addWidget(
        new FormRow(tr("What"), m_what,
            known.empty() ? tr("The single kinds are listed once the protection has no mistake.") : QString()),
        1);
    auto* right = new QVBoxLayout;
    right->setSpacing(metrics::space12);
    columns->addLayout(right, 1);
    body()->addLayout(columns);
    auto* where = new QWidget(this);
    auto* places = new QVBoxLayout(where);
    places->setContentsMargins(0, 0, 0, 0);
    places->setSpacing(metrics::space4);
    for (const TextSurface surface : everySurface()) {
        auto* box = new QCheckBox(surfaceWords(surface), where);
        places->addWidget(box);
        m_surfaces.push_back(box);
        connect(box, &QCheckBox::toggled, this, &ProtectionRuleDialog::judge);
    }
    right->addWidget(new FormRow(tr("Where"), where, tr("None marked means everywhere.")));
    m_tools->setMonospace();
    m_tools->setPlaceholderText(QStringLiteral("mail.send, documents.share"));
    m_toolsRow = new FormRow(tr("Of these tools"), m_tools, tr("Names with commas between; blank means every tool."));
    right->addWidget(m_toolsRow);
    for (const ProtectAction action : everyAction())
        m_action->addItem(actionWords(action).words, int(action));
    right->addWidget(new FormRow(tr("What becomes of it"), m_action));
    right->addWidget(
        new FormRow(tr("From which certainty, in percent"), m_atLeast, tr("Weaker findings are only counted.")));
    right->addStretch(1);
    for (Label* label : {m_meaning, m_problem}) {
        label->setOverflow(Label::Overflow::wrap);
        body()->addWidget(label);
    }
    connect(m_what, &EntityChoice::changed, this, &ProtectionRuleDialog::judge);
    connect(m_tools, &QLineEdit::textChanged, this, &ProtectionRuleDialog::judge);
    connect(m_atLeast, &QLineEdit::textChanged, this, &ProtectionRuleDialog::judge);
    connect(m_action, &QComboBox::currentIndexChanged, this, &ProtectionRuleDialog::judge);
}

void ProtectionRuleDialog::show(const ProtectionRule& rule)
{
    m_what->setChosen(rule.what);
    const auto every = everySurface();
    for (std::size_t at = 0; at < m_surfaces.size(); ++at)
        m_surfaces[at]->setChecked(std::ranges::find(rule.surfaces, every[at]) != rule.surfaces.end());
    QStringList tools;
    for (const std::string& tool : rule.tools)
        tools << text(tool);
    m_tools->setText(tools.join(QStringLiteral(", ")));
    m_action->setCurrentIndex(std::max(0, m_action->findData(int(rule.action))));
    m_atLeast->setText(QString::number(rule.atLeast));
}

std::vector<TextSurface> ProtectionRuleDialog::surfaces() const
{
    std::vector<TextSurface> marked;
    const auto every = everySurface();
    for (std::size_t at = 0; at < m_surfaces.size(); ++at) {
        if (m_surfaces[at]->isChecked())
            marked.push_back(every[at]);
    }
    return marked;
}

ProtectionRule ProtectionRuleDialog::rule(QString& problem) const
{
    ProtectionRule made;
    const auto what = m_what->chosen();
    made.what.assign(what.begin(), what.end());
    const auto where = surfaces();
    made.surfaces.assign(where.begin(), where.end());
    const bool tools = where.empty() || std::ranges::any_of(where, isOfTool);
    if (tools) {
        const auto named = wordsOf(m_tools->text());
        made.tools.assign(named.begin(), named.end());
    }
    made.action = ProtectAction(m_action->currentData().toInt());
    bool isNumber = false;
    made.atLeast = m_atLeast->text().trimmed().toULongLong(&isNumber);
    if (what.empty())
        problem = tr("Mark what is looked for.");
    else if (what.size() > mostNamed)
        problem = tr("%1 kinds are the most a rule names; a class stands for many.").arg(mostNamed);
    else if (!isNumber || made.atLeast > whole)
        problem = tr("The certainty is a whole number from 0 to 100.");
    else if (made.action == ProtectAction::Ask && made.surfaces != List<TextSurface, 8>{TextSurface::Arguments})
        problem = tr("A person can be asked only about what goes to a tool: mark that place alone.");
    return made;
}

void ProtectionRuleDialog::judge()
{
    if (!m_act)
        return;
    const auto where = surfaces();
    m_toolsRow->setEnabled(where.empty() || std::ranges::any_of(where, isOfTool));
    m_tools->setToolTip(m_toolsRow->isEnabled() ? QString() : tr("None of the marked places is of a tool."));
    m_meaning->setText(actionSentence(ProtectAction(m_action->currentData().toInt())));
    QString problem;
    rule(problem);
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_act->setEnabled(problem.isEmpty());
    m_act->setToolTip(problem);
}

}
