#include "ui/screens/policies/access_tab.h"

#include "core/domain/reflect.h"
#include "ui/bridge/load_view.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/button.h"
#include "ui/kit/card.h"
#include "ui/kit/empty_state.h"
#include "ui/kit/field.h"
#include "ui/kit/icon_view.h"
#include "ui/kit/label.h"
#include "ui/kit/segmented.h"
#include "ui/kit/select.h"
#include "ui/screens/policies/cell_card.h"
#include "ui/screens/policies/review_dialog.h"
#include "ui/screens/policies/staged_bar.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QSaveFile>
#include <QScrollBar>
#include <QVBoxLayout>

namespace ephor::ui::policies {

namespace {

/// Order of the segments after "All".
constexpr std::array shownEffects{SideEffect::Read, SideEffect::Write, SideEffect::Irreversible, SideEffect::Egress};

QStringList effectLabels(const std::array<std::size_t, 5>& counts)
{
    const auto label = [](const QString& words, std::size_t count) { return words + u' ' + numberText(count); };
    return {label(AccessTab::tr("All"), counts[0]), label(AccessTab::tr("Reads"), counts[1]),
        label(AccessTab::tr("Writes"), counts[2]), label(AccessTab::tr("Irreversible"), counts[3]),
        label(AccessTab::tr("Leaves"), counts[4])};
}

}

AccessTab::AccessTab(Screen& screen, QWidget* parent)
    : QWidget(parent)
    , m_screen(screen)
    , m_edits(new StagedEdits(this))
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(
        metrics::contentPadding, metrics::space12, metrics::contentPadding, metrics::contentPadding);
    rows->setSpacing(metrics::gap);
    rows->addWidget(makeBar());
    m_view = new LoadView(makeMatrix(), 10, this);
    rows->addWidget(m_view, 1);
    m_bar = new StagedBar(this);
    m_bar->hide();
    rows->addWidget(m_bar);
    m_card = new CellCard(screen.session(), this);
    connect(m_view, &LoadView::retryRequested, this, &AccessTab::load);
    connect(m_edits, &StagedEdits::changed, this, &AccessTab::stagedChanged);
    connect(m_bar, &StagedBar::discardWanted, m_edits, &StagedEdits::discard);
    connect(m_bar, &StagedBar::reviewWanted, this, &AccessTab::review);
    connect(m_card, &CellCard::editWanted, this,
        [this] { offerAnswers(m_card->mapToGlobal(m_card->rect().bottomLeft())); });
    connect(m_card, &CellCard::runsWanted, this, [this](const QString& agent, const QString& tool) {
        Route route{QStringLiteral("activity"), {QStringLiteral("runs")}};
        Q_EMIT navigate(route.with(QStringLiteral("agent"), agent).with(QStringLiteral("q"), tool));
    });
}

QWidget* AccessTab::makeBar()
{
    auto* bar = new QWidget(this);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::space8);
    m_differing = new QCheckBox(tr("Differences only"), bar);
    m_differing->setToolTip(tr("Only agents with a cell that a tightening stands over, or that is not what their team "
                               "usually has"));
    m_differCount = new Label({}, TextStyle::small, Token::textMuted, bar);
    m_team = new Select(tr("Team"), bar);
    m_team->setGlyph(Icon::team);
    m_team->setPrefix(tr("Team: "));
    m_team->addItem(tr("all"), QString());
    m_effect = new Segmented(tr("Side effect"), effectLabels({}), bar);
    m_search = new SearchField(tr("Agent or operation"), bar);
    m_search->setKeyHint(QStringLiteral("/"));
    m_search->setMaximumWidth(220);
    auto* write = new Button(tr("Export"), Button::Role::secondary, bar);
    write->setGlyph(Icon::exportDown);
    write->setToolTip(tr("Write the whole matrix as CSV"));
    row->addWidget(m_differing);
    row->addWidget(m_differCount);
    row->addWidget(m_team);
    row->addWidget(m_effect);
    row->addStretch(1);
    row->addWidget(m_search, 1);
    row->addWidget(write);
    connect(m_differing, &QCheckBox::toggled, this, &AccessTab::readControls);
    connect(m_team, &QComboBox::currentIndexChanged, this, &AccessTab::readControls);
    connect(m_effect, &Segmented::currentChanged, this, &AccessTab::readControls);
    connect(m_search, &SearchField::searchChanged, this, &AccessTab::readControls);
    connect(write, &QAbstractButton::clicked, this, &AccessTab::exportCsv);
    return bar;
}

