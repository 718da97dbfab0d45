#pragma once

#include "core/api/protection.h"
#include "ui/bridge/request.h"

#include <QWidget>

namespace ephor::ui {
class Select;
class TextField;
}

namespace ephor::ui::policies {

/// What a protection asks of answers: how much of them tools must bear out, who judges what words leave in doubt, and
/// what becomes of one that gives the prompt's marker away.
class AnswerBox : public QWidget {
    Q_OBJECT

public:
    AnswerBox(Session& session, QWidget* parent);

    void show(const ProtectionBody& body);
    /// Writes its members; `problem` says what cannot be read.
    void read(ProtectionBody& body, QString& problem) const;

Q_SIGNALS:
    void edited();

private:
    void makeFields();
    void loadModels();
    void chooseJudge(const QString& model);

    Session& m_session;
    TextField* m_grounded = nullptr;
    Select* m_ungrounded = nullptr;
    Select* m_judge = nullptr;
    Select* m_marker = nullptr;
    bool m_asksModels = false;
    Latest m_askModels;
};

}
