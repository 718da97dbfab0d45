#include "ui/screens/policies/backtest_tab.h"

#include "ui/bridge/definition_words.h"
#include "ui/bridge/load_view.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/button.h"
#include "ui/kit/card.h"
#include "ui/kit/data_table.h"
#include "ui/kit/empty_state.h"
#include "ui/kit/field.h"
#include "ui/kit/filter_bar.h"
#include "ui/kit/segmented.h"
#include "ui/kit/select.h"
#include "ui/kit/stat_tile.h"
#include "ui/screens/policies/backtest_box.h"
#include "ui/screens/policies/backtest_words.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QSaveFile>
#include <QVBoxLayout>
#include <array>

namespace ephor::ui::policies {

namespace {

constexpr std::array offeredDays{7, 30, 90, 365};
constexpr int usualDays = 1; ///< place of 30
constexpr int whyColumnRule = 7;

QString typedChoice()
{
    return QStringLiteral("typed");
}

}

BacktestTab::BacktestTab(Screen& screen, QWidget* parent)
    : QWidget(parent)
    , m_screen(screen)
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(
        metrics::contentPadding, metrics::space12, metrics::contentPadding, metrics::contentPadding);
    rows->setSpacing(metrics::gap);
    rows->addWidget(makeQuestion());
    m_tiles = makeTiles();
    m_tiles->hide();
    rows->addWidget(m_tiles);
    rows->addWidget(makeList(), 1);
    connect(m_what, &QComboBox::currentIndexChanged, this, &BacktestTab::choose);
    connect(m_box, &BacktestBox::found, this, &BacktestTab::take);
    connect(m_box, &BacktestBox::failed, this, [this](const Error& error) {
        m_found.reset();
        m_tiles->hide();
        m_view->showError(error);
    });
    connect(m_box, &BacktestBox::began, this, [this] {
        m_judged = m_what->currentText();
        m_judgedKey = questionKey();
    });
    connect(m_agent, &QComboBox::currentIndexChanged, this, &BacktestTab::questionChanged);
    connect(m_days, &Segmented::currentChanged, this, &BacktestTab::questionChanged);
    connect(m_view, &LoadView::retryRequested, m_box, &BacktestBox::start);
    show();
}

QWidget* BacktestTab::makeQuestion()
{
    auto* card = new Card({}, Card::Padding::standard, this);
    auto* row = new QHBoxLayout;
    row->setSpacing(metrics::space8);
    m_what = new Select(tr("Judge"), card);
    m_what->setPrefix(tr("Judge: "));
    m_agent = new Select(tr("Agent"), card);
    m_agent->setPrefix(tr("Agent: "));
    m_agent->addItem(tr("all"), QString());
    m_days = new Segmented(tr("How far back"), {tr("7 days"), tr("30 days"), tr("90 days"), tr("1 year")}, card);
    m_days->setCurrent(usualDays);
    row->addWidget(m_what);
    row->addWidget(m_agent);
    row->addWidget(m_days);
    row->addStretch(1);
    m_box = new BacktestBox(
        m_screen.context(), tr("Run the backtest"), [this](QString& problem) { return wanted(problem); }, card);
    row->addWidget(m_box->takeAct());
    card->body()->addLayout(row);
    card->body()->addWidget(m_box);
    return card;
}

QWidget* BacktestTab::makeTiles()
{
    auto* tiles = new QWidget(this);
    auto* row = new QHBoxLayout(tiles);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::gap);
    const auto tile = [&](const QString& label) {
        auto* made = new StatTile(label, tiles);
        row->addWidget(made, 1);
        return made;
    };
    m_calls = tile(tr("Calls judged"));
    m_stricter = tile(tr("Would be stricter"));
    m_looser = tile(tr("Would be looser"));
    m_unjudged = tile(tr("Could not be judged"));
    const auto leads = [this](StatTile* from, FlipWay way) {
        connect(from, &QAbstractButton::clicked, this, [this, way] {
            m_way->setCurrent(int(way));
            show();
        });
    };
    leads(m_calls, FlipWay::all);
    leads(m_stricter, FlipWay::stricter);
    leads(m_looser, FlipWay::looser);
    return tiles;
}

