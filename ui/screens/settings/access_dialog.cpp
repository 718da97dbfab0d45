#include "ui/screens/settings/access_dialog.h"

#include "core/domain/reflect.h"
#include "ui/bridge/explanation_view.h"
#include "ui/bridge/load_view.h"
#include "ui/bridge/rule_words.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/cells_model.h"
#include "ui/kit/data_table.h"
#include "ui/kit/field.h"
#include "ui/kit/label.h"
#include "ui/screens/settings/people_rows.h"

#include <QCompleter>
#include <QScrollArea>
#include <QVBoxLayout>

namespace ephor::ui::settings {

namespace {

constexpr int accessWidth = 720;
constexpr int accessTall = 680;
constexpr int whyTall = 210;
/// The built-in rule of service keys.
constexpr std::string_view keyRule = "key";

QStringList everyOperationName()
{
    QStringList names;
    for (const OperationType& type : operationCatalogue()) {
        if (type.operation->permission != Permission::None)
            names << text(type.operation->name);
    }
    return names;
}

}

QStringList accessTitles()
{
    return {AccessDialog::tr("Permission"), AccessDialog::tr("Verdict"), AccessDialog::tr("Because")};
}

CellRow accessRow(const AccessLine& line, const TeamNames& teams)
{
    Cell name{word(line.permission)};
    name.kind = CellKind::strongText;
    Cell verdict{line.permitted ? AccessDialog::tr("May") : AccessDialog::tr("May not")};
    verdict.state = line.permitted ? State::ok : State::neutral;
    const bool isForbidden = !line.permitted && !line.rule.empty();
    if (isForbidden)
        verdict.state = State::failed;
    const bool isKey = line.rule == keyRule;
    Cell because{isForbidden  ? AccessDialog::tr("Forbidden by %1").arg(text(line.rule))
            : !line.permitted ? AccessDialog::tr("Nothing gives it")
            : isKey           ? AccessDialog::tr("The key is made for it")
                              : grantsWords(line.roles, teams)};
    because.toolTip = text(line.reason);
    return {text(wordOf(line.permission)), {name, verdict, because}};
}

AccessDialog::AccessDialog(Session& session, const QString& principal, const QString& name, QWidget* parent)
    : Dialog(tr("What %1 may do").arg(name),
          tr("Judged now, by the rules in force. Roles give permissions; rules of the house may forbid."), parent)
    , m_session(session)
    , m_principal(utf8(principal))
    , m_model(new CellsModel(accessTitles(), this))
    , m_table(new DataTable(tr("Permissions")))
    , m_view(new LoadView(m_table, 8, this))
    , m_operation(new TextField(tr("An operation"), this))
    , m_sentence(new Label({}, TextStyle::heading, Token::textPrimary, this))
    , m_why(new ExplanationView(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumSize(accessWidth, accessTall);
    makeBody();
    connect(addButton(tr("Close"), Button::Role::secondary), &QAbstractButton::clicked, this, &QDialog::reject);
    connect(m_view, &LoadView::retryRequested, this, &AccessDialog::load);
    connect(m_table, &DataTable::rowSelected, this, [this](const QModelIndex& index) {
        if (index.isValid())
            explain(m_model->keyAt(index.row()).toString());
    });
    connect(m_operation, &QLineEdit::returnPressed, this, [this] { explain(m_operation->text().trimmed()); });
    connect(m_why, &ExplanationView::navigate, this, [this](const Route& route) {
        accept();
        Q_EMIT navigate(route);
    });
    load();
}

void AccessDialog::makeBody()
{
    m_table->setModel(m_model);
    m_table->setColumns({
        {QStringLiteral("permission"), 190, CellKind::text, TableColumn::Shown::always},
        {QStringLiteral("verdict"), 100, CellKind::status, TableColumn::Shown::always},
        {QStringLiteral("because"), 0},
    });
    m_operation->setPlaceholderText(QStringLiteral("rollouts.promote"));
    m_operation->setMonospace();
    auto* completer = new QCompleter(everyOperationName(), m_operation);
    completer->setFilterMode(Qt::MatchContains);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_operation->setCompleter(completer);
    connect(completer, qOverload<const QString&>(&QCompleter::activated), this, &AccessDialog::explain);
    m_sentence->setOverflow(Label::Overflow::wrap);
    auto* area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setMinimumHeight(whyTall);
    area->setAccessibleName(tr("Why"));
    auto* reasons = new QWidget(area);
    auto* rows = new QVBoxLayout(reasons);
    rows->setContentsMargins(0, 0, metrics::space8, 0);
    rows->addWidget(m_sentence);
    rows->addWidget(m_why);
    rows->addStretch(1);
    area->setWidget(reasons);
    body()->addWidget(m_view, 1);
    body()->addWidget(new FormRow(tr("One operation"), m_operation,
        tr("Type a name and press Enter; a line above tells of all it covers."), this));
    body()->addWidget(area, 1);
}

void AccessDialog::load()
{
    m_view->beginAgain();
    m_asked.request<ExplainAccess>(
        this, m_session, {m_principal, {}, {}}, [this](Result<ExplainAccess::Response> answer) {
            if (!answer)
                return m_view->showError(answer.error());
            std::vector<CellRow> rows;
            for (const AccessLine& line : answer->lines)
                rows.push_back(accessRow(line, TeamTitles::of(m_session).names()));
            m_model->setRows(std::move(rows));
            m_view->showContent(QDateTime::currentDateTime());
            m_table->selectRow(0);
        });
}

void AccessDialog::explain(const QString& operation)
{
    if (operation.isEmpty())
        return;
    m_askedWhy.request<ExplainAccess>(
        this, m_session, {m_principal, utf8(operation), {}}, [this](Result<ExplainAccess::Response> answer) {
            if (answer && !answer->lines.empty())
                return show(answer->lines.front());
            m_why->clear();
            m_sentence->setText(answer ? QString() : errorLine(answer.error()));
        });
}

void AccessDialog::show(const AccessLine& line)
{
    const QString said = text(line.reason);
    m_sentence->setText(said);
    m_why->clear();
    m_why->addOne(explainedOf(line.why), said);
}

}
