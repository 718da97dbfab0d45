#include "app/console/openings.h"

#include "app/console/embedded_workspace.h"
#include "core/http/remote_backend.h"

#include <QCoreApplication>
#include <QDir>
#include <QStandardPaths>
#include <QUrl>

namespace ephor::console {

namespace {

struct OpeningWords {
    Q_DECLARE_TR_FUNCTIONS(OpeningWords)
};

Result<ui::Opened> openFolder(const QString& folder, std::optional<std::uint16_t> port)
{
    const QString path = QDir(folder).absolutePath();
    EPHOR_TRY(EmbeddedWorkspace opened, openEmbedded({path.toStdString(), port}));
    ui::Opened answer;
    answer.backend = std::move(opened.backend);
    answer.where
        = opened.attached ? OpeningWords::tr("workspace of another program") : OpeningWords::tr("local workspace");
    answer.place = path;
    answer.notice = QString::fromStdString(opened.notice);
    return answer;
}

Result<ui::Opened> connectTo(const QString& url, const QString& caFile)
{
    http::RemoteOptions options;
    options.url = url.toStdString();
    options.caFile = caFile.toStdString();
    EPHOR_TRY(std::unique_ptr<http::RemoteBackend> remote, http::RemoteBackend::connect(options));
    ui::Opened answer;
    answer.backend = std::move(remote);
    const QString host = QUrl(url).host();
    answer.where = OpeningWords::tr("server %1").arg(host.isEmpty() ? url : host);
    answer.place = url;
    return answer;
}

}

QString demoFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/ephor/demo");
}

ui::Openings openings(std::optional<std::uint16_t> port)
{
    ui::Openings ways;
    ways.demo = [port](const ui::OpeningProgress& progress) -> Result<ui::Opened> {
        EPHOR_TRY_VOID(makeDemo(demoFolder().toStdString(), [&progress](const std::string& stage, double fraction) {
            return progress(QString::fromStdString(stage), fraction);
        }));
        return openFolder(demoFolder(), port);
    };
    ways.folder = [port](const QString& folder) { return openFolder(folder, port); };
    ways.create = [port](const ui::NewWorkspace& wanted) -> Result<ui::Opened> {
        EPHOR_TRY_VOID(makeWorkspace({wanted.folder.toStdString(), wanted.name.toStdString(),
            wanted.personName.toStdString(), wanted.login.toStdString(), wanted.password.toStdString()}));
        return openFolder(wanted.folder, port);
    };
    ways.server = connectTo;
    return ways;
}

}