QWidget* BacktestTab::makeList()
{
    auto* card = new Card({}, Card::Padding::none, this);
    m_bar = new FilterBar(tr("Agent, tool, person, rule or run"), card);
    m_bar->setContentsMargins(metrics::cardPadding, metrics::space8, metrics::cardPadding, metrics::space8);
    m_way = new Segmented(tr("Which flips"), {tr("All"), tr("Stricter"), tr("Looser")}, card);
    m_write = new Button(tr("Export"), Button::Role::secondary, card);
    m_write->setGlyph(Icon::exportDown);
    m_bar->addTrailing(m_way);
    m_bar->addTrailing(m_write);
    card->body()->addWidget(m_bar);
    m_table = new DataTable(tr("Verdicts that would flip"), card);
    m_table->setColumns({{QStringLiteral("when"), 84}, {QStringLiteral("agent"), 120, CellKind::strongText},
        {QStringLiteral("tool"), 130, CellKind::mono}, {QStringLiteral("person"), 110, CellKind::secondaryText},
        {QStringLiteral("before"), 84, CellKind::status}, {QStringLiteral("after"), 84, CellKind::status},
        {QStringLiteral("recorded"), 92, CellKind::status}, {QStringLiteral("rule"), 150, CellKind::link},
        {QStringLiteral("why"), 0, CellKind::secondaryText}});
    m_model = new CellsModel(flipTitles(), m_table);
    m_table->setModel(m_model);
    m_table->setFitColumns();
    m_table->setFilterField(m_bar->field());
    m_view = new LoadView(m_table, 8, card);
    card->setBody(m_view);
    connect(m_bar, &FilterBar::changed, this, &BacktestTab::show);
    connect(m_way, &Segmented::currentChanged, this, &BacktestTab::show);
    connect(m_write, &QAbstractButton::clicked, this, &BacktestTab::exportCsv);
    connect(m_table, &DataTable::sortRequested, m_model, &CellsModel::sort);
    const auto flipAt = [this](int row) -> const VerdictFlip* {
        const QVariant key = m_model->keyAt(row);
        return m_found && key.isValid() && key.toULongLong() < m_found->first.size()
            ? &m_found->first[std::size_t(key.toULongLong())]
            : nullptr;
    };
    connect(m_table, &DataTable::rowOpened, this, [this, flipAt](const QModelIndex& index) {
        if (const VerdictFlip* flip = flipAt(index.row()))
            Q_EMIT navigate(routes::run(text(flip->run)));
    });
    connect(m_table, &DataTable::linkActivated, this, [this, flipAt](const QModelIndex& index) {
        if (const VerdictFlip* flip = flipAt(index.row()); flip && index.column() == whyColumnRule)
            Q_EMIT navigate(routes::rule(text(flip->rule), text(flip->agent)));
    });
    return card;
}

void BacktestTab::open(const Route& route)
{
    const QString policy = route.query.value(QStringLiteral("policy"));
    const QString change = route.query.value(QStringLiteral("change"));
    m_wantedKey = !policy.isEmpty() ? QStringLiteral("policy:") + policy
        : !change.isEmpty()         ? QStringLiteral("change:") + change
                                    : QString();
    const auto days = std::ranges::find(offeredDays, route.query.value(QStringLiteral("days")).toInt());
    if (days != offeredDays.end())
        m_days->setCurrent(int(days - offeredDays.begin()));
    const QString agent = route.query.value(QStringLiteral("agent"));
    if (!agent.isEmpty() && m_agent->findData(agent) < 0)
        m_agent->addItem(agent, agent);
    m_agent->setCurrentIndex(std::max(0, m_agent->findData(agent)));
    loadChoices();
}

Route BacktestTab::route() const
{
    Route route{QStringLiteral("policies"), {QStringLiteral("backtest")}};
    const QString key = m_what->currentData().toString();
    if (key.contains(u':'))
        route = route.with(key.section(u':', 0, 0), key.section(u':', 1));
    route = route.with(QStringLiteral("agent"), m_agent->currentData().toString());
    return m_days->current() == usualDays
        ? route
        : route.with(QStringLiteral("days"), QString::number(offeredDays[std::size_t(m_days->current())]));
}

void BacktestTab::setDraft(const DraftPolicy& draft)
{
    m_typed = draft;
    m_wantedKey = typedChoice();
    if (const int old = m_what->findData(typedChoice()); old >= 0)
        m_what->removeItem(old);
    m_what->insertItem(0, tr("%1 as it is typed").arg(text(draft.name)), typedChoice());
    m_what->setCurrentIndex(0);
    m_judgedKey = m_found ? QStringLiteral("another text") : m_judgedKey;
    choose();
}

