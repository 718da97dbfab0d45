#pragma once

#include <QStringList>
#include <QWidget>

class QHBoxLayout;

namespace ephor::ui {

class Button;
class IconButton;
class Label;
class SearchField;
class TimeRangePicker;

/// The header of every screen: back, breadcrumb, title, scope | search, time range, live, bell, Stop.
class HeaderBar : public QWidget {
    Q_OBJECT

public:
    explicit HeaderBar(QWidget* parent = nullptr);

    /// Crumbs before the title; each can be clicked.
    void setTitle(const QString& title, const QStringList& crumbs = {});
    /// The quiet menu button after the title, as "All teams"; empty hides it.
    void setScope(const QString& text);
    void setLive(bool live);
    bool isLive() const;
    /// Why nothing new can come although live is on; empty once it can again.
    void setCutOff(const QString& why);
    void setNotificationCount(int count);
    /// Screens without a time range or a live mode hide them.
    void setTimeRangeVisible(bool visible);
    TimeRangePicker* timeRange() const { return m_range; }
    Button* scopeButton() const { return m_scope; }
    Button* stopButton() const { return m_stop; }
    IconButton* bell() const { return m_bell; }

    QSize sizeHint() const override { return {800, 48}; }
    /// The title asks for its room itself (see fitTitle), so that a long one does not widen the window.
    QSize minimumSizeHint() const override { return {480, 48}; }

Q_SIGNALS:
    void backRequested();
    void crumbClicked(int index);
    /// The search box was clicked: the shell opens the palette.
    void searchRequested();
    void liveToggled(bool live);
    void stopRequested();

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void fitTitle();

    QString m_whyNotLive;
    IconButton* m_back;
    QHBoxLayout* m_crumbs;
    Label* m_title;
    Button* m_scope;
    class SearchBox* m_search;
    TimeRangePicker* m_range;
    Button* m_live;
    IconButton* m_bell;
    Button* m_stop;
};

}
