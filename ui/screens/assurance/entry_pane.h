#pragma once

#include "core/api/audit.h"
#include "ui/bridge/route.h"
#include "ui/kit/detail_pane.h"
#include "ui/screens/assurance/entry_body.h"
#include "ui/screens/assurance/inclusion.h"

namespace ephor::ui {
class Button;
class StatusBadge;
}

namespace ephor::ui::assurance {

/// One entry: what it says, what in it is sealed, and the way from it up to the signed head, recomputed here.
class EntryPane : public DetailPane {
    Q_OBJECT

public:
    explicit EntryPane(QWidget* parent = nullptr);

    /// `keys` are the record's verifier keys, once known; `headAt` is when the head was signed, as far as known.
    void setEntry(const GetEntry::Response& entry, const QStringList& keys, const QString& headAt);
    const GetEntry::Response& entry() const { return m_entry; }
    /// Words under the buttons: where the proof was saved, or why not.
    void tell(State state, const QString& strong, const QString& words = {});
    /// Why proofs are not for this person; empty: they are.
    void setRefusal(const QString& why);
    /// To the first thing that can be done with the entry.
    void takeFocus();

Q_SIGNALS:
    void routeOpened(const ephor::ui::Route& route);
    void saveRequested(quint64 index);

private:
    void addFacts(const EntryFacts& facts);
    void addSealed(const EntryFacts& facts);
    void addProof(const Inclusion& inclusion, const QString& headAt);
    void addCommand(const QStringList& keys);
    void addBody();
    QWidget* valueOf(const EntryReference& reference);
    void copy(const QString& words, const QString& what);

    GetEntry::Response m_entry;
    StatusBadge* m_badge;
    Button* m_save;
    Button* m_copy;
    QVBoxLayout* m_told = nullptr;
};

}
