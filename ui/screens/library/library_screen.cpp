#include "ui/screens/library/library_screen.h"

#include "ui/bridge/screen.h"
#include "ui/bridge/wording.h"
#include "ui/kit/tab_strip.h"
#include "ui/library/definition_list.h"
#include "ui/screens/library/model_page.h"
#include "ui/screens/library/prompt_page.h"
#include "ui/screens/library/tool_page.h"

#include <QStackedWidget>
#include <QVBoxLayout>

namespace ephor::ui {

namespace library {

namespace {

class LibraryScreen : public Screen {
public:
    LibraryScreen(ScreenContext& context, QWidget* parent);

    void open(const Route& route) override;
    void refresh(const TopicSet& topics) override;
    QString title() const override;
    QList<Crumb> crumbs() const override;
    QList<Command> commands() override;
    QString helpText() const override;
    void focusSearch() override;
    bool hasUnsavedWork() const override;

private:
    struct Part {
        DefinitionKind kind;
        DefinitionList* list;
        DefinitionPage* page;
    };
    void add(DefinitionKind kind, DefinitionPage* page);
    void show(QWidget* page);
    const Part& part() const { return m_parts[std::size_t(m_strip->current())]; }
    bool showsPage() const { return m_stack->currentWidget() == part().page; }
    QString partTitle() const;
    void openPage(const Route& route);

