#pragma once

#include "ui/bridge/paced.h"
#include "ui/bridge/request.h"
#include "ui/bridge/screen.h"
#include "ui/screens/assurance/file_choice.h"
#include "ui/screens/assurance/record_query.h"

#include "core/api/audit.h"

#include <QPointer>
#include <QStringList>

namespace ephor::ui {

class FilterBar;
class LoadView;

namespace assurance {
class EntryPane;
class ExportDialog;
class IntegrityCard;
class RecordList;
}

/// The record and its proofs. Route: assurance/record/<entry>?kind=permit&actor=…&ref=…&before=….
class AssuranceScreen : public Screen {
    Q_OBJECT

public:
    AssuranceScreen(ScreenContext& context, QWidget* parent);

    void open(const Route& route) override;
    void refresh(const TopicSet& topics) override;
    QString title() const override { return tr("Assurance"); }
    QList<Command> commands() override;
    QString helpText() const override;
    void focusSearch() override;

    /// Who answers where to write; the dialogs of the desktop unless a test says otherwise.
    void setFileChoice(assurance::FileChoice choice) { m_files = std::move(choice); }

private:
    QWidget* makeQueryRow();
    QWidget* makeReadyButton();
    void makePane();
    void loadActors();
    void actorsArrived();
    QString actorName(const std::string& id) const;
    void loadStatus();
    void chooseNewest();
    void loadKeys(std::uint64_t entry);
    void loadEntry();
    void queryChanged();
    void typed();
    void setTokens(const std::vector<Filter>& tokens);
    void applyTokens();
    void select(std::uint64_t entry);
    void closeEntry();
    void goToEntry();
    void verify();
    void signHead();
    void exportRecord();
    void runExport(const QPointer<assurance::ExportDialog>& dialog, const QString& folder);
    void saveProof(quint64 entry);
    void tellRoute();
    QString refusal() const;

    assurance::FileChoice m_files = assurance::FileChoice::native();
    RecordStatus m_status;
    std::vector<assurance::KnownActor> m_actors;
    int m_actorListsMissing = 2; ///< people and agents
    QStringList m_keys; ///< verifier keys of the record, once read
    std::vector<Filter> m_tokens;
    std::optional<std::uint64_t> m_entry;
    bool m_isOpen = false;
    bool m_isVerifying = false;
    bool m_choosesNewest = false; ///< once the status is known
    Paced m_paced;
    Latest m_statusAsked;
    Latest m_entryAsked;
    assurance::IntegrityCard* m_integrity = nullptr;
    FilterBar* m_query = nullptr;
    assurance::RecordList* m_list = nullptr;
    LoadView* m_paneView = nullptr;
    assurance::EntryPane* m_pane = nullptr;
};

Screen* makeAssuranceScreen(ScreenContext& context, QWidget* parent);

}
