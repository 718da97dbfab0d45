#include "ui/bridge/definition_words.h"
#include "ui/bridge/load_view.h"
#include "ui/bridge/values.h"
#include "ui/kit/button.h"
#include "ui/kit/card.h"
#include "ui/kit/code_view.h"
#include "ui/kit/diff_view.h"
#include "ui/kit/field.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/item_list.h"
#include "ui/kit/label.h"
#include "ui/kit/segmented.h"
#include "ui/kit/select.h"
#include "ui/library/definition_page.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace ephor::ui::library {

namespace {

constexpr int versionsWidth = 204;

}

DefinitionPage::DefinitionPage(DefinitionKind kind, ScreenContext& context, QWidget* parent)
    : QWidget(parent)
    , m_kind(kind)
    , m_context(context)
{
}

void DefinitionPage::assemble(const std::vector<std::pair<QString, QWidget*>>& views, QWidget* side, int sideWidth)
{
    auto* columns = new QHBoxLayout(this);
    columns->setContentsMargins(
        metrics::contentPadding, metrics::space12, metrics::contentPadding, metrics::contentPadding);
    columns->setSpacing(metrics::gap);
    // What is written has the whole height; who names it reads well in a narrow column.
    auto* left = new QVBoxLayout;
    left->setSpacing(metrics::gap);
    left->addWidget(makeVersions(), 1);
    left->addWidget(makeUses(), 1);
    columns->addLayout(left);
    columns->addWidget(makeMiddle(views), 1);
    if (side) {
        side->setFixedWidth(sideWidth);
        columns->addWidget(side);
    }
}

QWidget* DefinitionPage::makeVersions()
{
    m_versionsCard = new Card(tr("Versions"), Card::Padding::none, this);
    m_versionsCard->setFixedWidth(versionsWidth);
    m_list = new ItemList(tr("Versions"), m_versionsCard);
    connect(m_list, &ItemList::itemSelected, this, [this](const QVariant& key) {
        if (key.toULongLong() == m_version || key.toULongLong() == 0)
            return;
        m_version = key.toULongLong();
        m_wanted = m_version;
        showVersionList();
        loadBody();
        tellRoute();
    });
    m_listView = new LoadView(m_list, 8, m_versionsCard);
    connect(m_listView, &LoadView::retryRequested, this, &DefinitionPage::loadVersions);
    m_versionsCard->setBody(m_listView);
    m_listNote = new Label({}, TextStyle::small, Token::textSecondary, m_versionsCard);
    m_listNote->setOverflow(Label::Overflow::wrap);
    m_versionsCard->footer()->addWidget(m_listNote, 1);
    return m_versionsCard;
}

QWidget* DefinitionPage::makeIdentity()
{
    m_identity = new QWidget(m_middle);
    auto* rows = new QVBoxLayout(m_identity);
    rows->setContentsMargins(metrics::cardPadding, metrics::space8, metrics::cardPadding, metrics::space8);
    auto* row = new QHBoxLayout;
    row->setSpacing(metrics::gap);
    m_newName = new TextField(tr("Name"), m_identity);
    m_newName->setMonospace();
    m_newTeam = new Select(tr("Team"), m_identity);
    row->addWidget(new FormRow(tr("Name"), m_newName, tr("a to z, digits and . _ -"), m_identity), 2);
    row->addWidget(new FormRow(tr("Team"), m_newTeam, tr("It answers for this."), m_identity), 1);
    rows->addLayout(row);
    m_noTeam = new Banner(State::info, tr("No team yet."), tr("A team answers for every definition."), m_identity);
    m_noTeam->setAction(tr("Settings \u203A Teams"));
    m_noTeam->hide();
    rows->addWidget(m_noTeam);
    connect(m_noTeam, &Banner::actionTriggered, this,
        [this] { Q_EMIT navigate(Route{QStringLiteral("settings"), {QStringLiteral("teams")}}); });
    connect(m_newName, &QLineEdit::textChanged, this, &DefinitionPage::judge);
    m_identity->hide();
    return m_identity;
}

