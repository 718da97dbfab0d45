#include "ui/bridge/load_view.h"

#include "ui/bridge/wording.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/key_hint.h"

#include <QStackedLayout>
#include <QVBoxLayout>

namespace ephor::ui {

LoadView::LoadView(QWidget* content, int skeletonLines, QWidget* parent)
    : QWidget(parent)
    , m_stack(new QStackedLayout)
    , m_stale(new Banner(State::warning, {}, {}, this))
    , m_content(content)
    , m_skeletonLines(skeletonLines)
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(m_stale);
    rows->addLayout(m_stack, 1);
    m_stale->setAction(tr("Try again"));
    m_stale->hide();
    connect(m_stale, &Banner::actionTriggered, this, &LoadView::retryRequested);
    m_stack->addWidget(m_content);
    beginNew();
}

bool LoadView::isShowingContent() const
{
    return m_stack->currentWidget() == m_content;
}

void LoadView::showOther(QWidget* widget)
{
    m_stack->addWidget(widget);
    m_stack->setCurrentWidget(widget);
    if (m_other)
        m_other->deleteLater();
    m_other = widget;
}

void LoadView::beginNew()
{
    m_rightAt = {};
    m_isWaiting = true;
    m_stale->hide();
    // A new one each time: a skeleton counts its delay from when it is first shown.
    auto* page = new QWidget(this);
    auto* rows = new QVBoxLayout(page);
    rows->setContentsMargins(metrics::cardPadding, metrics::space8, metrics::cardPadding, metrics::space8);
    rows->addWidget(new Skeleton(m_skeletonLines, page));
    rows->addStretch(1);
    showOther(page);
}

void LoadView::beginAgain()
{
    if (!m_rightAt.isValid() && !m_isWaiting)
        beginNew();
}

void LoadView::showContent(const QDateTime& at)
{
    m_rightAt = at;
    m_isWaiting = false;
    m_stale->hide();
    m_stack->setCurrentWidget(m_content);
    if (m_other)
        m_other->deleteLater();
    m_other = nullptr;
}

void LoadView::showInstead(QWidget* widget, const QDateTime& at)
{
    m_rightAt = at;
    m_isWaiting = false;
    m_stale->hide();
    showOther(widget);
}

void LoadView::showError(const Error& error)
{
    m_isWaiting = false;
    const ErrorText words = errorText(error);
    if (m_rightAt.isValid()) {
        m_stale->setText(State::warning,
            tr("Not up to date since %1.").arg(m_rightAt.toString(QStringLiteral("HH:mm:ss"))), words.cause);
        m_stale->show();
        return;
    }
    auto* page = new QWidget(this);
    auto* rows = new QVBoxLayout(page);
    rows->setContentsMargins(0, 0, 0, 0);
    auto* failed = new InlineError(words, page);
    rows->addWidget(failed);
    rows->addStretch(1);
    connect(failed, &InlineError::retryRequested, this, &LoadView::retryRequested);
    showOther(page);
}

}
