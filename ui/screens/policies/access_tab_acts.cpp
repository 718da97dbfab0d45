#include "ui/kit/label.h"
#include "ui/screens/policies/access_tab.h"

#include "core/domain/reflect.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/screens/policies/cell_card.h"
#include "ui/screens/policies/grant_form.h"
#include "ui/screens/policies/review_dialog.h"
#include "ui/screens/policies/staged_bar.h"

#include <QFileDialog>
#include <QMenu>
#include <QSaveFile>

// What is done in the matrix: staging, previewing, reviewing, exporting.
namespace ephor::ui::policies {

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
    menu->addSeparator();
    QAction* form
        = menu->addAction(tr("Limits and conditions\u2026") + u'\t' + tr("by a change"), this, &AccessTab::openForm);
    form->setObjectName(QStringLiteral("form"));
    form->setEnabled(mayDraft);
    if (!mayDraft)
        form->setToolTip(tr("Your role does not include \u201C%1\u201D.").arg(word(Permission::EditDefinitions)));
    menu->popup(globalPosition);
}

void AccessTab::openForm()
{
    if (!m_chosen)
        return;
    ExplainGrant::Request ask;
    ask.agent = m_chosen->agent;
    ask.tool = m_chosen->tool;
    m_readCell.request<ExplainGrant>(
        this, m_screen.session(), std::move(ask), [this, at = *m_chosen](Result<ExplainGrant::Response> answer) {
            if (!answer)
                return m_totals->setText(errorLine(answer.error()));
            const auto edit = m_edits->cells().find(at);
            GrantRule begun = answer->released.value_or(GrantRule{});
            if (edit != m_edits->cells().end() && edit->second.form)
                begun = *edit->second.form;
            begun.agent = at.agent;
            begun.tool = at.tool;
            m_card->hide();
            auto* dialog = new GrantForm(m_screen.context(), begun, titleOf(at.agent), this);
            connect(dialog, &GrantForm::chosen, this, [this, at, released = answer->released](const GrantRule& rule) {
                const auto found = m_inForce.find(at);
                const ephor::Access inForce = found == m_inForce.end() ? ephor::Access::None : found->second;
                if (!m_edits->stageForm(at, inForce, released, rule))
                    m_bar->setTrouble(
                        tr("%1 edits are the most that can be reviewed at once.").arg(numberText(StagedEdits::most)));
            });
            dialog->open();
        });
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
        command("policies.limits", tr("Limits and conditions of the cell"), QKeySequence(QStringLiteral("Ctrl+E")),
            m_chosen.has_value() && m_screen.session().may(Permission::EditDefinitions), [this] { openForm(); }),
        command("policies.export", tr("Export as CSV"), {}, m_isLoaded, [this] { exportCsv(); })};
}

}
