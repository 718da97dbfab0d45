#include "ui/screens/assurance/entry_pane.h"

#include "ui/bridge/rule_words.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/badge.h"
#include "ui/kit/button.h"
#include "ui/kit/code_view.h"
#include "ui/kit/icon_view.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/key_value_list.h"
#include "ui/kit/label.h"
#include "ui/screens/assurance/proof_files.h"
#include "ui/screens/assurance/record_rows.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QMenu>
#include <QVBoxLayout>

namespace ephor::ui::assurance {

namespace {

constexpr int bodyHeight = 240;
constexpr int factWidth = 76;

Label* wrapped(const QString& words, Token color, TextStyle style = TextStyle::body)
{
    auto* label = new Label(words, style, color);
    label->setOverflow(Label::Overflow::wrap);
    return label;
}

/// By name, or "key 1f2a3b4c" where none is known.
QString principalWords(const QString& id, const QString& name)
{
    if (!name.isEmpty() && name != id)
        return name;
    return id.section(QLatin1Char(':'), 0, 0) + QLatin1Char(' ') + shortId(utf8(id.section(QLatin1Char(':'), 1)));
}

}

EntryPane::EntryPane(QWidget* parent)
    : DetailPane(tr("Entry"), parent)
    , m_badge(new StatusBadge(State::unknown, tr("Not checked"), this))
    , m_save(new Button(tr("Save proof…"), Button::Role::secondary, this))
    , m_copy(new Button(tr("Copy"), Button::Role::secondary, this))
{
    addLeading(m_badge);
    m_save->setGlyph(Icon::exportDown);
    m_save->setToolTip(tr("Saves the evidence of this entry (.tlog-proof) and the entry itself (.json)"));
    m_copy->setGlyph(Icon::copy);
    auto* menu = new QMenu(m_copy);
    menu->addAction(tr("Copy id"), this, [this] { copy(text(m_entry.row.id), tr("Id copied")); });
    menu->addAction(tr("Copy as JSON"), this, [this] { copy(entryAsJson(m_entry), tr("Entry copied as JSON")); });
    menu->addAction(tr("Copy body as recorded"), this, [this] { copy(text(m_entry.body.text), tr("Body copied")); });
    menu->addAction(tr("Copy hash"), this, [this] { copy(text(m_entry.leafHash), tr("Hash copied")); });
    m_copy->setMenu(menu);
    footer()->addWidget(m_save);
    footer()->addWidget(m_copy);
    footer()->addStretch(1);
    connect(m_save, &QAbstractButton::clicked, this, [this] { Q_EMIT saveRequested(m_entry.row.index); });
}

void EntryPane::setRefusal(const QString& why)
{
    m_save->setEnabled(why.isEmpty());
    if (!why.isEmpty())
        m_save->setToolTip(why);
}

void EntryPane::takeFocus()
{
    (m_save->isEnabled() ? m_save : m_copy)->setFocus(Qt::OtherFocusReason);
}

void EntryPane::setEntry(const GetEntry::Response& entry, const QStringList& keys, const QString& headAt)
{
    m_entry = entry;
    clear();
    setTitle(tr("Entry #%1").arg(numberText(entry.row.index)));
    const Inclusion inclusion = inclusionOf(entry.row.index, entry.body.text, entry.leafHash, entry.path, entry.head);
    if (inclusion.holds)
        m_badge->setState(State::ok, tr("Proof holds"));
    else
        m_badge->setState(State::failed, tr("Proof does not hold"));
    const EntryFacts facts = entryFacts(entry.body);
    m_told = addSection();
    m_told->parentWidget()->hide();
    addFacts(facts);
    addProof(inclusion, headAt);
    addSealed(facts);
    addCommand(keys);
    addBody();
}

QWidget* EntryPane::valueOf(const EntryReference& reference)
{
    if (!reference.route) {
        auto* plain = new Label(reference.value, TextStyle::mono);
        plain->setOverflow(Label::Overflow::elide);
        plain->setToolTip(reference.whole);
        return plain;
    }
    auto* link = new LinkLabel(reference.value);
    link->setTextStyle(TextStyle::body);
    link->setToolTip(reference.whole);
    link->setAccessibleName(QStringLiteral("%1 %2").arg(reference.label, reference.value));
    connect(link, &QAbstractButton::clicked, this, [this, route = *reference.route] { Q_EMIT routeOpened(route); });
    return link;
}

void EntryPane::addFacts(const EntryFacts& facts)
{
    const RecordRow& row = m_entry.row;
    QVBoxLayout* section = addSection();
    section->addWidget(wrapped(entrySentence(row), Token::textPrimary, TextStyle::strong));
    auto* list = new KeyValueList(factWidth);
    Label* written = list->addRow(tr("Written"), absoluteTime(row.at));
    written->setToolTip(facts.simulatedClock ? tr("By a simulated clock: this time is made up") : QString());
    const QString who = text(row.actorName.empty() ? row.actor : row.actorName);
    if (const auto route = routeOf(row.actor))
        list->addRow(tr("Who"), valueOf({tr("Who"), who, text(row.actor), route}));
    else
        list->addRow(tr("Who"), who);
    if (!facts.onBehalfOf.isEmpty())
        list->addRow(tr("For"),
            valueOf({tr("For"), principalWords(facts.onBehalfOf, text(m_entry.onBehalfOfName)), facts.onBehalfOf,
                routeOf(utf8(facts.onBehalfOf))}));
    // What leads nowhere is in the body below.
    for (const EntryReference& reference : facts.references) {
        if (reference.route)
            list->addRow(reference.label, valueOf(reference));
    }
    section->addWidget(list);
    for (const EntryFacts::Verdict& verdict : facts.verdicts) {
        const StateWords words = outcomeOf(utf8(verdict.word));
        if (!verdict.reason.isEmpty())
            section->addWidget(wrapped(sentenceIn(row, utf8(verdict.reason)), Token::textPrimary, TextStyle::strong));
        section->addWidget(new StatusText(words.state, tr("%1 by the %2 gate").arg(words.words, verdict.gate)));
        if (verdict.rule.isEmpty())
            continue;
        const auto route = ruleRoute(utf8(verdict.rule), {}, {});
        section->addWidget(valueOf({tr("Rule"), ui::ruleWords(utf8(verdict.rule)), verdict.rule,
            route && verdict.rule != QStringLiteral("default-deny") ? route : std::nullopt}));
    }
}

void EntryPane::addSealed(const EntryFacts& facts)
{
    if (m_entry.sealedPaths.empty())
        return;
    const QStringList names = sealedNames(m_entry.sealedPaths);
    QVBoxLayout* section
        = addSection(m_entry.erased ? tr("Sealed, and erased since") : tr("Sealed fields: %1").arg(names.size()));
    auto* row = new QHBoxLayout;
    row->setSpacing(metrics::space8);
    row->addWidget(new IconView(Icon::lock, Token::textSecondary, metrics::iconCell));
    auto* list = new Label(names.join(QStringLiteral(", ")), TextStyle::mono);
    list->setOverflow(Label::Overflow::elide);
    list->setToolTip(names.join(QLatin1Char('\n')));
    row->addWidget(list, 1);
    const auto run = std::find_if(facts.references.begin(), facts.references.end(),
        [](const EntryReference& one) { return one.route && one.route->place == QStringLiteral("activity"); });
    if (run != facts.references.end() && !m_entry.erased) {
        auto* open = new Button(tr("Open the run"), Button::Role::secondary);
        open->setSize(Button::Size::compact);
        open->setToolTip(tr("Sealed content is opened on the run's page; opening it is recorded"));
        connect(open, &QAbstractButton::clicked, this, [this, route = *run->route] { Q_EMIT routeOpened(route); });
        row->addWidget(open);
    }
    section->addLayout(row);
    if (m_entry.erased)
        section->addWidget(wrapped(tr("The key of these values was destroyed. The proof still holds."),
            Token::textSecondary, TextStyle::small));
}

void EntryPane::addProof(const Inclusion& inclusion, const QString& headAt)
{
    QVBoxLayout* section = addSection(tr("Proof of this entry"));
    if (inclusion.holds)
        section->addWidget(wrapped(headAt.isEmpty()
                ? tr("It is in the signed record and has not changed since it was written.")
                : tr("It is in the record signed at %1 and has not changed since it was written.").arg(headAt),
            Token::textSecondary));
    else
        section->addWidget(wrapped(inclusion.problem, Token::badgeErrorText, TextStyle::strong));
    auto* path = new ProofPath;
    path->setProof(inclusion.steps);
    section->addWidget(path);
}

void EntryPane::addCommand(const QStringList& keys)
{
    QVBoxLayout* section = addSection(tr("Check it without this program's word"));
    const QString command = verifyCommand(proofFileName(m_entry.row.index), keys);
    auto* row = new QHBoxLayout;
    row->setSpacing(metrics::space8);
    auto* line = new Label(command, TextStyle::mono, Token::textPrimary);
    line->setOverflow(Label::Overflow::elide);
    line->setToolTip(command);
    auto* copyLine = new IconButton(Icon::copy, tr("Copy the command"));
    copyLine->setSize(Button::Size::compact);
    connect(copyLine, &QAbstractButton::clicked, this, [this, command] { copy(command, tr("Command copied")); });
    row->addWidget(line, 1);
    row->addWidget(copyLine);
    section->addLayout(row);
}

void EntryPane::addBody()
{
    QVBoxLayout* section = addSection(tr("As recorded"));
    const EntryText body = entryText(m_entry.body, m_entry.sealedPaths);
    auto* view = new CodeView(tr("Body of the entry"));
    view->setRules(entryRules());
    view->setPlainText(body.text);
    view->setChangedLines(body.sealedLines);
    view->setFixedHeight(bodyHeight);
    section->addWidget(view);
    auto* list = new KeyValueList(factWidth);
    list->addMonoRow(tr("Id"), text(m_entry.row.id))->setOverflow(Label::Overflow::elide);
    Label* hash = list->addMonoRow(tr("Hash"), text(m_entry.leafHash));
    hash->setOverflow(Label::Overflow::elide);
    hash->setToolTip(text(m_entry.leafHash));
    section->addWidget(list);
}

void EntryPane::copy(const QString& words, const QString& what)
{
    QGuiApplication::clipboard()->setText(words);
    tell(State::ok, what);
}

void EntryPane::tell(State state, const QString& strong, const QString& words)
{
    if (!m_told)
        return;
    while (QLayoutItem* item = m_told->takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
    m_told->addWidget(new Banner(state, strong, words));
    m_told->parentWidget()->show();
}

}
