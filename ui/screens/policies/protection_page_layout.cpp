#include "ui/bridge/values.h"
#include "ui/kit/field.h"
#include "ui/kit/label.h"
#include "ui/kit/select.h"
#include "ui/library/form_parts.h"
#include "ui/screens/policies/answer_box.h"
#include "ui/screens/policies/list_box.h"
#include "ui/screens/policies/protection_page.h"
#include "ui/screens/policies/protection_try.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ephor::ui::policies {

namespace {

/// Three lines.
constexpr int purposeTall = 66;
constexpr int hostsTall = 60;
constexpr int longestProtectionTitle = 512;
/// Rows of rules before the list has a scroll bar of its own.
constexpr int shownRules = 12;

}

QWidget* ProtectionPage::makeRules()
{
    library::FormColumn form(this);
    QWidget* const page = form.page();
    m_title = new TextField(tr("Title"), page);
    m_title->setMaxLength(longestProtectionTitle);
    m_title->setPlaceholderText(tr("What customers trust us with"));
    m_description = new QPlainTextEdit(page);
    m_description->setAccessibleName(tr("What it is for"));
    m_description->setTabChangesFocus(true);
    m_description->setFixedHeight(purposeTall);
    m_keptText = new QPlainTextEdit(page);
    m_keptText->hide();
    form.add(tr("Title"), m_title);
    form.add(tr("What it is for"), m_description);
    m_rules = new ListBox({tr("Rules"), tr("Add a rule"), tr("No rule yet"),
                              tr("A rule says what is looked for, where, and what becomes of it: \u201Ccard numbers, "
                                 "in what goes to the model, are masked\u201D. What no rule names is only counted.")},
        protectionRuleTitles(),
        {{QStringLiteral("what"), 0, CellKind::strongText}, {QStringLiteral("where"), 180},
            {QStringLiteral("tools"), 110, CellKind::mono}, {QStringLiteral("action"), 128, CellKind::status},
            {QStringLiteral("from"), 96, CellKind::number}},
        page);
    m_rules->setFitRows(shownRules);
    form.add(m_rules);
    form.end();
    return form.scroll();
}

QWidget* ProtectionPage::makeCalls()
{
    library::FormColumn form(this);
    QWidget* const page = form.page();
    m_flows = new Select(tr("A call that carries more than its tool is cleared for"), page);
    m_trust = new Select(tr("A call that changes something, after strangers' text"), page);
    for (Select* select : {m_flows, m_trust}) {
        for (const FlowMode mode : everyFlow())
            select->addItem(flowWords(mode), int(mode));
    }
    auto* calls = new QWidget(page);
    auto* pair = new QHBoxLayout(calls);
    pair->setContentsMargins(0, 0, 0, 0);
    pair->setSpacing(metrics::gap);
    pair->addWidget(new FormRow(tr("A call that carries more than its tool is cleared for"), m_flows,
                        tr("Confidential data on its way to a tool that may only see public data."), calls),
        1, Qt::AlignTop);
    pair->addWidget(new FormRow(tr("A call that changes something after the run read what anybody may have written"),
                        m_trust, tr("A payment, after the run read a customer's mail or a web page."), calls),
        1, Qt::AlignTop);
    form.add(calls);
    m_answers = new AnswerBox(session(), page);
    form.add(m_answers);
    m_hosts = new QPlainTextEdit(page);
    m_hosts->setTabChangesFocus(true);
    m_hosts->setFixedHeight(hostsTall);
    m_hosts->setPlaceholderText(QStringLiteral("northwind.example\n.help.northwind.example"));
    form.add(tr("Links of answers may lead to"), m_hosts,
        tr("One host a line; with a dot in front also everything below it. A link to any other host loses its "
           "address."));
    m_reveal = new QCheckBox(tr("Answers show the values behind stand-ins"), page);
    m_reveal->setToolTip(tr("The model never sees them: they are put in on the way to the caller."));
    form.add(m_reveal);
    form.end();
    return form.scroll();
}

QWidget* ProtectionPage::makeDetectors()
{
    m_detectors
        = new ListBox({tr("Own detectors"), tr("Add a detector"), tr("No detector of your own yet"),
                          tr("Ephor knows card numbers, IBANs, names, keys and some hundred more. A detector of "
                             "your own finds what only this company knows, by a pattern or a list of words.")},
            detectorTitles(),
            {{QStringLiteral("title"), 180, CellKind::strongText}, {QStringLiteral("name"), 140, CellKind::mono},
                {QStringLiteral("finds"), 0}, {QStringLiteral("score"), 84, CellKind::number},
                {QStringLiteral("near"), 140, CellKind::secondaryText}},
            this);
    return m_detectors;
}

QWidget* ProtectionPage::makeExceptions()
{
    m_exceptions = new ListBox({tr("Exceptions"), QString(), tr("No exception yet"),
                                   tr("An exception is one value that is no find: a card number of the handbook, the "
                                      "company's own address. Try a text, choose the find, and say that it is a false "
                                      "alarm. Only a digest of the value is kept.")},
        exceptionTitles(),
        {{QStringLiteral("entity"), 200, CellKind::strongText}, {QStringLiteral("why"), 0},
            {QStringLiteral("digest"), 132, CellKind::mono}},
        this);
    m_exceptions->hideEdit();
    return m_exceptions;
}

}