void BacktestTab::loadChoices()
{
    const auto add = [this](const QString& words, const QString& key) {
        const QSignalBlocker quiet(m_what);
        if (m_what->findData(key) < 0)
            m_what->addItem(words, key);
        m_what->updateGeometry();
    };
    const auto settleOn = [this] {
        if (const int at = m_what->findData(m_wantedKey); at >= 0 && at != m_what->currentIndex())
            m_what->setCurrentIndex(at);
        else
            choose();
    };
    m_askPolicies.request<ListDefinitions>(this, m_screen.session(), {DefinitionKind::Policy, false},
        [this, add, settleOn](Result<ListDefinitions::Response> answer) {
            if (!answer)
                return m_view->showError(answer.error());
            for (const DefinitionSummary& policy : answer->definitions)
                add(tr("Policy %1, %2").arg(text(policy.name), versionText(policy.newest)),
                    QStringLiteral("policy:") + text(policy.name));
            settleOn();
            show();
        });
    m_askChanges.request<ListChanges>(
        this, m_screen.session(), {}, [add, settleOn](Result<ListChanges::Response> answer) {
            if (!answer)
                return;
            for (const ChangeSummary& change : answer->changes) {
                if (change.state == ChangeState::Draft || change.state == ChangeState::Checks
                    || change.state == ChangeState::Approval || change.state == ChangeState::Approved)
                    add(tr("Change %1, %2").arg(text(change.id), text(change.title)),
                        QStringLiteral("change:") + text(change.id));
            }
            settleOn();
        });
    m_askAgents.request<ListDefinitions>(
        this, m_screen.session(), {DefinitionKind::Agent, false}, [this](Result<ListDefinitions::Response> answer) {
            if (!answer)
                return;
            for (const DefinitionSummary& agent : answer->definitions) {
                if (m_agent->findData(text(agent.name)) < 0)
                    m_agent->addItem(text(agent.title.empty() ? agent.name : agent.title), text(agent.name));
            }
            m_agent->updateGeometry();
        });
}

void BacktestTab::choose()
{
    const QString key = m_what->currentData().toString();
    const bool isChange = key.startsWith(QStringLiteral("change:"));
    m_agent->setEnabled(!isChange);
    m_agent->setToolTip(isChange ? tr("A change is of one agent: its own.") : QString());
    m_box->setWhyNot(whyNot());
    questionChanged();
}

QString BacktestTab::questionKey() const
{
    return QStringList{
        m_what->currentData().toString(), m_agent->currentData().toString(), QString::number(m_days->current())}
        .join(u'\n');
}

void BacktestTab::questionChanged()
{
    Q_EMIT moved();
    if (m_judgedKey.isEmpty() || questionKey() == m_judgedKey)
        return;
    m_judgedKey.clear();
    m_found.reset();
    m_box->forget();
    show();
    Q_EMIT commandsChanged();
}

// Who may not open runs judges them by what the record has: each probe leaves its rules behind.
QString BacktestTab::whyNot() const
{
    const Session& session = m_screen.session();
    if (session.may(Permission::OpenSealed))
        return {};
    if (!session.may(Permission::EditDefinitions))
        return tr("Your role includes neither \u201C%1\u201D nor \u201C%2\u201D.")
            .arg(word(Permission::OpenSealed), word(Permission::EditDefinitions));
    return m_what->currentData().toString() == typedChoice()
        ? tr("Rules as they are typed are judged for people who may open runs. Save the policy and choose it here.")
        : QString();
}

std::optional<Backtest::Request> BacktestTab::wanted(QString& problem) const
{
    Backtest::Request ask;
    ask.days = std::uint64_t(offeredDays[std::size_t(m_days->current())]);
    const QString key = m_what->currentData().toString();
    if (key.startsWith(QStringLiteral("change:"))) {
        ask.change = utf8(key.section(u':', 1));
        return ask;
    }
    ask.agent = utf8(m_agent->currentData().toString());
    if (key.startsWith(QStringLiteral("policy:"))) {
        ask.saved.push_back({utf8(key.section(u':', 1)), 0});
        return ask;
    }
    if (key != typedChoice() || !m_typed) {
        problem = tr("There is nothing to judge yet: write a policy, or draft a change.");
        return std::nullopt;
    }
    ask.candidate.policies.push_back(*m_typed);
    // What it would do once enforced is what is asked.
    ask.candidate.policies.front().body.mode = RuleMode::Enforce;
    return ask;
}

