#pragma once

#include "core/api/erasure.h"
#include "ui/bridge/request.h"
#include "ui/bridge/session.h"
#include "ui/kit/dialogs.h"

#include <QTimer>

namespace ephor::ui {
class Banner;
}

namespace ephor::ui::settings {

/// Erases a person whom callers named, for good: says first what it would take; one person asks, another confirms by
/// naming the same person. The name is kept nowhere.
class ErasureDialog : public Dialog {
    Q_OBJECT

public:
    ErasureDialog(Session& session, QWidget* parent);

Q_SIGNALS:
    /// What came of it, to be told after the dialog has gone.
    void done(const QString& sentence);

private:
    /// What the button does, by what is known of the name.
    enum class Step { none, ask, confirm };
    void typed();
    void look();
    void showPreview(const PreviewErasure::Response& preview);
    void follow();
    QString whyNot() const;
    void act();
    void fail(const Error& error);

    Session& m_session;
    Latest m_asked;
    QTimer m_pause;
    Step m_step = Step::none;
    bool m_isOwn = false; ///< whoever is here asked already
    std::optional<ErasureReach> m_reach;
    TextField* m_person;
    Label* m_found;
    Label* m_wish;
    ReasonPicker* m_reason;
    Banner* m_failed;
    Button* m_act;
};

}
