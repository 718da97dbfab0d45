#pragma once

#include "core/api/audit.h"
#include "core/api/definitions.h"
#include "core/api/insight.h"
#include "core/api/workspace.h"
#include "tests/ui/support/ui_support.h"
#include "ui/bridge/values.h"
#include "ui/kit/field.h"
#include "ui/shell/workbench.h"

#include <QTest>
#include <QVBoxLayout>

namespace ephor::ui::test {

/// Tells what the shell asked of it.
class ProbeScreen : public Screen {
public:
    ProbeScreen(ScreenContext& screenContext, QWidget* parent, QString place)
        : Screen(screenContext, parent)
        , m_place(std::move(place))
        , m_field(new TextField(QStringLiteral("Probe field"), this))
    {
        auto* column = new QVBoxLayout(this);
        column->addWidget(m_field);
    }

    void open(const Route& route) override { opened.append(route); }
    void refresh(const TopicSet& topics) override { refreshed.push_back(topics); }
    QString title() const override { return m_place; }
    QList<Crumb> crumbs() const override
    {
        if (opened.isEmpty() || opened.last().path.isEmpty())
            return {};
        return {{QStringLiteral("List"), Route{m_place, {}, {}, {}}}};
    }
    QList<Command> commands() override
    {
        Command act{QStringLiteral("probe.act"), QStringLiteral("Probe"), QStringLiteral("Act"), [this] { ++acted; }};
        act.keys = QKeySequence(QStringLiteral("Ctrl+J"));
        return {act};
    }
    bool usesTimeRange() const override { return true; }
    void focusSearch() override { m_field->setFocus(); }
    TextField* field() const { return m_field; }

    QList<Route> opened;
    std::vector<TopicSet> refreshed;
    int acted = 0;
    int ranges = 0;

protected:
    void timeRangeChanged() override { ++ranges; }

private:
    QString m_place;
    TextField* m_field;
};

/// A workbench over a scripted backend, shown and at rest.
struct Bench {
    explicit Bench(SessionInfo info = officerSession())
        : backend(std::make_shared<ScriptedBackend>())
    {
        RecordStatus status;
        status.size = status.verified = 1'284'022;
        backend->give<RecordState>(status);
        InboxItem item;
        item.kind = "action";
        item.id = "ap-1";
        item.title = "Refund of order 7731-118";
        backend->give<ReadInbox>({{item}, {}});
        backend->give<ListDefinitions>({});
        backend->give<FindAnything>({});
        backend->give<ListStops>({});
        Workbench::Settings settings;
        settings.where = QStringLiteral("local workspace");
        settings.now = [] { return fixedNow(); };
        for (const char* place : {"home", "inbox", "agents", "changes"})
            settings.screens[QLatin1String(place)] = [place](ScreenContext& context, QWidget* parent) {
                return new ProbeScreen(context, parent, QLatin1String(place));
            };
        bench = std::make_unique<Workbench>(backend, "token", std::move(info), std::move(settings), nullptr);
        bench->resize(1'280, 800);
        bench->navigate(routes::home());
        bench->show();
        bench->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(bench.get()));
        QVERIFY(settle(bench->session()));
    }

    ProbeScreen* probe() const { return dynamic_cast<ProbeScreen*>(bench->screen()); }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) const
    {
        QTest::keyClick(bench.get(), key, modifiers);
        QCoreApplication::processEvents();
    }

    std::shared_ptr<ScriptedBackend> backend;
    std::unique_ptr<Workbench> bench;
};

}
