#pragma once

#include "ui/shell/main_window.h"

#include <QElapsedTimer>
#include <QList>
#include <QTimer>

namespace ephor::console {

/// Drives the demo for a while, visits every page, writes a picture of each in light and dark and every size, prints a
/// summary and ends the program: 0 when all was done, 1 when a page did not come to rest or a picture could not be
/// written.
class Tour : public QObject {
    Q_OBJECT

public:
    struct Plan {
        QString folder;
        int seconds = 30;
        QList<QSize> sizes;
    };

    Tour(ui::MainWindow& window, Plan plan);

private:
    struct Stop {
        QString name; ///< of its file
        ui::Route route;
        bool presents = false; ///< in presenter mode
    };

    void begin();
    void setTraffic(std::uint64_t perMinute);
    void addPlaces();
    void findStops();
    void visit();
    void awaitRest();
    void picture();
    void summarise();
    void finish();
    void note(const QString& fault);
    void addStop(const QString& name, const QString& route);
    void addPresented();

    ui::MainWindow& m_window;
    Plan m_plan;
    QList<Stop> m_stops;
    qsizetype m_stop = 0;
    qsizetype m_size = 0;
    QTimer m_rest;
    QElapsedTimer m_waited;
    int m_quiet = 0;
    QStringList m_summary;
    QStringList m_faults;
};

}