void BacktestTab::take(const Backtest::Response& found)
{
    m_found = found;
    m_calls->setValue(numberText(found.calls));
    m_calls->setFootnote(counted(found.runs, tr("in 1 run"), tr("in %1 runs")));
    m_stricter->setValue(numberText(found.tightened));
    m_stricter->setFootnote(proportionText(found.tightened, found.calls));
    m_looser->setValue(numberText(found.loosened));
    m_looser->setFootnote(proportionText(found.loosened, found.calls));
    m_looser->setState(found.loosened > 0 ? State::warning : State::neutral);
    m_unjudged->setValue(numberText(found.unjudged));
    m_unjudged->setFootnote(found.unjudged > 0 ? tr("erased, or the tool is gone") : tr("every call was judged"));
    m_unjudged->setState(found.unjudged > 0 ? State::warning : State::neutral);
    m_tiles->show();
    show();
    Q_EMIT commandsChanged();
}

void BacktestTab::show()
{
    m_write->setEnabled(m_found.has_value());
    m_bar->setVisible(m_found.has_value());
    m_write->setToolTip(m_found ? tr("Write every listed flip as CSV") : tr("Run a backtest first."));
    if (!m_found) {
        m_tiles->hide();
        m_view->showInstead(
            new EmptyState(EmptyState::Kind::firstUse, tr("See what would have been otherwise"),
                tr("A backtest judges the recorded calls of the last days again: by what is in force, and by a "
                   "draft policy or a change that waits. Every verdict that would flip is listed before "
                   "anybody approves.")),
            m_screen.now());
        return;
    }
    auto rows = flipRows(m_found->first, m_bar->text(), FlipWay(m_way->current()), m_screen.now());
    m_bar->setCount(m_found->first.size() < m_found->flips
            ? tr("%1 of %2, the newest %3 listed")
                  .arg(numberText(rows.size()), numberText(m_found->flips), numberText(m_found->first.size()))
            : tr("%1 of %2").arg(numberText(rows.size()), numberText(m_found->flips)));
    if (rows.empty()) {
        const bool none = m_found->flips == 0;
        m_view->showInstead(new EmptyState(none ? EmptyState::Kind::cleared : EmptyState::Kind::noResults,
                                none ? tr("No verdict would flip") : tr("No flip fits"),
                                none ? backtestSummary(*m_found) : tr("Other words or the other way may find it.")),
            m_screen.now());
        return;
    }
    m_model->setRows(std::move(rows));
    m_view->showContent(m_screen.now());
}

void BacktestTab::exportCsv()
{
    if (!m_found)
        return;
    const SessionInfo& info = m_screen.session().info();
    QString source = text(info.workspaceName) + QStringLiteral(", ") + text(info.environment);
    if (info.demo)
        source += QStringLiteral(", ") + tr("SIMULATED models and traffic");
    const QByteArray csv = flipsCsv(*m_found, source, m_judged, m_screen.now()).toUtf8();
    auto* dialog = new QFileDialog(this, tr("Export the backtest"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    dialog->selectFile(QStringLiteral("backtest.csv"));
    connect(dialog, &QFileDialog::fileSelected, this, [this, csv](const QString& path) {
        QSaveFile file(path);
        const bool written = file.open(QIODevice::WriteOnly) && file.write(csv) == csv.size() && file.commit();
        Notice notice;
        notice.id = QStringLiteral("backtest-export");
        notice.state = written ? State::ok : State::failed;
        notice.title = written ? tr("Backtest written") : tr("The backtest could not be written");
        notice.text = written ? path : file.errorString();
        notice.at = m_screen.now();
        Q_EMIT notify(notice);
    });
    dialog->open();
}

void BacktestTab::focusSearch()
{
    m_bar->field()->setFocus(Qt::ShortcutFocusReason);
}

QList<Command> BacktestTab::commands()
{
    const QString whyNot = this->whyNot();
    return {{QStringLiteral("policies.backtest"), tr("Policies"), tr("Run the backtest"), [this] { m_box->start(); },
                QKeySequence(QStringLiteral("Ctrl+Return")), Icon::play, whyNot.isEmpty(), whyNot},
        {QStringLiteral("policies.export-backtest"), tr("Policies"), tr("Export the backtest as CSV"),
            [this] { exportCsv(); }, {}, Icon::exportDown, m_found.has_value(),
            m_found ? QString() : tr("Run a backtest first.")}};
}

}
