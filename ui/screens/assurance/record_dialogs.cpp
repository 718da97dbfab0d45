#include "ui/screens/assurance/record_dialogs.h"

#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/button.h"
#include "ui/kit/code_view.h"
#include "ui/kit/field.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/key_value_list.h"
#include "ui/kit/label.h"
#include "ui/screens/assurance/inclusion.h"
#include "ui/screens/assurance/integrity_words.h"
#include "ui/screens/assurance/proof_files.h"
#include "ui/screens/assurance/record_query.h"

#include <QClipboard>
#include <QDir>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QTimer>
#include <QVBoxLayout>

namespace ephor::ui::assurance {

namespace {

constexpr int noteHeight = 132;
constexpr int wideDialog = 620;

void emptyLayout(QLayout* layout)
{
    while (QLayoutItem* item = layout->takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
}

}

QWidget* commandLine(const QString& command, QWidget* parent)
{
    auto* line = new QWidget(parent);
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::space8);
    auto* field = new TextField(ExportDialog::tr("Command"), line);
    field->setText(command);
    field->setReadOnly(true);
    field->setMonospace();
    field->setCursorPosition(0);
    auto* copy = new Button(ExportDialog::tr("Copy"), Button::Role::secondary, line);
    copy->setGlyph(Icon::copy);
    QObject::connect(
        copy, &QAbstractButton::clicked, line, [command] { QGuiApplication::clipboard()->setText(command); });
    row->addWidget(field, 1);
    row->addWidget(copy);
    return line;
}

HeadDialog::HeadDialog(const QString& note, QWidget* parent)
    : Dialog(tr("Signed head"),
          tr("This is the whole record in a few lines. Give it to somebody outside, on paper or by mail: whoever holds "
             "it "
             "can later tell whether anything before it was changed, taken out or put back to an older copy."),
          parent)
{
    setMinimumWidth(wideDialog);
    const auto head = readHead(utf8(note));
    if (head) {
        auto* facts = new KeyValueList(72, this);
        facts->addRow(tr("Covers"),
            tr("%1, to %2").arg(counted(head->size, tr("1 entry"), tr("%1 entries")), lastEntryText(head->size)));
        facts->addMonoRow(tr("Record"), head->origin);
        body()->addWidget(facts);
    }
    auto* view = new CodeView(tr("Signed head"), this);
    view->setPlainText(note);
    view->setFixedHeight(noteHeight);
    body()->addWidget(view);
    Button* close = addButton(tr("Close"), Button::Role::secondary);
    Button* copy = addButton(tr("Copy"), Button::Role::primary);
    copy->setGlyph(Icon::copy);
    connect(close, &QAbstractButton::clicked, this, &QDialog::accept);
    connect(copy, &QAbstractButton::clicked, this, [copy, note] {
        QGuiApplication::clipboard()->setText(note);
        copy->setText(tr("Copied"));
    });
}

GoToDialog::GoToDialog(std::uint64_t size, QWidget* parent)
    : Dialog(tr("Go to entry"), {}, parent)
    , m_size(size)
    , m_field(new TextField(tr("Number of the entry"), this))
{
    const QString hint = size == 0 ? QString() : tr("0 to %1").arg(numberText(size - 1));
    m_row = new FormRow(tr("Number of the entry"), m_field, hint, this);
    body()->addWidget(m_row);
    Button* cancel = addButton(tr("Cancel"), Button::Role::secondary);
    Button* act = addButton(tr("Go"), Button::Role::primary);
    act->setDefault(true);
    connect(cancel, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(act, &QAbstractButton::clicked, this, &GoToDialog::go);
    m_field->setFocus();
}

void GoToDialog::go()
{
    const TypedWords words = understood(m_field->text(), {});
    if (!words.entry) {
        m_row->setError(tr("Write the number of an entry, such as 1,284,022."));
        return;
    }
    if (m_size > 0 && *words.entry >= m_size) {
        m_row->setError(tr("The record ends at %1.").arg(lastEntryText(m_size)));
        return;
    }
    Q_EMIT chosen(*words.entry);
    accept();
}

ExportDialog::ExportDialog(const RecordStatus& status, Place place, FileChoice choice, QWidget* parent)
    : Dialog(tr("Export the record"),
          tr("Writes %1 to a folder that proves itself: entries, hashes and the signed head. Sealed values stay "
             "sealed. "
             "The export is recorded.")
              .arg(counted(status.size, tr("the one entry"), tr("all %1 entries"))),
          parent)
    , m_folder(new TextField(tr("Folder"), this))
    , m_browse(new Button(tr("Choose…"), Button::Role::secondary, this))
    , m_outcome(new QVBoxLayout)
{
    setMinimumWidth(wideDialog);
    const QString suggested = QStringLiteral("ephor-record-%1").arg(status.size);
    m_folder->setText(place == Place::thisMachine ? QDir::home().filePath(suggested) : QString());
    m_row = new FormRow(tr("Folder"), m_folder,
        place == Place::thisMachine ? tr("A new or empty folder on this machine.")
                                    : tr("A new or empty folder on the server, not on this machine."),
        this);
    auto* line = new QHBoxLayout;
    line->setSpacing(metrics::space8);
    line->addWidget(m_row, 1);
    line->addWidget(m_browse, 0, Qt::AlignVCenter);
    m_browse->setVisible(place == Place::thisMachine);
    body()->addLayout(line);
    m_outcome->setSpacing(metrics::space8);
    body()->addLayout(m_outcome);
    m_close = addButton(tr("Close"), Button::Role::secondary);
    m_export = addButton(tr("Export"), Button::Role::primary);
    connect(m_close, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(m_export, &QAbstractButton::clicked, this, &ExportDialog::begin);
    connect(m_browse, &QAbstractButton::clicked, this, [this, choice = std::move(choice), suggested] {
        const QString folder = choice.folder(this, tr("Export to"), QDir::homePath());
        if (!folder.isEmpty())
            m_folder->setText(QDir(folder).filePath(suggested));
    });
}

void ExportDialog::begin()
{
    const QString folder = m_folder->text().trimmed();
    m_row->setError(folder.isEmpty() ? tr("Name a folder.") : QString());
    if (!folder.isEmpty())
        Q_EMIT exportRequested(folder);
}

void ExportDialog::fitHeight()
{
    // Widgets that were just added count only once they are shown, a turn of the event loop later.
    QTimer::singleShot(0, this, [this] { resize(width(), layout()->totalHeightForWidth(width())); });
}

void ExportDialog::setBusy()
{
    emptyLayout(m_outcome);
    m_export->setEnabled(false);
    m_folder->setEnabled(false);
    m_browse->setEnabled(false);
    m_outcome->addWidget(
        new Banner(State::running, tr("Exporting"), tr("You may close this; you will be told."), this));
    fitHeight();
}

void ExportDialog::setResult(const ExportRecord::Response& result, const QStringList& keys)
{
    emptyLayout(m_outcome);
    m_export->hide();
    const QString folder = m_folder->text().trimmed();
    m_outcome->addWidget(new Banner(State::ok, tr("Exported"),
        tr("%1 to %2").arg(counted(result.entries, tr("1 entry"), tr("%1 entries")), folder), this));
    auto* facts = new KeyValueList(72, this);
    facts->addMonoRow(tr("Root"), text(result.root))->setOverflow(Label::Overflow::elide);
    m_outcome->addWidget(facts);
    auto* how = new Label(tr("Check it on any machine with ephor-verify, which needs nothing of this program:"),
        TextStyle::body, Token::textSecondary, this);
    how->setOverflow(Label::Overflow::wrap);
    m_outcome->addWidget(how);
    m_outcome->addWidget(commandLine(verifyCommand(folder, keys), this));
    auto* trust = new Label(tr("An auditor should have this key from you in person, not from the folder."),
        TextStyle::small, Token::textMuted, this);
    trust->setOverflow(Label::Overflow::wrap);
    m_outcome->addWidget(trust);
    fitHeight();
}

void ExportDialog::setFailure(const Error& error)
{
    emptyLayout(m_outcome);
    m_export->setEnabled(true);
    m_folder->setEnabled(true);
    m_browse->setEnabled(true);
    m_export->setText(tr("Try again"));
    auto* failed = new InlineError(errorText(error), this);
    connect(failed, &InlineError::retryRequested, this, &ExportDialog::begin);
    m_outcome->addWidget(failed);
    fitHeight();
}

}
