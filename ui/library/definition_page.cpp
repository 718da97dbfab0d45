#include "ui/library/definition_page.h"

#include "core/api/people.h"
#include "ui/bridge/definition_words.h"
#include "ui/bridge/load_view.h"
#include "ui/bridge/propose_change.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/button.h"
#include "ui/kit/card.h"
#include "ui/kit/diff_view.h"
#include "ui/kit/field.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/item_list.h"
#include "ui/kit/label.h"
#include "ui/kit/segmented.h"
#include "ui/kit/select.h"
#include "ui/library/library_rows.h"

#include <QStackedWidget>
#include <algorithm>

namespace ephor::ui::library {

void DefinitionPage::open(const QString& name, std::uint64_t version, const QString& tab)
{
    const bool another = name != m_name || m_isNew;
    m_isNew = false;
    m_identity->hide();
    if (another) {
        m_name = name;
        m_version = 0;
        m_hasBody = false;
        m_versions.clear();
        m_uses.clear();
        m_comparedVersion = 0;
        m_against = 0;
        m_conflict->hide();
        m_error->hide();
        m_message->clear();
        m_listView->beginNew();
        m_bodyView->beginNew();
        m_diffView->beginNew();
        m_usesView->beginNew();
        m_wantsFocus = true;
        Q_EMIT titleChanged();
    }
    m_wanted = version;
    if (tab == QStringLiteral("edit"))
        chooseView(1);
    else if (another || tab == QStringLiteral("diff"))
        chooseView(0);
    m_mayChooseView = another && tab.isEmpty();
    if (another || m_versions.empty()) {
        loadVersions();
        loadUses();
    } else if (version != 0 && version != m_version) {
        m_version = version;
        showVersionList();
        loadBody();
    }
}

void DefinitionPage::openNew()
{
    m_isNew = true;
    m_name.clear();
    m_versions.clear();
    m_uses.clear();
    m_version = 0;
    m_base = {};
    m_hasBody = true;
    m_conflict->hide();
    m_error->hide();
    m_identity->show();
    m_list->setItems({});
    m_listView->showContent(now());
    m_listNote->setText(tr("Its first version is a draft until a change releases it."));
    m_versionsCard->setSubtitle({});
    m_usesList->setItems({});
    m_usesView->showContent(now());
    m_usesCard->setSubtitle({});
    m_middle->setTitle(tr("New %1").arg(word(m_kind).toLower()));
    m_middle->setSubtitle({});
    setStatus({});
    showBlank();
    m_bodyView->showContent(now());
    chooseView(1);
    m_newName->setFocus();
    Q_EMIT titleChanged();
    request<ListTeams>(this, session(), {}, [this](Result<ListTeams::Response> answer) {
        if (!answer)
            return;
        const QString chosen = m_newTeam->currentData().toString();
        m_newTeam->clear();
        for (const Team& team : answer->teams)
            m_newTeam->addItem(text(team.title.empty() ? team.name : team.title), text(team.name));
        m_newTeam->setCurrentIndex(std::max(0, m_newTeam->findData(chosen)));
        m_noTeam->setVisible(answer->teams.empty());
        judge();
    });
    judge();
}

void DefinitionPage::refresh(const TopicSet& topics)
{
    if (m_isNew || m_name.isEmpty() || !touches(topics, {Topic::Definitions, Topic::Changes, Topic::Rollouts}))
        return;
    loadVersions();
    loadUses();
}

void DefinitionPage::loadVersions()
{
    m_listView->beginAgain();
    m_askVersions.request<ListVersions>(
        this, session(), {m_kind, utf8(m_name)}, [this](Result<ListVersions::Response> answer) {
            if (!answer) {
                m_listView->showError(answer.error());
                m_bodyView->showError(answer.error());
                m_diffView->showError(answer.error());
                return;
            }
            m_versions = std::move(answer->versions);
            if (m_version == 0 || (m_wanted == 0 && !hasUnsavedWork()))
                m_version = m_wanted != 0 ? m_wanted : newestVersion(m_versions);
            showVersionList();
            // A first version differs from nothing: what it holds reads better than a page of added lines.
            if (std::exchange(m_mayChooseView, false) && m_versions.size() == 1) {
                const QSignalBlocker quiet(m_which);
                chooseView(1);
            }
            versionsKnown();
            loadBody();
            judge();
        });
}

void DefinitionPage::showVersionList()
{
    const QSignalBlocker quiet(m_list);
    m_list->setItems(versionItems(m_versions, session().principal(), now()));
    m_list->setCurrentKey(QVariant::fromValue<qulonglong>(m_version));
    m_versionsCard->setSubtitle(QString::number(m_versions.size()));
    m_listView->showContent(now());
    if (std::exchange(m_wantsFocus, false))
        m_list->setFocus();
    const auto shown = std::ranges::find(m_versions, m_version, &VersionInfo::number);
    QString note;
    if (shown != m_versions.end() && shown->state != "production" && shown->state != "previous") {
        note = shown->author == session().principal()
            ? tr("You wrote %1, so you cannot approve it. A governance officer can.").arg(versionText(m_version))
            : tr("%1 wrote %2 and cannot approve it.").arg(text(shown->authorName), versionText(m_version));
    }
    if (note.isEmpty())
        note = tr("Editing begins from %1 and makes a draft.").arg(versionText(m_version));
    m_listNote->setText(note);
}

void DefinitionPage::loadBody()
{
    m_bodyView->beginAgain();
    m_askBody.request<GetDefinition>(
        this, session(), {m_kind, utf8(m_name), m_version}, [this](Result<DefinitionVersion> answer) {
            if (!answer)
                return m_bodyView->showError(answer.error());
            // What is typed is not overwritten by hearing that something else moved.
            const bool keepTyped = m_hasBody && isEdited();
            if (!keepTyped) {
                m_base = {m_version, newestVersion(m_versions)};
                if (const auto shown = showBody(*answer); !shown)
                    return m_bodyView->showError(shown.error());
            }
            m_hasBody = true;
            m_bodyView->showContent(now());
            m_middle->setTitle(versionText(m_version));
            judge();
            showDifference();
            Q_EMIT titleChanged();
        });
}

void DefinitionPage::loadUses()
{
    m_usesView->beginAgain();
    m_askUses.request<WhereUsed>(this, session(), {m_kind, utf8(m_name)}, [this](Result<WhereUsed::Response> answer) {
        if (!answer)
            return m_usesView->showError(answer.error());
        m_uses = std::move(answer->uses);
        m_usesList->setItems(useItems(m_uses));
        m_usesCard->setSubtitle(m_uses.empty() ? QString() : numberText(m_uses.size()));
        m_usesView->showContent(now());
        usesKnown(m_uses);
        judge();
    });
}

std::uint64_t DefinitionPage::comparedVersion() const
{
    if (m_against != 0)
        return m_against;
    const std::uint64_t production = productionVersion(m_versions);
    if (hasUnsavedWork())
        return production != 0 ? production : m_version;
    if (production != 0 && production != m_version)
        return production;
    return m_version > 1 ? m_version - 1 : 0;
}

void DefinitionPage::showDifference()
{
    if (m_isNew) {
        m_middle->setSubtitle({});
        m_diff->setLines(diffLinesBetween({}, typedText()));
        m_diffView->showContent(now());
        return;
    }
    if (!m_hasBody)
        return;
    if (hasUnsavedWork())
        return showTypedDifference();
    const std::uint64_t from = comparedVersion();
    m_askDiff.request<DiffVersions>(
        this, session(), {m_kind, utf8(m_name), from, m_version}, [this, from](Result<DiffVersions::Response> answer) {
            if (!answer)
                return m_diffView->showError(answer.error());
            m_diff->setLines(diffLinesOf(answer->lines));
            m_diff->nextHunk();
            m_middle->setSubtitle(from == 0
                    ? tr("the first version")
                    : tr("+%2 \u2212%3 against %1").arg(versionText(from)).arg(answer->added).arg(answer->removed));
            m_diffView->showContent(now());
        });
}

void DefinitionPage::showTypedDifference()
{
    const std::uint64_t from = comparedVersion();
    const auto show = [this, from] {
        const auto lines = diffLinesBetween(m_comparedText, typedText());
        const DiffCount count = countDiffLines(lines);
        m_diff->setLines(lines);
        m_diffView->showContent(now());
        m_middle->setSubtitle(
            tr("unsaved, +%2 \u2212%3 against %1").arg(versionText(from)).arg(count.added).arg(count.removed));
    };
    if (m_comparedVersion == from && from != 0)
        return show();
    m_askCompared.request<GetDefinition>(
        this, session(), {m_kind, utf8(m_name), from}, [this, from, show](Result<DefinitionVersion> answer) {
            if (!answer)
                return m_diffView->showError(answer.error());
            m_comparedVersion = from;
            m_comparedText = textOf(*answer);
            show();
        });
}

void DefinitionPage::edited()
{
    Q_EMIT draftsChanged();
    if (!m_hasBody)
        return;
    judge();
    showDifference();
}

void DefinitionPage::judge()
{
    const bool typed = m_isNew || (m_hasBody && isEdited());
    m_discard->setEnabled(typed && !m_isSaving);
    m_discard->setToolTip(typed ? QString() : tr("Nothing has changed."));
    m_message->setEnabled(session().may(Permission::EditDefinitions));
    if (permit(m_save, session(), Permission::EditDefinitions)) {
        QString why = typed ? whyNotSave() : tr("Nothing has changed.");
        if (m_isNew && (m_newName->text().trimmed().isEmpty() || m_newTeam->currentIndex() < 0))
            why = m_noTeam->isHidden() ? tr("Give it a name and a team.")
                                       : tr("No team yet: make one in Settings first.");
        m_save->setEnabled(why.isEmpty() && !m_isSaving);
        m_save->setToolTip(why);
    }
    if (permit(m_propose, session(), Permission::EditDefinitions)) {
        QString why;
        if (typed)
            why = tr("Save it first.");
        else if (newestVersion(m_versions) == 0 || newestVersion(m_versions) == productionVersion(m_versions))
            why = tr("The newest version is in production already.");
        else if (usingAgents(m_uses).empty())
            why = tr("No agent names it yet: name it in an agent's behaviour first.");
        m_propose->setEnabled(why.isEmpty());
        m_propose->setToolTip(why);
    }
}

void DefinitionPage::save()
{
    if (!m_save->isEnabled())
        return;
    Saving saving;
    saving.name = m_isNew ? utf8(m_newName->text().trimmed()) : utf8(m_name);
    if (m_isNew)
        saving.team = utf8(m_newTeam->currentData().toString());
    saving.message = utf8(m_message->text().trimmed());
    saving.expectedVersion = m_base.expected;
    m_error->hide();
    if (!send(saving))
        return;
    m_isSaving = true;
    judge();
}

void DefinitionPage::saved(const Result<DefinitionRef>& answer)
{
    m_isSaving = false;
    if (answer) {
        m_against = 0;
        m_comparedVersion = 0;
        m_conflict->hide();
        m_message->clear();
        setStatus(tr("Saved %1 at %2").arg(versionText(answer->version), clockTime(instant(now()))));
        const QString savedName = text(answer->name);
        if (m_isNew) {
            discard();
            m_isNew = false;
            m_name.clear();
            Q_EMIT draftsChanged();
            Q_EMIT navigate(routes::definition(librarySegment(m_kind), savedName));
            return;
        }
        m_version = answer->version;
        m_wanted = 0;
        discard();
        Q_EMIT draftsChanged();
        m_hasBody = false;
        loadVersions();
        tellRoute();
        return;
    }
    if (answer.error().code == "definition.moved-on") {
        moveOn();
    } else {
        m_error->setError(errorText(answer.error()));
        m_error->show();
    }
    judge();
}

void DefinitionPage::moveOn()
{
    m_askVersions.request<ListVersions>(
        this, session(), {m_kind, utf8(m_name)}, [this](Result<ListVersions::Response> answer) {
            if (!answer)
                return;
            m_versions = std::move(answer->versions);
            showVersionList();
            const auto newest = std::ranges::find(m_versions, newestVersion(m_versions), &VersionInfo::number);
            const QString who = newest == m_versions.end() ? QString() : text(newest->authorName);
            m_conflict->setText(State::warning,
                tr("%1 saved %2 meanwhile.").arg(who, versionText(newestVersion(m_versions))),
                tr("Your text is kept."));
            m_conflict->show();
        });
}

void DefinitionPage::propose()
{
    if (!m_propose->isEnabled())
        return;
    ChangeItem item;
    item.kind = m_kind;
    item.name = utf8(m_name);
    item.from = productionVersion(m_versions);
    item.to = newestVersion(m_versions);
    ProposeChange::Proposal proposal;
    const auto newest = std::ranges::find(m_versions, item.to, &VersionInfo::number);
    proposal.title = newest == m_versions.end() ? QString() : text(newest->message);
    for (const Use& use : usingAgents(m_uses))
        proposal.agents.push_back({text(use.by.name), text(use.title)});
    proposal.items = {item};
    proposal.summary = item.from == 0
        ? tr("%1 %2: %3, not released before.").arg(word(m_kind), m_name, versionText(item.to))
        : tr("%1 %2: %3 to %4.").arg(word(m_kind), m_name, versionText(item.from), versionText(item.to));
    auto* dialog = new ProposeChange(session(), std::move(proposal), this);
    connect(dialog, &ProposeChange::submitted, this,
        [this](const ChangeSummary& change) { Q_EMIT navigate(routes::change(text(change.id))); });
    dialog->open();
}

void DefinitionPage::setStatus(const QString& words)
{
    m_status->setText(words);
}

void DefinitionPage::chooseView(int index)
{
    if (m_which->current() != index)
        m_which->setCurrent(index);
    m_stack->setCurrentIndex(index);
}

void DefinitionPage::tellRoute()
{
    if (m_isNew)
        return;
    Route route = routes::definition(librarySegment(m_kind), m_name);
    if (m_version != newestVersion(m_versions))
        route = route.with(QStringLiteral("version"), QString::number(m_version));
    Q_EMIT routeChanged(
        route.with(QStringLiteral("tab"), m_which->current() == 0 ? QString() : QStringLiteral("edit")));
}

}