QWidget* DefinitionPage::makeMiddle(const std::vector<std::pair<QString, QWidget*>>& views)
{
    m_middle = new Card(QStringLiteral(" "), Card::Padding::none, this);
    QStringList names{tr("Difference")};
    for (const auto& [name, view] : views)
        names << name;
    m_which = new Segmented(tr("What is shown"), names, m_middle);
    m_which->setCompact();
    auto* wrap = new IconButton(Icon::wrap, tr("Wrap long lines"), m_middle);
    wrap->setSize(Button::Size::compact);
    wrap->setCheckable(true);
    m_middle->addTrailing(wrap);
    m_middle->addTrailing(m_which);
    m_conflict = new Banner(State::warning, {}, {}, m_middle);
    m_conflict->setAction(tr("Compare"));
    m_conflict->hide();
    m_error = new InlineError({}, m_middle);
    m_error->hide();
    m_middle->body()->addWidget(makeIdentity());
    m_middle->body()->addWidget(m_conflict);
    m_middle->body()->addWidget(m_error);
    m_stack = new QStackedWidget(m_middle);
    m_diff = new DiffView(tr("Difference"), m_stack);
    m_diffView = new LoadView(m_diff, 10, m_stack);
    m_stack->addWidget(m_diffView);
    for (const auto& [name, view] : views)
        m_stack->addWidget(view);
    connect(wrap, &QAbstractButton::toggled, this, [this](bool wraps) {
        m_diff->setWrap(wraps ? DiffView::Wrap::lines : DiffView::Wrap::none);
        for (auto* editor : m_stack->findChildren<CodeEditor*>())
            editor->setLineWrapMode(wraps ? QPlainTextEdit::WidgetWidth : QPlainTextEdit::NoWrap);
    });
    wrap->setChecked(true);
    m_bodyView = new LoadView(m_stack, 10, m_middle);
    m_middle->setBody(m_bodyView);
    if (belowEditor)
        m_middle->body()->addWidget(belowEditor);
    makeFooter(m_middle);
    connect(m_diffView, &LoadView::retryRequested, this, &DefinitionPage::showDifference);
    connect(m_bodyView, &LoadView::retryRequested, this, &DefinitionPage::loadVersions);
    connect(m_error, &InlineError::retryRequested, this, &DefinitionPage::save);
    connect(m_conflict, &Banner::actionTriggered, this, [this] {
        m_against = newestVersion(m_versions);
        m_base.expected = m_against;
        m_conflict->hide();
        chooseView(0);
        showDifference();
        setStatus(tr("Saving now puts your text on top of %1.").arg(versionText(m_against)));
    });
    connect(m_which, &Segmented::currentChanged, this, [this](int index) {
        m_stack->setCurrentIndex(index);
        if (index == 0)
            showDifference();
        tellRoute();
    });
    return m_middle;
}

void DefinitionPage::makeFooter(Card* card)
{
    m_status = new Label({}, TextStyle::small, Token::textMuted, card);
    m_status->setOverflow(Label::Overflow::elide);
    m_message = new TextField(tr("What changed and why"), card);
    m_message->setPlaceholderText(tr("What changed and why"));
    m_message->setMaxLength(512);
    m_discard = new Button(tr("Discard"), Button::Role::secondary, card);
    m_save = new Button(tr("Save"), Button::Role::primary, card);
    m_propose = new Button(tr("Submit as change"), Button::Role::secondary, card);
    // The message has a line of its own: beside three buttons a narrow window left it no words.
    auto* message = new QHBoxLayout;
    message->setContentsMargins(metrics::cardPadding, 6, metrics::cardPadding, 6);
    message->addWidget(m_message);
    card->body()->addLayout(message);
    QHBoxLayout* acts = card->footer();
    acts->addWidget(m_status, 1);
    acts->addWidget(m_discard);
    acts->addWidget(m_save);
    acts->addWidget(m_propose);
    connect(m_message, &QLineEdit::returnPressed, this, &DefinitionPage::save);
    connect(m_save, &QAbstractButton::clicked, this, &DefinitionPage::save);
    connect(m_propose, &QAbstractButton::clicked, this, &DefinitionPage::propose);
    connect(m_discard, &QAbstractButton::clicked, this, [this] {
        m_against = 0;
        m_conflict->hide();
        m_error->hide();
        discard();
        edited();
    });
}

void DefinitionPage::focusUses()
{
    m_usesList->setFocus(Qt::ShortcutFocusReason);
}

QWidget* DefinitionPage::makeUses()
{
    m_usesCard = new Card(tr("Where used"), Card::Padding::none, this);
    m_usesCard->setFixedWidth(versionsWidth);
    m_usesList = new ItemList(tr("Where used"), m_usesCard);
    connect(m_usesList, &ItemList::itemOpened, this, [this](const QVariant& key) {
        const QString use = key.toString();
        if (!use.isEmpty())
            Q_EMIT navigate(routes::definition(use.section(u'/', 0, 0), use.section(u'/', 1, 1)));
    });
    m_usesView = new LoadView(m_usesList, 3, m_usesCard);
    connect(m_usesView, &LoadView::retryRequested, this, &DefinitionPage::loadUses);
    m_usesCard->setBody(m_usesView);
    return m_usesCard;
}

}
