#include "ui/screens/activity/run_page.h"

#include "ui/bridge/load_view.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/card.h"
#include "ui/kit/dialogs.h"
#include "ui/kit/tab_strip.h"
#include "ui/kit/waterfall.h"
#include "ui/screens/activity/dossier.h"
#include "ui/screens/activity/record_tab.h"
#include "ui/screens/activity/run_head.h"
#include "ui/screens/activity/run_words.h"
#include "ui/screens/activity/story_tab.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QSaveFile>
#include <QStackedWidget>
#include <QUuid>
#include <QVBoxLayout>
#include <algorithm>

namespace ephor::ui::activity {

namespace {

constexpr int followMilliseconds = 500;
constexpr int paneWidth = 372;
constexpr int leastPaneWidth = 312;

QString tabCode(int tab)
{
    return QStringList{QString(), QStringLiteral("story"), QStringLiteral("record")}.value(tab);
}

/// The span a person most likely came for: the first that was refused, else the first that was asked or changed; of a
/// run that is under way, where it stands.
QString telltaleSpan(const GetRun::Response& answer)
{
    const std::vector<Span>& spans = answer.spans;
    if (isUnderWay(answer.run) && !spans.empty())
        return text(spans.back().id);
    for (const VerdictWord wanted : {VerdictWord::Deny, VerdictWord::Ask, VerdictWord::Transform}) {
        for (const Span& span : spans) {
            if (span.verdict && span.verdict->word == wanted)
                return text(span.id);
        }
    }
    const auto failed = std::find_if(spans.begin(), spans.end(), [](const Span& span) { return span.failed; });
    if (failed != spans.end())
        return text(failed->id);
    return spans.empty() ? QString() : text(spans.front().id);
}

}

RunPage::RunPage(ScreenContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_paced(followMilliseconds, [this] { load(); })
{
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(
        metrics::contentPadding, metrics::contentPadding, metrics::contentPadding, metrics::contentPadding);
    auto* content = new QWidget(this);
    auto* columns = new QHBoxLayout(content);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(metrics::gap);
    columns->addWidget(makeLeft(), 5);
    m_pane = new SpanPane(content);
    m_pane->setMinimumWidth(leastPaneWidth);
    m_pane->setMaximumWidth(paneWidth);
    columns->addWidget(m_pane, 2);
    m_view = new LoadView(content, 10, this);
    outer->addWidget(m_view);
    connect(m_view, &LoadView::retryRequested, this, &RunPage::load);
    connect(m_pane, &SpanPane::navigate, this, &RunPage::navigate);
    connect(m_pane, &SpanPane::whysWanted, this, &RunPage::openWhys);
    connect(m_pane, &DetailPane::previousRequested, this, [this] { moveSpan(-1); });
    connect(m_pane, &DetailPane::nextRequested, this, [this] { moveSpan(1); });
}

QWidget* RunPage::makeLeft()
{
    auto* left = new QWidget(this);
    auto* rows = new QVBoxLayout(left);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(metrics::gap);
    m_head = new RunHead(left);
    rows->addWidget(m_head);
    m_tabs = new TabStrip(tr("Views of the run"), m_head);
    m_tabs->addTab(tr("Waterfall"));
    m_tabs->addTab(tr("Story"));
    m_tabs->addTab(tr("Record"));
    m_head->addTabs(m_tabs);
    m_stack = new QStackedWidget(left);
    m_stack->addWidget(makeWaterfall());
    m_story = new StoryTab(m_context, m_stack);
    m_stack->addWidget(m_story);
    m_entries = new RecordTab(m_context, m_stack);
    m_stack->addWidget(m_entries);
    rows->addWidget(m_stack, 1);
    connect(m_head, &RunHead::navigate, this, &RunPage::navigate);
    connect(m_head, &RunHead::cancelWanted, this, &RunPage::cancelRun);
    connect(m_head, &RunHead::exportWanted, this, &RunPage::exportDossier);
    connect(m_entries, &RecordTab::navigate, this, &RunPage::navigate);
    connect(m_tabs, &TabStrip::currentChanged, this, [this](int tab) {
        setTab(static_cast<Tab>(tab));
        tellRoute();
    });
    return left;
}

QWidget* RunPage::makeWaterfall()
{
    m_waterfallCard = new Card(tr("What it did"), Card::Padding::none, this);
    m_waterfall = new Waterfall(tr("Spans of the run"), m_waterfallCard);
    m_waterfallCard->setBody(m_waterfall);
    connect(m_waterfall, &Waterfall::rowSelected, this, [this](const QVariant& key) {
        if (key.toString() == m_span)
            return;
        chooseSpan(key.toString());
        tellRoute();
    });
    return m_waterfallCard;
}

QString RunPage::title() const
{
    return tr("Run %1").arg(shortId(m_hasRun ? m_run.run.id : utf8(m_id)));
}

QList<Command> RunPage::commands()
{
    if (!m_hasRun)
        return {};
    QList<Command> commands{{QStringLiteral("run.export"), tr("Run"), tr("Export dossier"), [this] { exportDossier(); },
        {}, Icon::exportDown}};
    if (isUnderWay(m_run.run)) {
        const QString whyNot = whyNoCancel();
        commands.append({QStringLiteral("run.cancel"), tr("Run"), tr("Cancel run"), [this] { cancelRun(); }, {},
            Icon::stop, whyNot.isEmpty(), whyNot});
    }
    return commands;
}

void RunPage::open(const Route& route)
{
    const QString id = route.at(1);
    const QString tab = route.query.value(QStringLiteral("tab"));
    setTab(tab == tabCode(1) ? Tab::story : tab == tabCode(2) ? Tab::record : Tab::waterfall);
    m_tabs->setCurrent(static_cast<int>(m_tab));
    if (id != m_id) {
        m_id = id;
        m_hasRun = false;
        m_whysAsked.cancel();
        m_opened = {};
        if (!m_context.session.may(Permission::OpenSealed))
            m_opened.whyNot = tr("Your roles do not open sealed content; ask a governance officer or an auditor.");
        m_follow.reset();
        m_span = route.fragment;
        m_view->beginNew();
    } else if (!route.fragment.isEmpty()) {
        m_span = route.fragment;
    }
    load();
    loadRecord();
}

void RunPage::refresh(const TopicSet& topics)
{
    if (touches(topics, {Topic::Runs, Topic::Approvals}) && (!m_hasRun || isUnderWay(m_run.run)))
        m_paced.want();
    if (touches(topics, {Topic::Record}) && verifiedOf(m_run.run, m_record).state != State::ok)
        loadRecord();
}

void RunPage::load()
{
    if (m_id.isEmpty())
        return;
    m_view->beginAgain();
    m_asked.request<GetRun>(this, m_context.session, {utf8(m_id)}, [this](Result<GetRun::Response> answer) {
        if (answer)
            show(std::move(*answer));
        else
            m_view->showError(answer.error());
        Q_EMIT commandsChanged();
    });
}

void RunPage::loadRecord()
{
    m_recordAsked.request<RecordState>(this, m_context.session, {}, [this](Result<RecordStatus> answer) {
        m_record = answer ? std::optional(*answer) : std::nullopt;
        if (m_hasRun)
            m_head->setRun(m_run, m_record, m_context.now());
    });
}

void RunPage::show(GetRun::Response answer)
{
    const bool moved = m_hasRun && m_run.run.lastEntry != answer.run.lastEntry;
    m_run = std::move(answer);
    m_hasRun = true;
    if (moved)
        m_opened.whys.reset(); // It was not told about what came since.
    const QString id = text(m_run.run.id);
    m_head->setRun(m_run, m_record, m_context.now());
    m_head->setCancel(whyNoCancel());
    m_waterfall->setRows(spanRows(m_run));
    const QString shares = shareWords(m_run);
    m_waterfallCard->setSubtitle(counted(m_run.spans.size(), tr("1 span"), tr("%1 spans")) + QStringLiteral(", ")
        + durationText(m_run.run.durationMicros) + (shares.isEmpty() ? QString() : QStringLiteral(" · ") + shares));
    const bool known = std::any_of(
        m_run.spans.begin(), m_run.spans.end(), [this](const Span& span) { return text(span.id) == m_span; });
    chooseSpan(known ? m_span : telltaleSpan(m_run));
    m_story->setRun(m_run);
    m_entries->setRun(id);
    if (moved)
        m_entries->refresh();
    m_view->showContent(m_context.now());
    follow();
}

void RunPage::follow()
{
    if (!isUnderWay(m_run.run)) {
        m_follow.reset();
        return;
    }
    if (m_follow)
        return;
    m_follow = std::make_unique<RunFollow>(m_context.session, text(m_run.run.id), 0);
    connect(m_follow.get(), &RunFollow::arrived, this, [this] { m_paced.want(); });
    // A failure to follow costs only speed: hints of the Runs topic still bring what changed.
}

void RunPage::setTab(Tab tab)
{
    m_tab = tab;
    m_stack->setCurrentIndex(static_cast<int>(tab));
    m_pane->setVisible(tab == Tab::waterfall);
}

void RunPage::chooseSpan(const QString& key)
{
    m_span = key;
    m_waterfall->setCurrentKey(key);
    const auto found
        = std::find_if(m_run.spans.begin(), m_run.spans.end(), [&](const Span& span) { return text(span.id) == key; });
    m_pane->setSpan(m_run, static_cast<std::size_t>(found - m_run.spans.begin()), m_opened);
}

void RunPage::openWhys()
{
    if (!m_hasRun || m_opened.isOpening)
        return;
    m_opened.isOpening = true;
    m_opened.problem.clear();
    chooseSpan(m_span);
    m_whysAsked.request<OpenRun>(this, m_context.session, {m_run.run.id}, [this](Result<OpenRun::Response> answer) {
        m_opened.isOpening = false;
        if (answer)
            m_opened.whys = std::move(answer->whys);
        else
            m_opened.problem = errorLine(answer.error());
        chooseSpan(m_span);
    });
}

void RunPage::moveSpan(int by)
{
    const auto found = std::find_if(
        m_run.spans.begin(), m_run.spans.end(), [this](const Span& span) { return text(span.id) == m_span; });
    const auto to = (found - m_run.spans.begin()) + by;
    if (to < 0 || to >= std::ssize(m_run.spans))
        return;
    chooseSpan(text(m_run.spans[static_cast<std::size_t>(to)].id));
    tellRoute();
}

void RunPage::tellRoute()
{
    Route route = routes::run(m_id).with(QStringLiteral("tab"), tabCode(static_cast<int>(m_tab)));
    if (m_tab == Tab::waterfall)
        route.fragment = m_span;
    Q_EMIT routeChanged(route);
}

QString RunPage::whyNoCancel() const
{
    if (!m_context.session.may(Permission::Stop))
        return tr("Your roles do not stop runs; ask an administrator or a governance officer.");
    return {};
}

void RunPage::cancelRun()
{
    if (!m_hasRun || !whyNoCancel().isEmpty())
        return;
    auto* dialog
        = new ReasonDialog({tr("Cancel %1").arg(title().toLower()),
                               tr("The run ends at its next gate. What it has done already stays done."),
                               {tr("Not wanted any more"), tr("It does harm"), tr("It hangs")}, tr("Cancel run")},
            this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::finished, this, [this, dialog] {
        if (dialog->outcome() != ReasonDialog::Outcome::accepted)
            return;
        request<CancelRun>(
            this, m_context.session, {m_run.run.id, utf8(dialog->reason())},
            [this](Result<CancelRun::Response> answer) {
                if (!answer) {
                    const ErrorText words = errorText(answer.error());
                    m_head->showProblem(words.cause, words.hint);
                    if (answer.error().kind != ErrorKind::Conflict)
                        return;
                }
                load();
            },
            QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString());
    });
    dialog->open();
}

void RunPage::exportDossier()
{
    if (!m_hasRun)
        return;
    const QString file = QFileDialog::getSaveFileName(
        this, tr("Export dossier"), QStringLiteral("run-%1.json").arg(shortId(m_run.run.id)), tr("JSON (*.json)"));
    if (file.isEmpty())
        return;
    if (!m_context.session.may(Permission::ReadRecord)) {
        writeDossier(file, std::nullopt);
        return;
    }
    QueryRecord::Request ask;
    ask.filter.reference = m_run.run.id;
    ask.limit = mostEntriesOfRun;
    request<QueryRecord>(this, m_context.session, std::move(ask), [this, file](Result<QueryRecord::Response> answer) {
        if (answer) {
            writeDossier(file, *answer);
            return;
        }
        // A dossier without its entries would look whole.
        const ErrorText words = errorText(answer.error());
        m_head->showProblem(tr("The dossier was not written."), words.cause);
    });
}

void RunPage::writeDossier(const QString& file, const std::optional<QueryRecord::Response>& entries)
{
    const std::string json = dossierJson(m_run, entries, m_record, instant(m_context.now()));
    QSaveFile out(file);
    const auto size = static_cast<qint64>(json.size());
    if (!out.open(QIODevice::WriteOnly) || out.write(json.data(), size) != size || !out.commit())
        m_head->showProblem(tr("The dossier was not written."), out.errorString());
}

}
