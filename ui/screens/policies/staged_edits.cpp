#include "ui/screens/policies/staged_edits.h"

#include <utility>

namespace ephor::ui::policies {

namespace {

int orderOf(ephor::Access access)
{
    switch (access) {
    case ephor::Access::Allow:
        return 0;
    case ephor::Access::Ask:
        return 1;
    case ephor::Access::None:
        return 2;
    case ephor::Access::Deny:
        return 3;
    }
    return 3;
}

GrantRule ruleOf(const CellAt& at, const StagedEdit& edit, const std::string& reason)
{
    if (edit.form) {
        GrantRule rule = *edit.form;
        if (rule.reason.empty())
            rule.reason = reason;
        return rule;
    }
    GrantRule rule;
    rule.agent = at.agent;
    rule.tool = at.tool;
    rule.access = edit.after;
    rule.reason = reason;
    return rule;
}

}

/// One step of the undo history: all staged cells before and after it.
class StageCommand : public QUndoCommand {
public:
    StageCommand(StagedEdits& edits, StagedCells after)
        : m_edits(edits)
        , m_before(edits.cells())
        , m_after(std::move(after))
    {
    }
    void undo() override { m_edits.put(m_before); }
    void redo() override { m_edits.put(m_after); }

private:
    StagedEdits& m_edits;
    StagedCells m_before;
    StagedCells m_after;
};

EditWay wayOf(const StagedEdit& edit)
{
    if (orderOf(edit.after) < orderOf(edit.before))
        return EditWay::loosens;
    if (edit.form)
        return EditWay::rewrites;
    return edit.after == ephor::Access::None ? EditWay::removes : EditWay::tightens;
}

std::vector<GrantRule> rulesOf(const StagedCells& cells, const std::string& reason)
{
    std::vector<GrantRule> rules;
    for (const auto& [at, edit] : cells)
        rules.push_back(ruleOf(at, edit, reason));
    return rules;
}

EditPlan planOf(const StagedCells& cells, const std::string& reason)
{
    EditPlan plan;
    for (const auto& [at, edit] : cells) {
        if (wayOf(edit) == EditWay::tightens)
            plan.tightenings.push_back(ruleOf(at, edit, reason));
        else
            plan.changes[at.agent].push_back(ruleOf(at, edit, reason));
    }
    return plan;
}

EditCounts countsOf(const StagedCells& cells)
{
    EditCounts counts;
    counts.edits = cells.size();
    for (const auto& [at, edit] : cells) {
        const EditWay way = wayOf(edit);
        counts.tightens += way == EditWay::tightens;
        counts.loosens += way == EditWay::loosens;
        counts.removes += way == EditWay::removes;
        counts.rewrites += way == EditWay::rewrites;
    }
    return counts;
}

StagedEdits::StagedEdits(QObject* parent)
    : QObject(parent)
{
}

std::optional<ephor::Access> StagedEdits::staged(const CellAt& at) const
{
    const auto found = m_cells.find(at);
    return found == m_cells.end() ? std::nullopt : std::optional(found->second.after);
}

bool StagedEdits::stage(const CellAt& at, ephor::Access inForce, ephor::Access wanted)
{
    StagedCells after = m_cells;
    if (wanted == inForce)
        after.erase(at);
    else
        after[at] = {inForce, wanted};
    return push(std::move(after));
}

bool StagedEdits::stageForm(
    const CellAt& at, ephor::Access inForce, const std::optional<GrantRule>& released, GrantRule form)
{
    StagedCells after = m_cells;
    const ephor::Access wanted = form.access;
    after[at] = {inForce, wanted, std::move(form), released};
    return push(std::move(after));
}

bool StagedEdits::push(StagedCells after)
{
    if (after.size() > most)
        return false;
    if (after != m_cells)
        m_undo.push(new StageCommand(*this, std::move(after)));
    return true;
}

void StagedEdits::discard()
{
    if (!m_cells.empty())
        m_undo.push(new StageCommand(*this, {}));
}

void StagedEdits::settle(const std::map<CellAt, ephor::Access>& inForce)
{
    StagedCells after;
    for (const auto& [at, edit] : m_cells) {
        const auto found = inForce.find(at);
        const ephor::Access now = found == inForce.end() ? ephor::Access::None : found->second;
        if (edit.form || now != edit.after)
            after[at] = {now, edit.after, edit.form, edit.released};
    }
    replace(std::move(after));
}

void StagedEdits::replace(StagedCells cells)
{
    if (cells == m_cells)
        return;
    m_undo.clear();
    put(std::move(cells));
}

void StagedEdits::put(StagedCells cells)
{
    m_cells = std::move(cells);
    Q_EMIT changed();
}

}
