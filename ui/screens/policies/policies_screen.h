#pragma once

#include "core/api/grants.h"
#include "ui/bridge/screen.h"

class QStackedLayout;

namespace ephor::ui {

class TabStrip;

namespace policies {
class AccessTab;
class TighteningsTab;
}

/// What agents may do: the access matrix, and what is tightened over it.
///
///     policies/matrix?agent=refunds&tool=payments.send · policies/tightenings
class PoliciesScreen : public Screen {
    Q_OBJECT

public:
    PoliciesScreen(ScreenContext& context, QWidget* parent);

    void open(const Route& route) override;
    void refresh(const TopicSet& topics) override;
    QString title() const override { return tr("Policies"); }
    QList<Command> commands() override;
    QString helpText() const override;
    void focusSearch() override;
    bool hasUnsavedWork() const override;

private:
    bool isOnMatrix() const;
    void count(const ReadMatrix::Response& matrix);

    TabStrip* m_tabs;
    QStackedLayout* m_pages;
    policies::AccessTab* m_access;
    policies::TighteningsTab* m_tightenings;
};

Screen* makePoliciesScreen(ScreenContext& context, QWidget* parent);

}
