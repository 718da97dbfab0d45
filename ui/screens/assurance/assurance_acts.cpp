#include "ui/screens/assurance/assurance_screen.h"

#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/screens/assurance/entry_pane.h"
#include "ui/screens/assurance/integrity_card.h"
#include "ui/screens/assurance/integrity_words.h"
#include "ui/screens/assurance/proof_files.h"
#include "ui/screens/assurance/record_dialogs.h"

#include <QDir>
#include <QFileInfo>

/// What people do with the record: verify it, sign its head, export it, save a proof.
namespace ephor::ui {

using namespace assurance;

void AssuranceScreen::verify()
{
    if (std::exchange(m_isVerifying, true))
        return;
    m_integrity->setBusy(counted(m_status.size, tr("Verifying 1 entry"), tr("Verifying %1 entries")));
    const auto status = std::make_shared<RecordStatus>();
    const auto work = [status](Backend& backend, const CallContext& context, JobControl&) -> Result<QString> {
        EPHOR_TRY(*status, backend.call<VerifyRecord>({}, context));
        return tr("Record verified to %1").arg(lastEntryText(status->verified));
    };
    const auto done = [this, status](const Result<QString>& answer) {
        m_isVerifying = false;
        m_integrity->setBusy({});
        if (answer) {
            m_status = *status;
            m_integrity->setWords(integrityWords(m_status, now()));
            return;
        }
        const Error& error = answer.error();
        // A fault is what was looked for: the status names it from now on. Anything else says nothing of the record.
        if (error.kind == ErrorKind::CheckFailed) {
            RecordStatus broken = m_status;
            broken.fault = error.message;
            for (const auto& [name, value] : error.fields) {
                if (name == "index" || name == "entry")
                    broken.faultIndex = text(value).toULongLong();
            }
            m_integrity->setWords(integrityWords(broken, now()));
            loadStatus();
        } else {
            Notice notice;
            notice.id = QStringLiteral("record-verify");
            notice.state = State::failed;
            notice.title = tr("The record could not be verified");
            notice.text = errorLine(error);
            notice.at = now();
            Q_EMIT notify(notice);
        }
    };
    context().jobs.run(this, session(), tr("Verify the record"), work, done, QStringLiteral("assurance/record"));
}

void AssuranceScreen::signHead()
{
    request<SignHead>(this, session(), {}, [this](Result<SignHead::Response> answer) {
        if (!answer) {
            Notice notice;
            notice.id = QStringLiteral("record-sign");
            notice.state = State::failed;
            notice.title = tr("The head could not be signed");
            notice.text = errorLine(answer.error());
            notice.at = now();
            Q_EMIT notify(notice);
            return;
        }
        loadStatus();
        auto* dialog = new HeadDialog(text(answer->note), this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
}

void AssuranceScreen::exportRecord()
{
    const auto place = session().info().embedded ? ExportDialog::Place::thisMachine : ExportDialog::Place::server;
    QPointer<ExportDialog> dialog = new ExportDialog(m_status, place, m_files, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ExportDialog::exportRequested, this,
        [this, dialog](const QString& folder) { runExport(dialog, folder); });
    dialog->open();
}

void AssuranceScreen::runExport(const QPointer<ExportDialog>& dialog, const QString& folder)
{
    struct Outcome {
        ExportRecord::Response result;
        QStringList keys;
    };
    const auto outcome = std::make_shared<Outcome>();
    const auto work = [outcome, folder](Backend& backend, const CallContext& context, JobControl&) -> Result<QString> {
        EPHOR_TRY(outcome->result, backend.call<ExportRecord>({utf8(folder)}, context));
        // The keys only complete the command; an export without them is whole.
        if (const auto proof = backend.call<ProveEntry>({0}, context)) {
            for (const std::string& key : proof->keys)
                outcome->keys << text(key);
        }
        return tr("%1 to %2").arg(counted(outcome->result.entries, tr("1 entry"), tr("%1 entries")), folder);
    };
    const auto done = [dialog, outcome](const Result<QString>& answer) {
        if (dialog && answer)
            dialog->setResult(outcome->result, outcome->keys);
        else if (dialog)
            dialog->setFailure(answer.error());
    };
    if (dialog)
        dialog->setBusy();
    context().jobs.run(this, session(), tr("Export the record"), work, done, QStringLiteral("assurance/record"));
}

void AssuranceScreen::saveProof(quint64 entry)
{
    const QString path = m_files.saveFile(
        this, tr("Save proof"), QDir::home().filePath(proofFileName(entry)), tr("Proof (*.tlog-proof)"));
    if (path.isEmpty())
        return;
    request<ProveEntry>(this, session(), {entry}, [this, path](Result<ProveEntry::Response> answer) {
        const auto written
            = answer ? writeProof(*answer, path) : Result<QStringList>(std::unexpected<Error>(answer.error()));
        if (written)
            m_pane->tell(State::ok, tr("Proof saved"), QFileInfo(path).fileName());
        else
            m_pane->tell(State::failed, tr("Not saved."), errorLine(written.error()));
    });
}

}