QWidget* AccessTab::makeMatrix()
{
    auto* card = new Card({}, Card::Padding::none, this);
    m_grid = new MatrixView(tr("Access matrix"), card);
    m_grid->setCorner(tr("Tool"), tr("Team and agent"));
    m_grid->setContextMenuPolicy(Qt::CustomContextMenu);
    card->setBody(m_grid);
    m_legend = card->footer();
    fillLegend();
    connect(m_grid, &MatrixView::cellSelected, this, [this](const QVariant& row, int column) {
        if (const auto at = cellOf(row, column))
            select(*at);
    });
    connect(m_grid, &MatrixView::cellOpened, this, [this](const QVariant& row, int column) {
        if (const auto at = cellOf(row, column)) {
            select(*at);
            const QModelIndex index = m_grid->currentIndex();
            offerAnswers(m_grid->cellRect(index.row(), index.column()).bottomLeft());
        }
    });
    connect(m_grid, &MatrixView::editRequested, this, [this](const QVariant& row, int column, const QPoint& where) {
        if (const auto at = cellOf(row, column)) {
            select(*at);
            offerAnswers(where);
        }
    });
    connect(m_grid, &QWidget::customContextMenuRequested, this, [this](const QPoint& where) {
        const QModelIndex index = m_grid->indexAt(where);
        if (!index.isValid() || !(index.flags() & Qt::ItemIsSelectable))
            return;
        m_grid->setCurrentIndex(index);
        offerAnswers(m_grid->viewport()->mapToGlobal(where));
    });
    const auto leave = [this] { m_card->hide(); };
    connect(m_grid->verticalScrollBar(), &QScrollBar::valueChanged, this, leave);
    connect(m_grid->horizontalScrollBar(), &QScrollBar::valueChanged, this, leave);
    return card;
}

void AccessTab::fillLegend()
{
    const auto mark
        = [this](Icon glyph, Token tint) { m_legend->addWidget(new IconView(glyph, tint, metrics::iconCell, this)); };
    const auto words = [this](const QString& text, Token color = Token::textSecondary) {
        auto* label = new Label(text, TextStyle::small, color, this);
        m_legend->addWidget(label);
        return label;
    };
    m_legend->setSpacing(6);
    for (const ui::Access access : {ui::Access::allow, ui::Access::ask, ui::Access::deny}) {
        mark(accessIcon(access), accessToken(access));
        m_counts.push_back(words(accessWord(access)));
        m_legend->addSpacing(6);
    }
    m_counts.push_back(words(accessWord(ui::Access::none)));
    m_legend->addSpacing(6);
    m_totals = words({}, Token::textMuted);
    m_totals->setOverflow(Label::Overflow::elide);
    m_legend->setStretchFactor(m_totals, 1);
    for (const SideEffect effect : shownEffects) {
        mark(effectIcon(effect), Token::textMuted);
        words(word(effect));
        m_legend->addSpacing(4);
    }
    words(tr("Tint: differs"), Token::textMuted)
        ->setToolTip(tr("A tightening stands over the cell, or it is not what the team usually has"));
}

void AccessTab::open(const Route& route)
{
    MatrixFilter filter;
    filter.team = route.query.value(QStringLiteral("team"));
    if (const auto effect = enumeratorFrom<SideEffect>(utf8(route.query.value(QStringLiteral("effect")))))
        filter.effect = *effect;
    filter.words = route.query.value(QStringLiteral("q"));
    filter.rows = route.query.contains(QStringLiteral("differing")) ? Rows::differing : Rows::all;
    m_filter = filter;
    const std::string agent = utf8(route.query.value(QStringLiteral("agent")));
    const std::string tool = utf8(route.query.value(QStringLiteral("tool")));
    m_chosen = agent.empty() || tool.empty() ? std::nullopt : std::optional(CellAt{agent, tool});
    const QSignalBlocker quietRows(m_differing);
    const QSignalBlocker quietTeam(m_team);
    const QSignalBlocker quietEffect(m_effect);
    const QSignalBlocker quietWords(m_search);
    m_differing->setChecked(filter.rows == Rows::differing);
    m_search->setText(filter.words);
    m_effect->setCurrent(filter.effect ? int(*filter.effect) + 1 : 0);
    if (!filter.team.isEmpty() && m_team->findData(filter.team) < 0)
        m_team->addItem(filter.team, filter.team);
    m_team->setCurrentIndex(std::max(0, m_team->findData(filter.team)));
    load();
}

