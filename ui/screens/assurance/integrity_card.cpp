#include "ui/screens/assurance/integrity_card.h"

#include "ui/kit/button.h"
#include "ui/kit/icon_view.h"
#include "ui/kit/label.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ephor::ui::assurance {

namespace {

Button* cardButton(const QString& words, Icon glyph, const QString& tip, QWidget* parent)
{
    auto* button = new Button(words, Button::Role::secondary, parent);
    button->setGlyph(glyph);
    button->setToolTip(tip);
    return button;
}

}

IntegrityCard::IntegrityCard(QWidget* parent)
    : Card({}, Padding::none, parent)
    , m_glyph(new IconView(Icon::seal, Token::textMuted, metrics::iconNav, this))
    , m_headline(new Label({}, TextStyle::heading, Token::textPrimary, this))
    , m_detail(new Label({}, TextStyle::small, Token::textMuted, this))
    , m_fault(new LinkLabel(tr("Show the entry"), this))
    , m_verify(cardButton(tr("Verify now"), Icon::refresh,
          tr("Reads every entry again, recomputes every hash and compares with every signed head"), this))
    , m_sign(cardButton(
          tr("Sign head now"), Icon::seal, tr("Signs the record as it is now, for somebody outside to keep"), this))
    , m_export(cardButton(
          tr("Export…"), Icon::exportDown, tr("Writes the whole record to a folder that proves itself"), this))
{
    auto* row = new QHBoxLayout;
    row->setContentsMargins(metrics::space16, metrics::space8, metrics::space12, metrics::space8);
    row->setSpacing(metrics::space12);
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    m_headline->setOverflow(Label::Overflow::elide);
    m_detail->setOverflow(Label::Overflow::elide);
    words->addWidget(m_headline);
    words->addWidget(m_detail);
    row->addWidget(m_glyph);
    row->addLayout(words, 1);
    row->addWidget(m_fault);
    row->addWidget(m_verify);
    row->addWidget(m_sign);
    row->addWidget(m_export);
    body()->addLayout(row);
    m_fault->hide();
    connect(m_verify, &QAbstractButton::clicked, this, &IntegrityCard::verifyRequested);
    connect(m_sign, &QAbstractButton::clicked, this, &IntegrityCard::signRequested);
    connect(m_export, &QAbstractButton::clicked, this, &IntegrityCard::exportRequested);
    connect(m_fault, &QAbstractButton::clicked, this, [this] {
        if (m_words.faultIndex)
            Q_EMIT faultOpened(*m_words.faultIndex);
    });
    setUnknown({});
}

void IntegrityCard::setWords(const IntegrityWords& words)
{
    m_words = words;
    if (!m_busy)
        show(words);
}

void IntegrityCard::setUnknown(const QString& why)
{
    setWords({State::unknown, tr("Record"), why.isEmpty() ? tr("Reading how far it is verified") : why, {}});
}

void IntegrityCard::setBusy(const QString& words)
{
    m_busy = !words.isEmpty();
    m_verify->setEnabled(!m_busy && m_refusal.isEmpty());
    if (m_busy)
        show({State::running, words, m_words.detail, m_words.faultIndex});
    else
        show(m_words);
}

void IntegrityCard::setRefusal(const QString& why)
{
    m_refusal = why;
    for (Button* button : {m_verify, m_sign, m_export}) {
        button->setEnabled(why.isEmpty());
        if (!why.isEmpty())
            button->setToolTip(why);
    }
}

QString IntegrityCard::headline() const
{
    return m_headline->text();
}

void IntegrityCard::show(const IntegrityWords& words)
{
    const bool broken = words.state == State::failed;
    m_glyph->setGlyph(words.state == State::ok ? Icon::seal : stateIcon(words.state), stateToken(words.state));
    m_headline->setText(words.headline);
    m_headline->setColor(broken ? Token::badgeErrorText : Token::textPrimary);
    m_detail->setText(words.detail);
    m_detail->setColor(broken ? Token::textPrimary : Token::textMuted);
    m_detail->setToolTip(words.detail);
    m_fault->setVisible(words.faultIndex.has_value());
    setEdge(words.state);
    setAccessibleName(words.headline);
    setAccessibleDescription(words.detail);
}

}
