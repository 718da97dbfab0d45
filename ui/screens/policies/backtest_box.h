#pragma once

#include "core/api/policies.h"
#include "ui/bridge/screen.h"

#include <QWidget>
#include <functional>
#include <optional>

class QProgressBar;

namespace ephor::ui {
class Button;
class Label;
}

namespace ephor::ui::policies {

/// Starts a backtest as a job, says how far it is, lets it be cancelled, and tells what it found in one sentence.
class BacktestBox : public QWidget {
    Q_OBJECT

public:
    /// What to judge; nothing where that is not known yet, `problem` then says why.
    using Wanted = std::function<std::optional<Backtest::Request>(QString& problem)>;

    BacktestBox(ScreenContext& context, const QString& act, Wanted wanted, QWidget* parent);

    void start();
    void cancel();
    bool isRunning() const { return !m_job.isEmpty(); }
    /// Why it cannot be started; empty: it can. Whoever may open runs can unless told otherwise.
    void setWhyNot(const QString& whyNot);
    /// What is to be judged is another now: what was found holds no longer.
    void forget();
    /// The button that starts it, for a row of the page; the box then shows only what there is to tell.
    QWidget* takeAct();

Q_SIGNALS:
    void began();
    void found(const ephor::Backtest::Response& found);
    void failed(const ephor::Error& error);

private:
    void showRunning(const QString& words);

    void showProgress();
    void take(const Result<QString>& summary, const Backtest::Response& found);

    ScreenContext& m_context;
    Wanted m_wanted;
    QString m_whyNot;
    QString m_job; ///< id; empty: none goes on that anybody waits for
    Button* m_act;
    bool m_isActApart = false;
    Button* m_cancel;
    QProgressBar* m_busy;
    Label* m_words;
};

}
