#include "ui/screens/policies/standard_dialog.h"

#include "ui/bridge/entity_titles.h"
#include "ui/bridge/load_view.h"
#include "ui/bridge/values.h"
#include "ui/kit/cells_model.h"
#include "ui/kit/data_table.h"
#include "ui/kit/key_value_list.h"
#include "ui/kit/label.h"
#include "ui/screens/policies/protection_values.h"

#include <QVBoxLayout>

namespace ephor::ui::policies {

namespace {

constexpr int standardDialogWidth = 680;
constexpr int standardFactWidth = 200;
constexpr int standardRuleRows = 8;

}

StandardDialog::StandardDialog(Session& session, QWidget* parent)
    : Dialog(tr("Standard protection"),
          tr("What the texts of agents pass through that name no protection. It is no definition of yours: it comes "
             "with "
             "Ephor, and is there to be read. An agent that needs something else names a protection of its own."),
          parent)
    , m_session(session)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(standardDialogWidth);
    m_view = new LoadView(makeContent(), 5, this);
    body()->addWidget(m_view);
    connect(m_view, &LoadView::retryRequested, this, &StandardDialog::load);
    connect(addButton(tr("Close"), Button::Role::primary), &QAbstractButton::clicked, this, &QDialog::accept);
    load();
}

QWidget* StandardDialog::makeContent()
{
    auto* content = new QWidget(this);
    auto* rows = new QVBoxLayout(content);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(metrics::space12);
    auto* table = new DataTable(tr("Rules of the standard protection"), content);
    table->setColumns({{QStringLiteral("what"), 0, CellKind::strongText}, {QStringLiteral("where"), 150},
        {QStringLiteral("tools"), 96, CellKind::mono}, {QStringLiteral("action"), 120, CellKind::status},
        {QStringLiteral("from"), 104, CellKind::number}});
    m_rules = new CellsModel(protectionRuleTitles(), table);
    table->setModel(m_rules);
    table->setFitColumns();
    table->setFitRows(standardRuleRows);
    m_facts = new KeyValueList(standardFactWidth, content);
    rows->addWidget(table);
    rows->addWidget(m_facts);
    return content;
}

void StandardDialog::load()
{
    m_view->beginAgain();
    m_ask.request<ShowStandardProtection>(this, m_session, {}, [this](Result<ShowStandardProtection::Response> answer) {
        if (answer)
            show(answer->body);
        else
            m_view->showError(answer.error());
    });
}

void StandardDialog::show(const ProtectionBody& body)
{
    m_rules->setRows(protectionRuleCells(body, EntityTitles::of(m_session).known(), {}));
    m_facts->clear();
    const auto fact = [this](const QString& key, const QString& words) {
        m_facts->addRow(key, words)->setOverflow(Label::Overflow::wrap);
    };
    fact(tr("What no rule names"), tr("is only counted; unseen characters are taken out everywhere"));
    fact(tr("More than a tool is cleared for"), flowWords(body.flows));
    fact(tr("Acts after strangers' text"), flowWords(body.trust));
    QStringList hosts;
    for (const std::string& host : body.allowedHosts)
        hosts << text(host);
    fact(tr("Links of answers"), hosts.isEmpty() ? tr("lose their address") : hosts.join(QStringLiteral(", ")));
    fact(tr("Answers that tools do not bear out"),
        body.grounded == 0 ? tr("not measured")
                           : tr("below %1 %: %2").arg(body.grounded).arg(answerModeWords(body.ungrounded)));
    fact(tr("Prompts given away"), answerModeWords(body.marker));
    m_view->showContent({});
}

}
