#pragma once

#include "core/api/policies.h"
#include "ui/bridge/request.h"

#include <QTimer>
#include <QWidget>
#include <functional>
#include <optional>

class QProgressBar;

namespace ephor::ui {
class Button;
class Label;
}

namespace ephor::ui::policies {

/// Starts a backtest, says that it goes on, lets it be dropped, and tells what it found in one sentence.
class BacktestBox : public QWidget {
    Q_OBJECT

public:
    /// What to judge; nothing where that is not known yet, `problem` then says why.
    using Wanted = std::function<std::optional<Backtest::Request>(QString& problem)>;

    BacktestBox(Session& session, const QString& act, Wanted wanted, QWidget* parent);

    void start();
    void cancel();
    bool isRunning() const { return m_asked.isPending(); }
    /// What is to be judged is another now: what was found holds no longer.
    void forget();

Q_SIGNALS:
    void began();
    void found(const ephor::Backtest::Response& found);
    void failed(const ephor::Error& error);

private:
    void showRunning(const QString& words);

    Session& m_session;
    Wanted m_wanted;
    Latest m_asked;
    QTimer m_tick;
    int m_seconds = 0;
    Button* m_act;
    Button* m_cancel;
    QProgressBar* m_busy;
    Label* m_words;
};

}
