#pragma once

#include "core/api/audit.h"
#include "ui/kit/dialogs.h"
#include "ui/screens/assurance/file_choice.h"

namespace ephor::ui {
class CodeView;
class FormRow;
class TextField;
}

namespace ephor::ui::assurance {

/// Shows a head that was just signed, ready to be kept by somebody outside.
class HeadDialog : public Dialog {
    Q_OBJECT

public:
    HeadDialog(const QString& note, QWidget* parent);
};

/// Asks for the number of an entry.
class GoToDialog : public Dialog {
    Q_OBJECT

public:
    GoToDialog(std::uint64_t size, QWidget* parent);

Q_SIGNALS:
    void chosen(quint64 index);

private:
    void go();

    std::uint64_t m_size;
    TextField* m_field;
    FormRow* m_row;
};

/// Where to export to, then what was written and how to check it.
class ExportDialog : public Dialog {
    Q_OBJECT

public:
    /// `onThisMachine`: the workspace is here, so that a folder can be chosen by looking.
    enum class Place { thisMachine, server };
    ExportDialog(const RecordStatus& status, Place place, FileChoice choice, QWidget* parent);

    void setBusy();
    void setResult(const ExportRecord::Response& result, const QStringList& keys);
    void setFailure(const Error& error);

Q_SIGNALS:
    void exportRequested(const QString& folder);

private:
    void begin();
    void fitHeight();

    TextField* m_folder;
    FormRow* m_row;
    Button* m_browse;
    Button* m_export;
    Button* m_close;
    QVBoxLayout* m_outcome;
};

/// A line of a terminal with a button that copies it.
QWidget* commandLine(const QString& command, QWidget* parent);

}
