#include "ui/screens/policies/cases_box.h"

#include "ui/bridge/session.h"
#include "ui/bridge/values.h"
#include "ui/kit/button.h"
#include "ui/kit/data_table.h"
#include "ui/kit/empty_state.h"
#include "ui/kit/label.h"
#include "ui/screens/policies/case_dialog.h"

#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace ephor::ui::policies {

namespace {

constexpr int tablePage = 0;
constexpr int noCasePage = 1;
/// As PolicyBody::cases.
constexpr std::size_t mostCases = 64;

}

CasesBox::CasesBox(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_kept(new QPlainTextEdit(this))
    , m_table(new DataTable(tr("Cases"), this))
    , m_summary(new Label({}, TextStyle::small, Token::textSecondary, this))
    , m_edit(new Button(tr("Edit"), Button::Role::secondary, this))
    , m_remove(new Button(tr("Remove"), Button::Role::secondary, this))
{
    m_kept->hide();
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(metrics::cardPadding, metrics::space8, metrics::cardPadding, metrics::space8);
    bar->setSpacing(metrics::space8);
    auto* more = new Button(tr("Add a case"), Button::Role::secondary, this);
    more->setGlyph(Icon::plus);
    m_summary->setOverflow(Label::Overflow::elide);
    bar->addWidget(m_summary, 1);
    bar->addWidget(m_remove);
    bar->addWidget(m_edit);
    bar->addWidget(more);
    rows->addLayout(bar);
    m_table->setColumns({{QStringLiteral("name"), 0, CellKind::strongText}, {QStringLiteral("call"), 160},
        {QStringLiteral("expects"), 76, CellKind::status}, {QStringLiteral("comes"), 112, CellKind::status}});
    m_model = new CellsModel(caseTitles(), m_table);
    m_table->setModel(m_model);
    m_table->setFitColumns();
    auto* pages = new QWidget(this);
    m_stack = new QStackedLayout(pages);
    m_stack->addWidget(m_table);
    auto* none = new EmptyState(EmptyState::Kind::firstUse, tr("No case yet"),
        tr("A case is a call with the verdict it must get. Cases are judged while you type, and a save tells which "
           "broke: the regression tests of a rule."),
        tr("Add a case"), pages);
    m_stack->addWidget(none);
    rows->addWidget(pages, 1);
    connect(none, &EmptyState::actionTriggered, this, [this] { edit(-1); });
    connect(more, &QAbstractButton::clicked, this, [this] { edit(-1); });
    connect(m_edit, &QAbstractButton::clicked, this, [this] { edit(m_table->currentIndex().row()); });
    connect(m_remove, &QAbstractButton::clicked, this, &CasesBox::remove);
    connect(m_table, &DataTable::rowOpened, this, [this](const QModelIndex& index) { edit(index.row()); });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] { show(); });
    connect(m_kept, &QPlainTextEdit::textChanged, this, [this] {
        m_model->setRows(caseRows(cases().value_or(PolicyCases{}), m_results));
        show();
        Q_EMIT edited();
    });
    show();
}

void CasesBox::setCases(const PolicyCases& cases)
{
    put(cases);
}

std::optional<PolicyCases> CasesBox::cases() const
{
    return casesFrom(m_kept->toPlainText());
}

void CasesBox::put(const PolicyCases& cases)
{
    const QString words = casesText(cases);
    if (m_kept->toPlainText() != words)
        m_kept->setPlainText(words);
}

void CasesBox::setResults(std::vector<PolicyCaseResult> results)
{
    m_results = std::move(results);
    m_model->setRows(caseRows(cases().value_or(PolicyCases{}), m_results));
    show();
}

void CasesBox::add(const PolicyCase& added)
{
    PolicyCases all = cases().value_or(PolicyCases{});
    all.push_back(added);
    put(all);
}

void CasesBox::show()
{
    m_stack->setCurrentIndex(m_model->rowCount() > 0 ? tablePage : noCasePage);
    m_summary->setText(caseSummary(m_results));
    const bool isChosen = m_table->currentIndex().isValid();
    for (Button* button : {m_edit, m_remove}) {
        button->setEnabled(isChosen);
        button->setToolTip(isChosen ? QString() : tr("Choose a case first."));
    }
}

void CasesBox::edit(int row)
{
    const PolicyCases all = cases().value_or(PolicyCases{});
    const QVariant key = m_model->keyAt(row);
    const std::size_t at = key.isValid() ? key.toULongLong() : all.size();
    if (at >= mostCases)
        return m_summary->setText(tr("%1 cases are the most a policy holds.").arg(mostCases));
    auto* dialog = new CaseDialog(m_session, at < all.size() ? all[at] : PolicyCase{}, this);
    connect(dialog, &CaseDialog::chosen, this, [this, at](const PolicyCase& chosen) {
        PolicyCases now = cases().value_or(PolicyCases{});
        if (at < now.size())
            now[at] = chosen;
        else
            now.push_back(chosen);
        put(now);
    });
    dialog->open();
}

void CasesBox::remove()
{
    PolicyCases all = cases().value_or(PolicyCases{});
    const QVariant key = m_model->keyAt(m_table->currentIndex().row());
    if (!key.isValid() || key.toULongLong() >= all.size())
        return;
    all.erase(all.begin() + std::ptrdiff_t(key.toULongLong()));
    put(all);
}

}
