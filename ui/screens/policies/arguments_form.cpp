#include "ui/screens/policies/arguments_form.h"

#include "ui/bridge/values.h"
#include "ui/kit/field.h"
#include "ui/kit/label.h"
#include "ui/kit/segmented.h"
#include "ui/kit/select.h"
#include "ui/library/json_box.h"

#include <QStackedWidget>
#include <QVBoxLayout>

namespace ephor::ui::policies {

namespace {

constexpr int formView = 0;
constexpr int jsonView = 1;
constexpr int jsonTall = 120;

}

ArgumentsForm::ArgumentsForm(QWidget* parent)
    : QWidget(parent)
    , m_which(new Segmented(tr("How the arguments are typed"), {tr("Form"), tr("JSON")}, this))
    , m_stack(new QStackedWidget(this))
    , m_json(new library::JsonBox(tr("Arguments as JSON"), this))
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(metrics::space8);
    m_which->setCompact();
    rows->addWidget(m_which, 0, Qt::AlignLeft);
    rows->addWidget(m_stack);
    auto* page = new QWidget(m_stack);
    m_rows = new QVBoxLayout(page);
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_stack->addWidget(page);
    m_json->setFixedHeight(jsonTall);
    m_stack->addWidget(m_json);
    connect(m_which, &Segmented::currentChanged, this, &ArgumentsForm::switchView);
    connect(m_json, &library::JsonBox::edited, this, &ArgumentsForm::edited);
    rebuild({});
}

void ArgumentsForm::setSchema(const Document& schema)
{
    const ArgumentTexts kept = texts();
    auto fields = argumentFields(schema);
    if (fields == m_fields)
        return;
    m_fields = std::move(fields);
    ArgumentTexts typed = argumentTexts(m_fields, m_input);
    for (const auto& [name, words] : kept)
        typed[name] = words;
    rebuild(typed);
    if (m_fields.empty() || !fieldsHold(m_fields, m_input)) {
        m_which->setCurrent(jsonView);
        m_stack->setCurrentIndex(jsonView);
    }
}

void ArgumentsForm::setInput(const Document& input)
{
    m_input = input;
    rebuild(argumentTexts(m_fields, input));
    m_json->setDocument(input);
    const int view = !m_fields.empty() && fieldsHold(m_fields, input) ? formView : jsonView;
    m_which->setCurrent(view);
    m_stack->setCurrentIndex(view);
}

std::optional<Document> ArgumentsForm::input(QString& problem) const
{
    if (m_stack->currentIndex() == formView)
        return argumentsFrom(m_fields, texts(), problem);
    auto read = m_json->document();
    if (!read)
        problem = m_json->problem();
    return read;
}

void ArgumentsForm::switchView(int view)
{
    QString problem;
    if (view == jsonView) {
        if (const auto typed = argumentsFrom(m_fields, texts(), problem))
            m_json->setDocument(*typed);
    } else if (const auto typed = m_json->document()) {
        m_input = *typed;
        rebuild(argumentTexts(m_fields, *typed));
    }
    m_stack->setCurrentIndex(view);
    Q_EMIT edited();
}

QWidget* ArgumentsForm::controlOf(const ArgumentField& field, const QString& words)
{
    if (field.kind == ArgumentField::Kind::choice || field.kind == ArgumentField::Kind::truth) {
        auto* select = new Select(field.name, m_form);
        select->addItem(tr("not given"), QString());
        const QStringList choices = field.kind == ArgumentField::Kind::truth
            ? QStringList{QStringLiteral("true"), QStringLiteral("false")}
            : field.choices;
        for (const QString& choice : choices)
            select->addItem(choice, choice);
        select->setCurrentIndex(std::max(0, select->findData(words)));
        connect(select, &QComboBox::currentIndexChanged, this, &ArgumentsForm::edited);
        return select;
    }
    auto* line = new TextField(field.name, m_form);
    line->setText(words);
    if (field.kind == ArgumentField::Kind::json)
        line->setMonospace();
    line->setPlaceholderText(field.kind == ArgumentField::Kind::integer ? tr("whole number")
            : field.kind == ArgumentField::Kind::number                 ? tr("number")
            : field.kind == ArgumentField::Kind::json                   ? tr("JSON")
                                                                        : QString());
    connect(line, &QLineEdit::textChanged, this, &ArgumentsForm::edited);
    return line;
}

void ArgumentsForm::rebuild(const ArgumentTexts& texts)
{
    delete m_form;
    m_controls.clear();
    m_form = new QWidget(m_stack->widget(formView));
    auto* rows = new QVBoxLayout(m_form);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(metrics::space8);
    for (const ArgumentField& field : m_fields) {
        const auto found = texts.find(field.name);
        QWidget* control = controlOf(field, found == texts.end() ? QString() : found->second);
        m_controls[field.name] = control;
        rows->addWidget(new FormRow(
            field.required ? field.name : tr("%1 (optional)").arg(field.name), control, field.about, m_form));
    }
    if (m_fields.empty()) {
        auto* none = new Label(tr("The tool declares no arguments."), TextStyle::small, Token::textMuted, m_form);
        none->setOverflow(Label::Overflow::wrap);
        rows->addWidget(none);
    }
    rows->addStretch(1);
    m_rows->addWidget(m_form);
}

ArgumentTexts ArgumentsForm::texts() const
{
    ArgumentTexts texts;
    for (const auto& [name, control] : m_controls) {
        if (const auto* select = qobject_cast<const Select*>(control))
            texts[name] = select->currentData().toString();
        else if (const auto* line = qobject_cast<const QLineEdit*>(control))
            texts[name] = line->text();
    }
    return texts;
}

}
