#include "ui/screens/library/tool_page.h"

#include "core/domain/reflect.h"
#include "ui/bridge/definition_words.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/card.h"
#include "ui/kit/code_view.h"
#include "ui/kit/field.h"
#include "ui/kit/label.h"
#include "ui/kit/segmented.h"
#include "ui/kit/select.h"
#include "ui/library/form_parts.h"
#include "ui/library/json_box.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QStackedWidget>
#include <nlohmann/json.hpp>

namespace ephor::ui::library {

namespace {

constexpr int schemasWidth = 380;
constexpr int descriptionTall = 64;
constexpr int headersTall = 56;

}

std::optional<std::map<std::string, std::string>> headersFrom(const QString& typed)
{
    std::map<std::string, std::string> headers;
    for (const QString& line : typed.split(u'\n', Qt::SkipEmptyParts)) {
        if (line.trimmed().isEmpty())
            continue;
        const auto colon = line.indexOf(u':');
        const QString name = line.left(colon).trimmed();
        if (colon < 0 || name.isEmpty())
            return std::nullopt;
        headers[utf8(name)] = utf8(line.mid(colon + 1).trimmed());
    }
    return headers;
}

QString headersText(const std::map<std::string, std::string>& headers)
{
    QStringList lines;
    for (const auto& [name, value] : headers)
        lines << text(name) + QStringLiteral(": ") + text(value);
    return lines.join(u'\n');
}

ToolPage::ToolPage(ScreenContext& pageContext, QWidget* parent)
    : FormPage(DefinitionKind::Tool, pageContext, parent)
{
    auto* schemas = makeSchemas();
    QWidget* const form = makeForm();
    assemble({{tr("Edit"), form}}, schemas, schemasWidth);
    formMade({form, schemas});
}

QWidget* ToolPage::makeForm()
{
    FormColumn form(this);
    m_title = new TextField(tr("Title"), form.page());
    m_description = new QPlainTextEdit(form.page());
    m_description->setTabChangesFocus(true);
    m_description->setFixedHeight(descriptionTall);
    m_effect = new Select(tr("Effect"), form.page());
    for (const SideEffect effect : {SideEffect::Read, SideEffect::Write, SideEffect::Irreversible, SideEffect::Egress})
        m_effect->addItem(word(effect), int(effect));
    m_timeout = new TextField(tr("Timeout, ms"), form.page());
    m_largest = new TextField(tr("Largest result, bytes"), form.page());
    m_idempotent = new QCheckBox(tr("May be repeated after an interruption"), form.page());
    m_kind = new Segmented(tr("Kind"), {word(ToolKind::Http), word(ToolKind::Sql)}, form.page());
    m_kindStack = new QStackedWidget(form.page());
    m_kindStack->addWidget(makeHttp());
    m_kindStack->addWidget(makeSql());
    form.add(tr("Title"), m_title);
    form.add(tr("What the model reads"), m_description);
    form.pair(tr("Effect"), m_effect, tr("Timeout, ms"), m_timeout);
    form.pair(tr("Kind"), m_kind, tr("Largest result, bytes"), m_largest);
    form.add(m_idempotent);
    form.add(m_kindStack);
    form.end();
    connect(m_kind, &Segmented::currentChanged, m_kindStack, &QStackedWidget::setCurrentIndex);
    connect(m_kind, &Segmented::currentChanged, this, &ToolPage::typed);
    for (TextField* field : {m_title, m_timeout, m_largest, m_url, m_database, m_rows})
        connect(field, &QLineEdit::textChanged, this, &ToolPage::typed);
    for (QPlainTextEdit* field : {m_description, m_headers, static_cast<QPlainTextEdit*>(m_statement)})
        connect(field, &QPlainTextEdit::textChanged, this, &ToolPage::typed);
    for (Select* select : {m_effect, m_method})
        connect(select, &QComboBox::currentIndexChanged, this, &ToolPage::typed);
    for (QCheckBox* box : {m_idempotent, m_loopback})
        connect(box, &QCheckBox::toggled, this, &ToolPage::typed);
    return form.scroll();
}

QWidget* ToolPage::makeHttp()
{
    FormColumn form(this, FormColumn::Frame::plain);
    m_method = new Select(tr("Method"), form.page());
    m_method->addItems({QStringLiteral("GET"), QStringLiteral("POST"), QStringLiteral("PUT"), QStringLiteral("PATCH"),
        QStringLiteral("DELETE")});
    m_url = new TextField(tr("Address"), form.page());
    m_url->setMonospace();
    m_headers = new QPlainTextEdit(form.page());
    m_headers->setTabChangesFocus(true);
    m_headers->setFixedHeight(headersTall);
    m_headers->setPlaceholderText(QStringLiteral("authorization: secret:crm"));
    m_loopback = new QCheckBox(tr("May point at this machine"), form.page());
    form.add(tr("Method"), m_method);
    form.add(tr("Address"), m_url, tr("{name} in the path stands for an argument."));
    form.add(tr("Headers"), m_headers, tr("One a line. A value \u201Csecret:name\u201D is filled in when it is sent."));
    form.add(m_loopback);
    form.end();
    return form.page();
}

QWidget* ToolPage::makeSql()
{
    FormColumn form(this, FormColumn::Frame::plain);
    m_database = new TextField(tr("Database file"), form.page());
    m_database->setMonospace();
    m_statement = new CodeEditor(tr("Statement"), form.page());
    m_statement->setMinimumHeight(96);
    m_rows = new TextField(tr("Most rows"), form.page());
    form.pair(tr("Database file"), m_database, tr("Most rows"), m_rows);
    form.add(tr("Statement"), m_statement, tr(":name stands for an argument and is always bound."));
    form.end();
    return form.page();
}

QWidget* ToolPage::makeSchemas()
{
    auto* card = new Card(tr("Schemas"), Card::Padding::none, this);
    auto* which = new Segmented(tr("Which schema"), {tr("Input"), tr("Output")}, card);
    which->setCompact();
    card->addTrailing(which);
    auto* stack = new QStackedWidget(card);
    m_input = new JsonBox(tr("Schema of the input"), stack);
    m_output = new JsonBox(tr("Schema of the output"), stack);
    m_output->setPlaceholderText(tr("Blank: any result is taken."));
    for (JsonBox* box : {m_input, m_output}) {
        stack->addWidget(box);
        connect(box, &JsonBox::edited, this, &ToolPage::typed);
    }
    connect(which, &Segmented::currentChanged, stack, &QStackedWidget::setCurrentIndex);
    card->setBody(stack);
    auto* note = new Label(
        tr("Calls that do not fit are denied before they are made."), TextStyle::small, Token::textMuted, card);
    note->setOverflow(Label::Overflow::wrap);
    card->footer()->addWidget(note, 1);
    return card;
}

void ToolPage::write(const ToolBody& body)
{
    m_title->setText(text(body.title));
    m_description->setPlainText(text(body.description));
    m_effect->setCurrentIndex(m_effect->findData(int(body.effect)));
    m_kind->setCurrent(int(body.kind));
    m_kindStack->setCurrentIndex(int(body.kind));
    m_idempotent->setChecked(body.idempotent);
    m_timeout->setText(QString::number(body.timeoutMs));
    m_largest->setText(QString::number(body.maxResultBytes));
    if (m_method->findText(text(body.http.method)) < 0)
        m_method->addItem(text(body.http.method));
    m_method->setCurrentIndex(m_method->findText(text(body.http.method)));
    m_url->setText(text(body.http.url));
    m_headers->setPlainText(headersText(body.http.headers));
    m_loopback->setChecked(body.http.allowLoopback);
    m_database->setText(text(body.sql.database));
    m_statement->setPlainText(text(body.sql.statement));
    m_rows->setText(QString::number(body.sql.maxRows));
    m_input->setDocument(body.input);
    m_output->setDocument(body.output);
}

std::optional<ToolBody> ToolPage::read(QString& problem) const
{
    ToolBody body;
    body.title = utf8(m_title->text().trimmed());
    body.description = utf8(m_description->toPlainText());
    body.kind = ToolKind(m_kind->current());
    body.effect = SideEffect(m_effect->currentData().toInt());
    body.idempotent = m_idempotent->isChecked();
    body.http.method = utf8(m_method->currentText());
    body.http.url = utf8(m_url->text().trimmed());
    body.http.allowLoopback = m_loopback->isChecked();
    body.sql.database = utf8(m_database->text().trimmed());
    body.sql.statement = utf8(m_statement->toPlainText());
    problem.clear();
    readNumber(m_timeout, body.timeoutMs, problem);
    readNumber(m_largest, body.maxResultBytes, problem);
    readNumber(m_rows, body.sql.maxRows, problem);
    const auto headers = headersFrom(m_headers->toPlainText());
    if (headers)
        body.http.headers = *headers;
    else
        problem = tr("A header is written as \u201Cname: value\u201D.");
    for (const auto& [box, into] : {std::pair{m_input, &body.input}, std::pair{m_output, &body.output}}) {
        if (auto document = box->document())
            *into = std::move(*document);
        else
            problem = box->problem();
    }
    return problem.isEmpty() ? std::optional(std::move(body)) : std::nullopt;
}

QString ToolPage::jsonOf(const ToolBody& body) const
{
    return indentedJson(documentOf(toJson(body)));
}

Result<ToolBody> ToolPage::bodyOf(const DefinitionVersion& version) const
{
    return toolBody(version.body);
}

}
