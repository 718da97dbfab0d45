#include "ui/screens/inbox/change_page.h"

#include "ui/bridge/limit_words.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/badge.h"
#include "ui/kit/button.h"
#include "ui/kit/card.h"
#include "ui/kit/cells_model.h"
#include "ui/kit/data_table.h"
#include "ui/kit/dialogs.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/key_value_list.h"
#include "ui/kit/label.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ephor::ui::inbox {

namespace {

constexpr int shortestRatifyReason = 3;

std::vector<CellRow> checkRows(const std::vector<CheckResult>& checks)
{
    std::vector<CellRow> rows;
    for (const CheckResult& check : checks) {
        const StateWords words = stateOf(check);
        Cell name{text(check.name)};
        Cell result{words.words};
        result.state = words.state;
        Cell detail{text(check.detail)};
        detail.toolTip = detail.text;
        rows.push_back({text(check.name), {name, result, detail}});
    }
    return rows;
}

}

QStringList changeLines(const Change& change)
{
    QStringList lines;
    for (const ChangeItem& item : change.items) {
        const QString what = QStringLiteral("%1 %2").arg(word(item.kind), text(item.name));
        lines << (item.from == 0 ? ChangePage::tr("%1, new, v%2").arg(what).arg(item.to)
                                 : ChangePage::tr("%1, v%2 to v%3").arg(what).arg(item.from).arg(item.to));
    }
    // With every limit: whoever approves answers for what the whole rule says.
    const auto whole = [](const GrantRule& rule) {
        return (QStringList(stateOf(rule.access).words) + limitWords(rule)).join(QStringLiteral(", "));
    };
    for (const GrantEdit& edit : change.grants)
        lines << ChangePage::tr("%1: %2 becomes %3").arg(text(edit.after.tool), whole(edit.before), whole(edit.after));
    return lines;
}

ChangePage::ChangePage(QWidget* parent)
    : QWidget(parent)
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(metrics::gap);
    rows->addWidget(makeHead());

    auto* what = new Card(tr("What it changes"), Card::Padding::standard, this);
    m_description = new Label({}, TextStyle::body, Token::textPrimary, what);
    m_description->setOverflow(Label::Overflow::wrap);
    m_items = new KeyValueList(24, what);
    what->body()->addWidget(m_description);
    what->body()->addWidget(m_items);
    rows->addWidget(what);

    m_checksCard = new Card(tr("Checks"), Card::Padding::none, this);
    auto* table = new DataTable(tr("Checks"), m_checksCard);
    m_checks = new CellsModel({tr("Check"), tr("Result"), tr("Detail")}, m_checksCard);
    table->setColumns({{QStringLiteral("check"), 160, CellKind::strongText},
        {QStringLiteral("result"), 150, CellKind::status}, {QStringLiteral("detail"), 0, CellKind::secondaryText}});
    table->setModel(m_checks);
    m_checksCard->setBody(table);
    rows->addWidget(m_checksCard, 1);
    rows->addWidget(makeRatify());
}

QWidget* ChangePage::makeHead()
{
    auto* card = new Card({}, Card::Padding::standard, this);
    auto* row = new QHBoxLayout;
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    m_title = new Label({}, TextStyle::title, Token::textPrimary, card);
    m_title->setOverflow(Label::Overflow::elide);
    m_subtitle = new Label({}, TextStyle::small, Token::textMuted, card);
    m_subtitle->setOverflow(Label::Overflow::elide);
    words->addWidget(m_title);
    words->addWidget(m_subtitle);
    row->addLayout(words, 1);
    m_state = new StatusBadge(State::waiting, tr("Approval"), card);
    row->addWidget(m_state);
    auto* open = new Button(tr("Open change"), Button::Role::primary, card);
    row->addWidget(open);
    connect(open, &QAbstractButton::clicked, this, [this] { Q_EMIT navigate(routes::change(m_id)); });
    card->body()->addLayout(row);
    return card;
}

QWidget* ChangePage::makeRatify()
{
    m_ratify = new Card(tr("Ratify"), Card::Padding::standard, this);
    m_ratify->setSubtitle(
        tr("It was approved by its own author during setup. Ratifying says that a second person stands "
           "behind it."));
    m_result = new Banner(State::info, {}, {}, m_ratify);
    m_result->hide();
    m_reason = new ReasonPicker({tr("Reviewed and right"), tr("Setup, still needed")});
    m_act = new Button(tr("Ratify"), Button::Role::secondary, m_ratify);
    m_act->setSize(Button::Size::large);
    m_act->setGlyph(Icon::check);
    m_ratify->body()->addWidget(m_result);
    m_ratify->body()->addWidget(m_reason);
    m_ratify->body()->addWidget(m_act);
    const auto fit = [this] {
        const bool enough = m_reason->reason().size() >= shortestRatifyReason;
        m_act->setEnabled(enough);
        m_act->setToolTip(enough ? QString() : tr("Give a reason first"));
    };
    connect(m_reason, &ReasonPicker::changed, this, fit);
    connect(m_act, &QAbstractButton::clicked, this, [this] { Q_EMIT ratified(m_reason->reason()); });
    fit();
    return m_ratify;
}

void ChangePage::setChange(const GetChange::Response& answer, Ratify ratify, const QDateTime& now)
{
    const Change& change = answer.change;
    const ChangeSummary& summary = change.summary;
    const bool another = m_id != text(summary.id);
    m_id = text(summary.id);
    m_title->setText(tr("%1, %2").arg(m_id, text(summary.title)));
    m_subtitle->setText(tr("%1 · by %2 · %3")
            .arg(text(summary.agentTitle.empty() ? summary.agent : summary.agentTitle), text(summary.authorName),
                relativeTime(summary.movedAt, now)));
    const StateWords words = stateOf(summary.state);
    m_state->setState(words.state, words.words);
    m_description->setText(text(change.description));
    m_description->setVisible(!change.description.empty());
    m_items->clear();
    int number = 0;
    for (const QString& line : changeLines(change))
        m_items->addRow(QString::number(++number), line);
    m_checks->setRows(checkRows(change.checks));
    m_checksCard->setSubtitle(tr("%1 of %2 passed; %3 of %4")
            .arg(numberText(summary.checksPassed), numberText(summary.checksTotal), numberText(summary.approvalsGiven),
                counted(summary.approvalsNeeded, tr("1 approval"), tr("%1 approvals"))));
    if (another) {
        m_reason->clear();
        m_result->hide();
    }
    m_reason->setEnabled(true);
    m_reason->setVisible(ratify == Ratify::yes);
    m_act->setVisible(ratify == Ratify::yes);
    m_ratify->setVisible(ratify == Ratify::yes || !m_result->isHidden());
}

void ChangePage::showResult(State state, const QString& words, const QString& detail)
{
    m_result->setText(state, words, detail);
    m_result->show();
    m_ratify->show();
    m_reason->setEnabled(true);
    m_act->setEnabled(m_reason->reason().size() >= shortestRatifyReason);
}

void ChangePage::setBusy()
{
    m_result->hide();
    m_reason->setEnabled(false);
    m_act->setEnabled(false);
}

}