Route AccessTab::route() const
{
    Route route = m_chosen ? routes::matrix(text(m_chosen->agent), text(m_chosen->tool)) : routes::matrix();
    route = route.with(QStringLiteral("team"), m_filter.team);
    route = route.with(QStringLiteral("effect"), m_filter.effect ? text(wordOf(*m_filter.effect)) : QString());
    route = route.with(QStringLiteral("q"), m_filter.words);
    return route.with(QStringLiteral("differing"), m_filter.rows == Rows::differing ? QStringLiteral("1") : QString());
}

void AccessTab::readControls()
{
    MatrixFilter filter;
    filter.team = m_team->currentData().toString();
    if (const int effect = m_effect->current(); effect > 0)
        filter.effect = shownEffects[std::size_t(effect) - 1];
    filter.words = m_search->text().trimmed();
    filter.rows = m_differing->isChecked() ? Rows::differing : Rows::all;
    if (filter == m_filter)
        return;
    m_filter = filter;
    m_card->hide();
    show();
    Q_EMIT moved();
}

void AccessTab::load()
{
    m_view->beginAgain();
    m_read.request<ReadMatrix>(this, m_screen.session(), {}, [this](Result<ReadMatrix::Response> answer) {
        if (answer)
            take(std::move(*answer));
        else
            m_view->showError(answer.error());
    });
}

void AccessTab::take(ReadMatrix::Response matrix)
{
    m_matrix = std::move(matrix);
    m_inForce = accessInForce(m_matrix);
    {
        const QSignalBlocker quiet(m_team);
        const QString chosen = m_filter.team;
        const QStringList teams = teamsOf(m_matrix);
        m_team->clear();
        m_team->addItem(tr("all %1").arg(numberText(std::uint64_t(teams.size()))), QString());
        for (const QString& team : teams)
            m_team->addItem(team, team);
        m_team->setCurrentIndex(std::max(0, m_team->findData(chosen)));
    }
    m_effect->setLabels(effectLabels(effectCounts(m_matrix)));
    const bool isFirst = !std::exchange(m_isLoaded, true);
    m_edits->settle(m_inForce);
    show();
    if (isFirst || m_card->isVisible())
        explain();
    Q_EMIT loaded(m_matrix);
}

void AccessTab::show()
{
    if (!m_isLoaded)
        return;
    m_table = matrixTable(m_matrix, m_edits->cells(), m_filter);
    showCounts();
    if (m_matrix.rows.empty() || m_matrix.tools.empty()) {
        m_card->hide();
        m_view->showInstead(new EmptyState(EmptyState::Kind::firstUse, tr("No agent or no tool yet"),
                                tr("Here each agent meets each tool: allow, ask, deny. Save an agent and a tool in the "
                                   "library first; without a rule every call is denied.")),
            m_screen.now());
        return;
    }
    if (m_table.rows.empty() || m_table.columns.empty()) {
        m_card->hide();
        auto* empty = new EmptyState(EmptyState::Kind::noResults, tr("No cell fits"),
            tr("No agent and tool fit team, side effect and these words together."), tr("Show the whole matrix"));
        connect(empty, &EmptyState::actionTriggered, this, [this] {
            open(routes::matrix());
            Q_EMIT moved();
        });
        m_view->showInstead(empty, m_screen.now());
        return;
    }
    const QPoint scrolled(m_grid->horizontalScrollBar()->value(), m_grid->verticalScrollBar()->value());
    {
        const QSignalBlocker quiet(m_grid);
        m_grid->setMatrix(m_table.columns, m_table.rows);
        restoreSelection();
    }
    m_view->showContent(m_screen.now());
    m_grid->horizontalScrollBar()->setValue(scrolled.x());
    m_grid->verticalScrollBar()->setValue(scrolled.y());
}

void AccessTab::showCounts()
{
    const AccessCounts& counts = m_table.counts;
    const auto say = [this](std::size_t at, ui::Access access, std::size_t count) {
        m_counts[at]->setText(accessWord(access) + u' ' + numberText(count));
    };
    say(0, ui::Access::allow, counts.allow);
    say(1, ui::Access::ask, counts.ask);
    say(2, ui::Access::deny, counts.deny);
    m_counts[3]->setText(QStringLiteral("\u00B7 ") + accessWord(ui::Access::none) + u' ' + numberText(counts.none));
    m_totals->setText(tr("in force, %1 agents on %2 operations, %3 cells")
            .arg(numberText(counts.agents), numberText(counts.tools), numberText(counts.agents * counts.tools)));
    m_differCount->setText(counts.differing == 1 ? tr("1 cell") : tr("%1 cells").arg(numberText(counts.differing)));
}