    TabStrip* m_strip;
    QStackedWidget* m_stack;
    PromptPage* m_prompts;
    ModelPage* m_models;
    std::vector<Part> m_parts;
    bool m_isOpening = false;
    bool m_countsAsked = false;
};

LibraryScreen::LibraryScreen(ScreenContext& context, QWidget* parent)
    : Screen(context, parent)
    , m_strip(new TabStrip(PromptPage::tr("Parts of the library"), this))
    , m_stack(new QStackedWidget(this))
    , m_prompts(new PromptPage(context, m_stack))
    , m_models(new ModelPage(context, m_stack))
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(m_strip);
    rows->addWidget(m_stack, 1);
    m_strip->addTab(PromptPage::tr("Prompts"));
    m_strip->addTab(PromptPage::tr("Tools"));
    m_strip->addTab(PromptPage::tr("Models & providers"));
    add(DefinitionKind::Prompt, m_prompts);
    add(DefinitionKind::Tool, new ToolPage(context, m_stack));
    add(DefinitionKind::Model, m_models);
    connect(m_strip, &TabStrip::currentChanged, this, [this](int index) {
        if (!m_isOpening)
            Q_EMIT navigate(Route{QStringLiteral("library"), {librarySegment(m_parts[std::size_t(index)].kind)}});
    });
}

void LibraryScreen::add(DefinitionKind kind, DefinitionPage* page)
{
    auto* list = new DefinitionList(kind, context(), m_stack);
    const int index = int(m_parts.size());
    m_parts.push_back({kind, list, page});
    m_stack->addWidget(list);
    m_stack->addWidget(page);
    connect(list, &DefinitionList::navigate, this, &Screen::navigate);
    connect(list, &DefinitionList::routeChanged, this, &Screen::routeChanged);
    connect(list, &DefinitionList::countChanged, this,
        [this, index](int count) { m_strip->setCount(index, QString::number(count)); });
    connect(page, &DefinitionPage::navigate, this, &Screen::navigate);
    connect(page, &DefinitionPage::routeChanged, this, &Screen::routeChanged);
    connect(page, &DefinitionPage::titleChanged, this, &Screen::titleChanged);
    connect(page, &DefinitionPage::notify, this, &Screen::notify);
    connect(page, &DefinitionPage::draftsChanged, list, [list, page] {
        QStringList names = page->unsaved();
        names.sort();
        list->setUnsaved(names);
    });
}

void LibraryScreen::show(QWidget* page)
{
    m_stack->setCurrentWidget(page);
    Q_EMIT titleChanged();
    Q_EMIT commandsChanged();
}

void LibraryScreen::open(const Route& route)
{
    m_isOpening = true;
    const DefinitionKind kind = definitionKindOf(route.at(0)).value_or(DefinitionKind::Prompt);
    for (std::size_t index = 0; index < m_parts.size(); ++index) {
        if (m_parts[index].kind == kind)
            m_strip->setCurrent(int(index));
    }
    m_isOpening = false;
    if (!m_countsAsked) {
        m_countsAsked = true;
        for (const Part& each : m_parts)
            each.list->load();
    }
    if (route.query.contains(QStringLiteral("new"))) {
        part().page->openNew();
        show(part().page);
    } else if (!route.at(1).isEmpty()) {
        openPage(route);
    } else {
        show(part().list);
        part().list->open(route);
    }
}

void LibraryScreen::openPage(const Route& route)
{
    const QString tab = route.query.value(QStringLiteral("tab"));
    part().page->open(route.at(1), route.query.value(QStringLiteral("version")).toULongLong(), tab);
    show(part().page);
    if (tab == QStringLiteral("try") && part().kind == DefinitionKind::Prompt)
        m_prompts->focusTry();
    else if (tab == QStringLiteral("uses"))
        part().page->focusUses();
}

void LibraryScreen::refresh(const TopicSet& topics)
{
    for (const Part& each : m_parts)
        each.list->refresh(topics);
    if (showsPage())
        part().page->refresh(topics);
}

QString LibraryScreen::partTitle() const
{
    switch (part().kind) {
    case DefinitionKind::Tool:
        return PromptPage::tr("Tools");
    case DefinitionKind::Model:
        return PromptPage::tr("Models & providers");
    default:
        return PromptPage::tr("Prompts");
    }
}

QString LibraryScreen::title() const
{
    if (!showsPage())
        return PromptPage::tr("Library");
    return part().page->name().isEmpty() ? PromptPage::tr("New %1").arg(word(part().kind).toLower())
                                         : part().page->name();
}

QList<Crumb> LibraryScreen::crumbs() const
{
    if (!showsPage())
        return {};
    return {{PromptPage::tr("Library"), Route{QStringLiteral("library")}},
        {partTitle(), Route{QStringLiteral("library"), {librarySegment(part().kind)}}}};
}

QList<Command> LibraryScreen::commands()
{
    const bool edits = session().may(Permission::EditDefinitions);
    const QString whyNot = edits ? QString() : PromptPage::tr("Your role does not edit definitions.");
    const QString group = PromptPage::tr("Library");
    QList<Command> commands;
    for (const Part& each : m_parts) {
        commands.append({QStringLiteral("library.new-") + librarySegment(each.kind), group,
            PromptPage::tr("New %1").arg(word(each.kind).toLower()),
            [this, kind = each.kind] {
                Q_EMIT navigate(Route{QStringLiteral("library"), {librarySegment(kind)}}.with(
                    QStringLiteral("new"), QStringLiteral("1")));
            },
            {}, Icon::plus, edits, whyNot});
    }
    if (!showsPage())
        return commands;
    const QString one = title();
    commands.append({QStringLiteral("library.save"), one, PromptPage::tr("Save"), [this] { part().page->save(); },
        QKeySequence(QKeySequence::Save), Icon::save, edits, whyNot});
    commands.append({QStringLiteral("library.propose"), one, PromptPage::tr("Submit as change"),
        [this] { part().page->propose(); }, {}, Icon::changes, edits, whyNot});
    if (part().kind == DefinitionKind::Prompt)
        commands.append({QStringLiteral("library.try"), one, PromptPage::tr("Try it"), [this] { m_prompts->tryIt(); },
            QKeySequence(QStringLiteral("Ctrl+Return")), Icon::play, edits, whyNot});
    if (part().kind == DefinitionKind::Model)
        commands.append({QStringLiteral("library.test"), one, PromptPage::tr("Test the model"),
            [this] { m_models->test(); }, {}, Icon::bolt, edits, whyNot});
    return commands;
}

QString LibraryScreen::helpText() const
{
    return PromptPage::tr(
        "Prompts, tools and models, each with its versions and where it is used. A version is a draft "
        "until a change releases it. A prompt opens with its difference from production; its "
        "variables are checked while you type, and text that is not saved is kept.");
}

void LibraryScreen::focusSearch()
{
    if (!showsPage())
        part().list->focusSearch();
}

bool LibraryScreen::hasUnsavedWork() const
{
    return showsPage() && part().page->hasUnsavedWork();
}

}

}

Screen* makeLibraryScreen(ScreenContext& context, QWidget* parent)
{
    return new library::LibraryScreen(context, parent);
}

}
