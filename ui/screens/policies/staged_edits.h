#pragma once

#include "core/api/grants.h"

#include <QString>
#include <QUndoStack>
#include <map>
#include <optional>
#include <vector>

namespace ephor::ui::policies {

/// A cell of the access matrix.
struct CellAt {
    std::string agent;
    std::string tool;
    auto operator<=>(const CellAt&) const = default;
};

/// What is in force in a cell and what it would become.
struct StagedEdit {
    ephor::Access before = ephor::Access::None;
    ephor::Access after = ephor::Access::None;
    std::optional<GrantRule> form = {}; ///< the whole rule, where a form says more than the answer
    std::optional<GrantRule> released = {}; ///< beside a form: what the release says
    bool operator==(const StagedEdit&) const = default;
};
using StagedCells = std::map<CellAt, StagedEdit>;

/// How a staged edit reaches force.
enum class EditWay {
    tightens, ///< binds at once, by one person with a reason
    loosens, ///< goes through a change
    removes, ///< takes a rule out of the release: stricter, but only a change can do it
    rewrites, ///< another rule by a form, no looser an answer: only a change carries limits
};
/// Told from the order of grants (allow, ask, none, deny), to draw and to sort. The backend decides for
/// itself: a loosening sent as a tightening is refused.
EditWay wayOf(const StagedEdit& edit);

/// The edits as rules, for the preview. `reason` goes into each.
std::vector<GrantRule> rulesOf(const StagedCells& cells, const std::string& reason = {});

/// The edits by the way they go: tightenings one by one, the rest by agent, a change each.
struct EditPlan {
    std::vector<GrantRule> tightenings;
    std::map<std::string, std::vector<GrantRule>> changes;
};
EditPlan planOf(const StagedCells& cells, const std::string& reason = {});

/// How many go each way.
struct EditCounts {
    std::size_t edits = 0;
    std::size_t tightens = 0;
    std::size_t loosens = 0;
    std::size_t removes = 0;
    std::size_t rewrites = 0;
    bool operator==(const EditCounts&) const = default;
};
EditCounts countsOf(const StagedCells& cells);

/// Edits that are not in force yet, with undo. UI thread only.
class StagedEdits : public QObject {
    Q_OBJECT

public:
    /// Most edits a preview takes.
    static constexpr std::size_t most = 256;

    explicit StagedEdits(QObject* parent = nullptr);

    const StagedCells& cells() const { return m_cells; }
    std::optional<ephor::Access> staged(const CellAt& at) const;
    QUndoStack& undoStack() { return m_undo; }

    /// Stages one answer for a cell, or takes its edit back when that is what is in force. False: there is no room.
    bool stage(const CellAt& at, ephor::Access inForce, ephor::Access wanted);
    /// Stages a whole rule. False: there is no room.
    bool stageForm(const CellAt& at, ephor::Access inForce, const std::optional<GrantRule>& released, GrantRule form);
    /// Takes every edit back; can be undone.
    void discard();
    /// Brings the edits in line with what is in force now: those that hold already go, and so does the undo history.
    void settle(const std::map<CellAt, ephor::Access>& inForce);

    /// What is staged from now on, without a way back: after some of it was carried out.
    void replace(StagedCells cells);

Q_SIGNALS:
    void changed();

private:
    friend class StageCommand;
    bool push(StagedCells after);
    void put(StagedCells cells);

    StagedCells m_cells;
    QUndoStack m_undo;
};

}