std::optional<CellAt> AccessTab::cellOf(const QVariant& rowKey, int column) const
{
    if (column < 0 || std::size_t(column) >= m_table.tools.size())
        return std::nullopt;
    return CellAt{utf8(rowKey.toString()), m_table.tools[std::size_t(column)]};
}

QString AccessTab::titleOf(const std::string& agent) const
{
    const auto found = std::ranges::find(m_matrix.rows, agent, &ephor::MatrixRow::agent);
    return found == m_matrix.rows.end() || found->title.empty() ? text(agent) : text(found->title);
}

void AccessTab::restoreSelection()
{
    if (!m_chosen)
        return;
    const auto column = std::ranges::find(m_table.tools, m_chosen->tool);
    if (column == m_table.tools.end())
        return;
    for (std::size_t row = 0; row < m_table.rows.size(); ++row) {
        if (m_table.rows[row].kind == ui::MatrixRow::Kind::item
            && m_table.rows[row].key.toString() == text(m_chosen->agent))
            m_grid->setCurrentIndex(m_grid->model()->index(int(row), int(column - m_table.tools.begin())));
    }
}

void AccessTab::select(const CellAt& at)
{
    if (m_chosen == at && m_card->isVisible())
        return;
    m_chosen = at;
    explain();
    Q_EMIT moved();
}

void AccessTab::explain()
{
    const QModelIndex index = m_grid->currentIndex();
    if (!m_chosen || !index.isValid() || !m_view->isShowingContent()) {
        m_card->hide();
        return;
    }
    m_grid->scrollTo(index);
    const QRect global = m_grid->cellRect(index.row(), index.column());
    m_card->showFor(
        *m_chosen, titleOf(m_chosen->agent), QRect(mapFromGlobal(global.topLeft()), global.size()), m_screen.now());
}

void AccessTab::offerAnswers(const QPoint& globalPosition)
{
    if (!m_chosen)
        return;
    const auto found = m_inForce.find(*m_chosen);
    const ephor::Access inForce = found == m_inForce.end() ? ephor::Access::None : found->second;
    const ephor::Access present = m_edits->staged(*m_chosen).value_or(inForce);
    const bool mayTighten = m_screen.session().may(Permission::Tighten);
    const bool mayDraft = m_screen.session().may(Permission::EditDefinitions);
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    for (const ephor::Access access :
        {ephor::Access::Allow, ephor::Access::Ask, ephor::Access::Deny, ephor::Access::None}) {
        const QString note = access == inForce              ? tr("in force")
            : wayOf({inForce, access}) == EditWay::tightens ? tr("binds now")
                                                            : tr("by a change");
        QAction* action = menu->addAction(icon(accessIcon(matrixAccess(access)), accessToken(matrixAccess(access))),
            accessWord(matrixAccess(access)) + u'\t' + note, this, [this, access] { stage(access); });
        action->setObjectName(text(wordOf(access)));
        action->setCheckable(true);
        action->setChecked(access == present);
        const bool may = access == inForce || (wayOf({inForce, access}) == EditWay::tightens ? mayTighten : mayDraft);
        action->setEnabled(may);
        if (!may)
            action->setToolTip(tr("Your role does not include \u201C%1\u201D.")
                    .arg(word(wayOf({inForce, access}) == EditWay::tightens ? Permission::Tighten
                                                                            : Permission::EditDefinitions)));
    }
    menu->popup(globalPosition);
}

void AccessTab::stage(ephor::Access wanted)
{
    if (!m_chosen)
        return;
    const auto found = m_inForce.find(*m_chosen);
    const ephor::Access inForce = found == m_inForce.end() ? ephor::Access::None : found->second;
    if (!m_edits->stage(*m_chosen, inForce, wanted))
        m_bar->setTrouble(tr("%1 edits are the most that can be reviewed at once.").arg(numberText(StagedEdits::most)));
}

void AccessTab::stagedChanged()
{
    m_card->hide();
    show();
    m_bar->setVisible(hasStaged());
    m_preview.cancel();
    if (hasStaged()) {
        m_bar->setWords(stagedWords(policies::countsOf(m_edits->cells()), nullptr));
        preview();
    }
    Q_EMIT commandsChanged();
}

void AccessTab::preview()
{
    PreviewGrants::Request ask;
    const auto rules = rulesOf(m_edits->cells());
    ask.edits.assign(rules.begin(), rules.end());
    m_preview.request<PreviewGrants>(
        this, m_screen.session(), std::move(ask), [this](Result<PreviewGrants::Response> answer) {
            if (answer)
                m_bar->setWords(stagedWords(policies::countsOf(m_edits->cells()), &*answer));
            else
                m_bar->setTrouble(tr("What it would have changed is not known: %1").arg(errorLine(answer.error())));
        });
}

