#include "ui/screens/policies/review_dialog.h"

#include "ui/bridge/definition_words.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/diff_view.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/label.h"
#include "ui/screens/policies/grant_words.h"

#include <QCheckBox>
#include <QFrame>
#include <QVBoxLayout>

namespace ephor::ui::policies {

namespace {

constexpr int reviewWidth = 680;
/// More lines scroll inside their part.
constexpr int tallestDiff = 168;
constexpr qsizetype longestRuleReason = 512;
constexpr qsizetype longestReviewTitle = 200;
/// Shortest reason that grants.tighten takes.
constexpr std::size_t shortestReason = 3;

// One line for the answer, and one below it for each limit.
QString linesOfCell(
    const CellAt& at, ephor::Access access, const std::optional<GrantRule>& rule, int agentWidth, int toolWidth)
{
    QString lines = text(at.agent).leftJustified(agentWidth) + text(at.tool).leftJustified(toolWidth)
        + accessWord(matrixAccess(access)) + u'\n';
    for (const QString& limit : rule ? limitWords(*rule) : QStringList())
        lines += QString(agentWidth + toolWidth, u' ') + limit + u'\n';
    return lines;
}

// Cut at a whole character: the limit is in bytes.
std::string atMost(const QString& words, qsizetype bytes)
{
    QString cut = words;
    while (cut.toUtf8().size() > bytes)
        cut.chop(1);
    return utf8(cut);
}

}

std::vector<DiffLine> editLines(const StagedCells& cells)
{
    int agentWidth = 0;
    int toolWidth = 0;
    for (const auto& [at, edit] : cells) {
        agentWidth = std::max(agentWidth, int(at.agent.size()) + 2);
        toolWidth = std::max(toolWidth, int(at.tool.size()) + 2);
    }
    QString before;
    QString after;
    for (const auto& [at, edit] : cells) {
        before += linesOfCell(at, edit.before, edit.released, agentWidth, toolWidth);
        after += linesOfCell(at, edit.after, edit.form, agentWidth, toolWidth);
    }
    return diffLinesBetween(before, after);
}

ReviewDialog::ReviewDialog(Session& session, StagedCells cells, std::map<std::string, QString> titles, QWidget* parent)
    : Dialog(tr("Review staged edits"),
          tr("What tightens binds at the next call of every run, within a second. What loosens or takes a rule away "
             "becomes a change that others approve."),
          parent)
    , m_session(session)
    , m_titles(std::move(titles))
    , m_mayTighten(session.may(Permission::Tighten))
    , m_mayDraft(session.may(Permission::EditDefinitions))
    , m_picker(new ReasonPicker({}, this))
    , m_submitToo(new QCheckBox(tr("Run the checks and ask for approval at once"), this))
    , m_error(new InlineError({}, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(reviewWidth);
    for (const auto& [at, edit] : cells)
        (wayOf(edit) == EditWay::tightens ? m_now : m_later)[at] = edit;
    if (!m_now.empty())
        addPart(tr("Binds now"),
            m_mayTighten
                ? QString()
                : tr("Your role does not include \u201C%1\u201D; these stay staged.").arg(word(Permission::Tighten)),
            m_now);
    if (!m_later.empty()) {
        QStringList agents;
        for (const auto& [agent, rules] : planOf(m_later).changes)
            agents << (m_titles.contains(agent) ? m_titles[agent] : text(agent));
        addPart(tr("By a change"),
            m_mayDraft
                ? tr("One change for each agent: %1").arg(agents.join(QStringLiteral(", ")))
                : tr("Your role does not include \u201C%1\u201D; these stay staged. An admin or the owner of the "
                     "agent can draft the change.")
                      .arg(word(Permission::EditDefinitions)),
            m_later);
    }
    m_submitToo->setChecked(true);
    m_submitToo->setVisible(!m_later.empty() && m_mayDraft);
    body()->addWidget(m_submitToo);
    body()->addWidget(new Label(tr("Reason"), TextStyle::smallMedium, Token::textSecondary, this));
    body()->addWidget(m_picker);
    body()->addWidget(m_error);
    m_error->hide();
    Button* cancel = addButton(tr("Cancel"), Button::Role::secondary);
    m_act = addButton({}, Button::Role::primary);
    m_act->setObjectName(QStringLiteral("carry-out"));
    connect(cancel, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(m_act, &QAbstractButton::clicked, this, &ReviewDialog::carryOut);
    connect(m_error, &InlineError::retryRequested, this, &ReviewDialog::carryOut);
    connect(m_picker, &ReasonPicker::changed, this, &ReviewDialog::refresh);
    refresh();
    m_picker->setFocus();
}

void ReviewDialog::addPart(const QString& title, const QString& note, const StagedCells& cells)
{
    body()->addWidget(new Label(title, TextStyle::smallStrong, Token::textPrimary, this));
    if (!note.isEmpty()) {
        auto* words = new Label(note, TextStyle::small, Token::textMuted, this);
        words->setOverflow(Label::Overflow::wrap);
        body()->addWidget(words);
    }
    auto* diff = new DiffView(title, this);
    diff->setLines(editLines(cells));
    diff->setFrameShape(QFrame::NoFrame);
    diff->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    diff->setFixedHeight(std::min(tallestDiff, diff->contentHeight() + metrics::space16));
    body()->addWidget(diff);
}

void ReviewDialog::refresh()
{
    const std::size_t tighten = m_mayTighten ? m_now.size() : 0;
    const std::size_t changes = m_mayDraft ? planOf(m_later).changes.size() : 0;
    const QString now = tighten == 1 ? tr("Tighten 1 now") : tr("Tighten %1 now").arg(numberText(tighten));
    const QString later = changes == 1 ? tr("draft 1 change") : tr("draft %1 changes").arg(numberText(changes));
    m_act->setText(tighten > 0 && changes > 0 ? tr("%1, %2").arg(now, later)
            : tighten > 0                     ? now
            : changes == 1                    ? tr("Draft 1 change")
                                              : tr("Draft %1 changes").arg(numberText(changes)));
    m_act->updateGeometry();
    const bool hasReason = utf8(m_picker->reason()).size() >= shortestReason;
    m_act->setEnabled(hasReason && tighten + changes > 0);
    m_act->setToolTip(tighten + changes == 0 ? tr("Your role can do none of these; they stay staged")
            : hasReason                      ? QString()
                                             : tr("Give a reason first"));
}

void ReviewDialog::carryOut()
{
    m_error->hide();
    m_act->setEnabled(false);
    m_picker->setEnabled(false);
    m_submitToo->setEnabled(false);
    if (!m_isBegun) {
        m_isBegun = true;
        m_reason = utf8(m_picker->reason());
        if (m_mayTighten)
            m_tighten = planOf(m_now).tightenings;
        if (m_mayDraft)
            m_draft = planOf(m_later, atMost(m_picker->reason(), longestRuleReason)).changes;
    }
    next();
}

void ReviewDialog::next()
{
    if (!m_tighten.empty())
        return tightenNext();
    if (!m_draft.empty())
        return draftNext();
    if (!m_submit.empty() && m_submitToo->isChecked())
        return submitNext();
    Q_EMIT completed(m_tightened, m_changes);
    accept();
}

void ReviewDialog::tightenNext()
{
    TightenGrant::Request ask;
    ask.agent = m_tighten.back().agent;
    ask.tool = m_tighten.back().tool;
    ask.access = m_tighten.back().access;
    ask.reason = m_reason;
    request<TightenGrant>(this, m_session, std::move(ask), [this](Result<TightenGrant::Response> answer) {
        // Somebody tightened the cell as far already: what was wanted holds.
        if (!answer && answer.error().code != "grant.already-tight")
            return failed(answer.error());
        Q_EMIT carriedOut({m_tighten.back().agent, m_tighten.back().tool});
        m_tighten.pop_back();
        ++m_tightened;
        next();
    });
}

void ReviewDialog::draftNext()
{
    const auto& [agent, rules] = *m_draft.begin();
    const QString title = m_titles.contains(agent) ? m_titles[agent] : text(agent);
    CreateChange::Request ask;
    ask.agent = agent;
    ask.title = atMost(rules.size() == 1
            ? tr("%1: %2 to %3").arg(title, text(rules[0].tool), accessWord(matrixAccess(rules[0].access)).toLower())
            : tr("%1: %2 permissions").arg(title, numberText(rules.size())),
        longestReviewTitle);
    ask.description = m_reason;
    ask.grants.assign(rules.begin(), rules.end());
    request<CreateChange>(this, m_session, std::move(ask), [this](Result<CreateChange::Response> answer) {
        if (!answer)
            return failed(answer.error());
        for (const GrantRule& rule : m_draft.begin()->second)
            Q_EMIT carriedOut({rule.agent, rule.tool});
        m_draft.erase(m_draft.begin());
        m_changes << text(answer->change.id);
        m_submit.push_back(answer->change.id);
        next();
    });
}

void ReviewDialog::submitNext()
{
    request<SubmitChange>(this, m_session, {m_submit.back()}, [this](Result<SubmitChange::Response> answer) {
        if (!answer)
            return failed(answer.error());
        m_submit.pop_back();
        next();
    });
}

void ReviewDialog::failed(const Error& error)
{
    ErrorText words = errorText(error);
    if (m_tightened > 0 || !m_changes.isEmpty())
        words.hint += (words.hint.isEmpty() ? QString() : QStringLiteral(" "))
            + tr("Done so far: %1 tightened, drafted %2. Trying again does the rest.")
                  .arg(numberText(std::uint64_t(m_tightened)),
                      m_changes.isEmpty() ? tr("nothing") : m_changes.join(QStringLiteral(", ")));
    m_error->setError(words);
    m_error->show();
    m_act->setEnabled(true);
}

}
