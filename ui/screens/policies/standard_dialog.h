#pragma once

#include "core/api/protection.h"
#include "ui/bridge/request.h"
#include "ui/kit/dialogs.h"

namespace ephor::ui {
class CellsModel;
class KeyValueList;
class LoadView;
}

namespace ephor::ui::policies {

/// What the texts of agents without a protection pass through, to be read.
class StandardDialog : public Dialog {
    Q_OBJECT

public:
    StandardDialog(Session& session, QWidget* parent);

private:
    QWidget* makeContent();
    void load();
    void show(const ProtectionBody& body);

    Session& m_session;
    Latest m_ask;
    LoadView* m_view = nullptr;
    CellsModel* m_rules = nullptr;
    KeyValueList* m_facts = nullptr;
};

}