void AccessTab::review()
{
    if (!hasStaged())
        return;
    m_card->hide();
    std::map<std::string, QString> titles;
    for (const ephor::MatrixRow& row : m_matrix.rows)
        titles[row.agent] = titleOf(row.agent);
    auto* dialog = new ReviewDialog(m_screen.session(), m_edits->cells(), std::move(titles), this);
    connect(dialog, &ReviewDialog::carriedOut, this, [this](const CellAt& at) {
        // Not undone by Ctrl+Z: what binds or is drafted is taken back by another act, never silently.
        auto left = m_edits->cells();
        left.erase(at);
        m_edits->replace(std::move(left));
    });
    connect(dialog, &ReviewDialog::completed, this, [this](int tightened, const QStringList& changes) {
        const QString ids = changes.join(QStringLiteral(", "));
        Notice notice;
        notice.id = QStringLiteral("grants-") + (changes.isEmpty() ? QString::number(tightened) : ids);
        notice.state = State::ok;
        notice.title = changes.isEmpty() ? tr("%1 tightened, binding now").arg(numberText(std::uint64_t(tightened)))
            : tightened == 0             ? tr("Drafted %1").arg(ids)
                             : tr("%1 tightened, drafted %2").arg(numberText(std::uint64_t(tightened)), ids);
        notice.at = m_screen.now();
        if (!changes.isEmpty()) {
            notice.route = routes::change(changes.first()).format();
            notice.action = tr("Open %1").arg(changes.first());
        }
        Q_EMIT notify(notice);
    });
    // Whatever was done before somebody closed it is in force by now.
    connect(dialog, &QDialog::finished, this, &AccessTab::load);
    dialog->open();
}

void AccessTab::exportCsv()
{
    const SessionInfo& info = m_screen.session().info();
    QString source = text(info.workspaceName) + QStringLiteral(", ") + text(info.environment);
    if (info.demo)
        source += QStringLiteral(", ") + tr("SIMULATED models and traffic");
    const QByteArray csv = matrixCsv(m_matrix, source, m_screen.now()).toUtf8();
    auto* dialog = new QFileDialog(this, tr("Export the access matrix"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    dialog->selectFile(QStringLiteral("access-matrix.csv"));
    connect(dialog, &QFileDialog::fileSelected, this, [this, csv](const QString& path) {
        QSaveFile file(path);
        const bool written = file.open(QIODevice::WriteOnly) && file.write(csv) == csv.size() && file.commit();
        Notice notice;
        notice.id = QStringLiteral("matrix-export");
        notice.state = written ? State::ok : State::failed;
        notice.title = written ? tr("Access matrix written") : tr("The access matrix could not be written");
        notice.text = written ? path : file.errorString();
        notice.at = m_screen.now();
        Q_EMIT notify(notice);
    });
    dialog->open();
}

QList<Command> AccessTab::commands()
{
    const auto command = [this](const char* id, const QString& action, const QKeySequence& keys, bool enabled,
                             std::function<void()> run) {
        Command made;
        made.id = QLatin1String(id);
        made.group = tr("Access matrix");
        made.action = action;
        made.keys = keys;
        made.enabled = enabled;
        made.whyNot = enabled ? QString() : tr("There is nothing to do it with.");
        made.run = std::move(run);
        return made;
    };
    QUndoStack& undo = m_edits->undoStack();
    return {command("policies.undo", tr("Undo the last edit"), QKeySequence(QStringLiteral("Ctrl+Z")), undo.canUndo(),
                [this] { m_edits->undoStack().undo(); }),
        command("policies.redo", tr("Redo the edit"), QKeySequence(QStringLiteral("Ctrl+Shift+Z")), undo.canRedo(),
            [this] { m_edits->undoStack().redo(); }),
        command("policies.review", tr("Review staged edits"), QKeySequence(QStringLiteral("Ctrl+Return")), hasStaged(),
            [this] { review(); }),
        command("policies.discard", tr("Discard staged edits"), {}, hasStaged(), [this] { m_edits->discard(); }),
        command("policies.export", tr("Export as CSV"), {}, m_isLoaded, [this] { exportCsv(); })};
}

void AccessTab::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && m_card->isVisible()) {
        m_card->hide();
        return;
    }
    QWidget::keyPressEvent(event);
}

void AccessTab::focusSearch()
{
    m_search->setFocus();
    m_search->selectAll();
}

}
