#include "ui/screens/assurance/proof_files.h"

#include "ui/bridge/values.h"
#include "ui/screens/assurance/file_choice.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSaveFile>

namespace ephor::ui::assurance {

namespace {

Result<void> writeFile(const QString& path, const std::string& content)
{
    QSaveFile file(path);
    const QByteArray bytes = QByteArray::fromStdString(content);
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        return {};
    return fail(Error(ErrorKind::Unavailable, "console.file-write",
        "The file could not be written: " + utf8(file.errorString()) + ".", "Choose another folder.")
            .with("file", utf8(path)));
}

}

FileChoice FileChoice::native()
{
    return {
        [](QWidget* parent, const QString& title, const QString& suggested, const QString& kinds) {
            return QFileDialog::getSaveFileName(parent, title, suggested, kinds);
        },
        [](QWidget* parent, const QString& title, const QString& from) {
            return QFileDialog::getExistingDirectory(parent, title, from);
        },
    };
}

QString proofFileName(std::uint64_t index)
{
    return QString::number(index) + QStringLiteral(".tlog-proof");
}

QString shellQuoted(const QString& argument)
{
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9_./+:=@%,-]+$"));
    if (plain.match(argument).hasMatch())
        return argument;
    QString inner = argument;
    return QLatin1Char('\'') + inner.replace(QLatin1Char('\''), QStringLiteral("'\\''")) + QLatin1Char('\'');
}

QString verifyCommand(const QString& path, const QStringList& keys)
{
    QString command = QStringLiteral("ephor-verify");
    if (keys.isEmpty())
        command += QStringLiteral(" --key-file keys-of-the-record");
    for (const QString& key : keys)
        command += QStringLiteral(" --key ") + shellQuoted(key);
    return command + QLatin1Char(' ') + shellQuoted(path);
}

Result<QStringList> writeProof(const ProveEntry::Response& proof, const QString& path)
{
    const QFileInfo info(path);
    const QString entryPath = info.path() + QLatin1Char('/') + info.completeBaseName() + QStringLiteral(".json");
    EPHOR_TRY_VOID(writeFile(entryPath, proof.body));
    EPHOR_TRY_VOID(writeFile(path, proof.proof));
    return QStringList{path, entryPath};
}

}
