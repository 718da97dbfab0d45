#include "ui/shell/persona_list.h"

#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/focus.h"
#include "ui/kit/paint.h"
#include "ui/kit/person_row.h"
#include "ui/kit/text_style.h"
#include "ui/kit/theme.h"

#include <QAbstractButton>
#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace ephor::ui {

namespace {

constexpr int personaHeight = 48;
constexpr int personaAvatar = 28;

/// One persona: initials, name, role and title; the whole row is the button.
class PersonaButton : public QAbstractButton {
public:
    PersonaButton(const QString& name, const QString& detail, QWidget* parent)
        : QAbstractButton(parent)
        , m_detail(detail)
    {
        setText(name);
        setAccessibleName(PersonaList::tr("Continue as %1, %2").arg(name, detail));
        setFocusPolicy(Qt::StrongFocus);
        setAttribute(Qt::WA_Hover);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    }

    QSize sizeHint() const override { return {320, personaHeight}; }
    QSize minimumSizeHint() const override { return {200, personaHeight}; }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
        painter.setPen(token(showsFocus(this) ? Token::link : Token::borderStrong));
        painter.setBrush(token(underMouse() || isDown() ? Token::sunken : Token::surface));
        painter.drawRoundedRect(frame, metrics::radiusCard, metrics::radiusCard);
        const QRectF avatar(metrics::space12, (height() - personaAvatar) / 2.0, personaAvatar, personaAvatar);
        paintAvatar(painter, avatar, initialsOf(text()));
        const int left = metrics::space12 + personaAvatar + metrics::space12;
        const QRect words(left, 0, width() - left - metrics::space12, height());
        painter.setFont(textFont(TextStyle::strong));
        painter.setPen(token(Token::textPrimary));
        painter.drawText(words.adjusted(0, 5, 0, -height() / 2), Qt::AlignVCenter | Qt::AlignLeft, text());
        painter.setFont(textFont(TextStyle::small));
        painter.setPen(token(Token::textSecondary));
        painter.drawText(words.adjusted(0, height() / 2, 0, -5), Qt::AlignVCenter | Qt::AlignLeft, m_detail);
    }

    void keyPressEvent(QKeyEvent* event) override
    {
        if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
            click();
        else
            QAbstractButton::keyPressEvent(event);
    }

private:
    QString m_detail;
};

}

PersonaList::PersonaList(QWidget* parent)
    : QWidget(parent)
    , m_rows(new QVBoxLayout(this))
{
    m_rows->setContentsMargins({});
    m_rows->setSpacing(metrics::space8);
}

void PersonaList::setPersonas(const std::vector<Persona>& personas)
{
    while (QLayoutItem* item = m_rows->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const Persona& persona : personas) {
        const QString role = word(persona.role);
        const QString title = text(persona.title);
        const bool same = title.isEmpty() || title.compare(role, Qt::CaseInsensitive) == 0;
        auto* button
            = new PersonaButton(text(persona.name), same ? role : QStringLiteral("%1 · %2").arg(title, role), this);
        connect(button, &QAbstractButton::clicked, this, [this, login = text(persona.login)] { Q_EMIT chosen(login); });
        m_rows->addWidget(button);
        if (m_rows->count() == 1)
            setFocusProxy(button);
    }
}

}
