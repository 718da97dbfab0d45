#include "ui/kit/dialogs.h"

#include "ui/kit/field.h"
#include "ui/kit/icon_view.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/label.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QScreen>
#include <QVBoxLayout>
#include <algorithm>

namespace ephor::ui {

namespace {

constexpr int dialogWidth = 480;

}

Dialog::Dialog(const QString& title, const QString& text, QWidget* parent)
    : QDialog(parent)
    , m_body(new QVBoxLayout)
    , m_buttons(new QHBoxLayout)
{
    setWindowTitle(title);
    setMinimumWidth(dialogWidth);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(metrics::space24, 20, metrics::space24, metrics::space16);
    rows->setSpacing(metrics::space12);
    auto* heading = new Label(title, TextStyle::title, Token::textPrimary, this);
    heading->setOverflow(Label::Overflow::wrap);
    rows->addWidget(heading);
    if (!text.isEmpty()) {
        auto* words = new Label(text, TextStyle::body, Token::textSecondary, this);
        words->setOverflow(Label::Overflow::wrap);
        rows->addWidget(words);
    }
    m_body->setSpacing(metrics::space12);
    rows->addLayout(m_body, 1);
    m_buttons->setSpacing(metrics::space8);
    m_buttons->addStretch(1);
    rows->addSpacing(metrics::space4);
    rows->addLayout(m_buttons);
}

bool Dialog::event(QEvent* event)
{
    const bool handled = QDialog::event(event);
    if (event->type() == QEvent::LayoutRequest && isVisible()) {
        const int needed = layout()->totalHeightForWidth(width());
        if (needed > height())
            resize(width(), std::min(needed, screen()->availableSize().height()));
    }
    return handled;
}

Button* Dialog::addButton(const QString& text, Button::Role role)
{
    auto* button = new Button(text, role, this);
    button->setSize(Button::Size::large);
    m_buttons->addWidget(button);
    return button;
}

ConfirmDialog::ConfirmDialog(const Question& question, QWidget* parent)
    : Dialog(question.title, question.text, parent)
{
    if (!question.irreversible.isEmpty()) {
        auto* stays = new Banner(State::warning, tr("Cannot be undone"), question.irreversible, this);
        body()->addWidget(stays);
    }
    Button* cancel = addButton(tr("Cancel"), Button::Role::secondary);
    m_act = addButton(question.action, question.role);
    connect(cancel, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(m_act, &QAbstractButton::clicked, this, &QDialog::accept);
    if (question.typedPhrase.isEmpty()) {
        cancel->setFocus();
        return;
    }
    auto* phrase = new TextField(tr("Type the phrase"), this);
    phrase->setMonospace();
    body()->addWidget(new FormRow(tr("Type \u201C%1\u201D to go on").arg(question.typedPhrase), phrase));
    m_act->setEnabled(false);
    connect(phrase, &QLineEdit::textChanged, this,
        [this, wanted = question.typedPhrase](const QString& typed) { m_act->setEnabled(typed == wanted); });
    phrase->setFocus();
}

ReasonDialog::ReasonDialog(const Question& question, QWidget* parent)
    : Dialog(question.title, question.text, parent)
    , m_picker(new ReasonPicker(question.reasons, this))
{
    body()->addWidget(m_picker);
    const bool both = !question.refuse.isEmpty();
    // Both outcomes look the same: the page must not lean to either.
    m_accept = addButton(question.accept, Button::Role::secondary);
    m_refuse = addButton(both ? question.refuse : tr("Cancel"), Button::Role::secondary);
    m_accept->setGlyph(Icon::check);
    m_refuse->setGlyph(Icon::cross);
    connect(m_picker, &ReasonPicker::changed, this, &ReasonDialog::refresh);
    connect(m_accept, &QAbstractButton::clicked, this, [this] {
        m_outcome = Outcome::accepted;
        accept();
    });
    connect(m_refuse, &QAbstractButton::clicked, this, [this, both] {
        if (both)
            m_outcome = Outcome::refused;
        both ? accept() : reject();
    });
    if (!both) {
        m_refuse->setProperty("always", true);
        m_refuse->setGlyph(Icon::none);
    }
    refresh();
    m_picker->setFocus();
}

QString ReasonDialog::reason() const
{
    return m_picker->reason();
}

void ReasonDialog::refresh()
{
    m_accept->setEnabled(m_picker->isComplete());
    m_refuse->setEnabled(m_picker->isComplete() || m_refuse->property("always").toBool());
}

}
