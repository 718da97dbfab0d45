#include "ui/screens/library/partials_box.h"

#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/button.h"
#include "ui/kit/code_view.h"
#include "ui/kit/field.h"
#include "ui/kit/highlighter.h"
#include "ui/kit/label.h"
#include "ui/kit/select.h"

#include <QHBoxLayout>
#include <QRegularExpression>
#include <QVBoxLayout>

namespace ephor::ui::library {

namespace {

/// What {{> name}} can name.
bool isPartialName(const QString& name)
{
    static const QRegularExpression letters(QStringLiteral("^[A-Za-z0-9_][A-Za-z0-9._-]{0,63}$"));
    return letters.match(name).hasMatch();
}

}

PartialsBox::PartialsBox(QWidget* parent)
    : QWidget(parent)
    , m_which(new Select(tr("Partial"), this))
    , m_name(new TextField(tr("Name of a new partial"), this))
    , m_add(new Button(tr("Add"), Button::Role::secondary, this))
    , m_remove(new Button(tr("Remove"), Button::Role::quiet, this))
    , m_text(new CodeEditor(tr("Text of the partial"), this))
    , m_none(new Label(tr("A partial is a text the prompt includes with {{> name}}. There is none yet."),
          TextStyle::small, Token::textSecondary, this))
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(metrics::cardPadding, metrics::space8, metrics::cardPadding, metrics::space8);
    bar->setSpacing(metrics::space8);
    bar->addWidget(m_which, 1);
    bar->addWidget(m_remove);
    bar->addWidget(m_name, 1);
    bar->addWidget(m_add);
    rows->addLayout(bar);
    m_name->setPlaceholderText(tr("New name"));
    m_name->setMonospace();
    m_none->setOverflow(Label::Overflow::wrap);
    m_none->setContentsMargins(metrics::cardPadding, 0, metrics::cardPadding, 0);
    m_text->setRules(templateRules());
    rows->addWidget(m_none);
    rows->addWidget(m_text, 1);
    rows->addStretch(0);
    connect(m_which, &QComboBox::currentIndexChanged, this, &PartialsBox::showPartial);
    connect(m_name, &QLineEdit::textChanged, this, &PartialsBox::judge);
    connect(m_name, &QLineEdit::returnPressed, this, &PartialsBox::add);
    connect(m_add, &QAbstractButton::clicked, this, &PartialsBox::add);
    connect(m_remove, &QAbstractButton::clicked, this, &PartialsBox::removeShown);
    connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
        const auto shown = m_partials.find(utf8(m_which->currentText()));
        if (m_isFilling || shown == m_partials.end() || shown->second == utf8(m_text->toPlainText()))
            return;
        shown->second = utf8(m_text->toPlainText());
        Q_EMIT edited();
    });
    setPartials({});
}

void PartialsBox::setPartials(const Partials& partials)
{
    m_partials = partials;
    m_name->clear();
    fillNames(m_which->currentText());
}

void PartialsBox::fillNames(const QString& shown)
{
    {
        const QSignalBlocker quiet(m_which);
        m_which->clear();
        for (const auto& [name, words] : m_partials)
            m_which->addItem(text(name));
        m_which->setCurrentIndex(m_partials.empty() ? -1 : std::max(0, m_which->findText(shown)));
    }
    showPartial();
}

void PartialsBox::showPartial()
{
    const auto shown = m_partials.find(utf8(m_which->currentText()));
    m_isFilling = true;
    m_text->setPlainText(shown == m_partials.end() ? QString() : text(shown->second));
    m_isFilling = false;
    m_text->setVisible(!m_partials.empty());
    m_none->setVisible(m_partials.empty());
    m_which->setVisible(!m_partials.empty());
    m_remove->setVisible(!m_partials.empty());
    judge();
}

void PartialsBox::judge()
{
    const QString name = m_name->text().trimmed();
    QString why;
    if (name.isEmpty())
        why = tr("Give it a name first.");
    else if (!isPartialName(name))
        why = tr("A name has letters, digits and . _ -");
    else if (m_partials.contains(utf8(name)))
        why = tr("There is one of that name.");
    m_add->setEnabled(why.isEmpty());
    m_add->setToolTip(why);
}

void PartialsBox::add()
{
    if (!m_add->isEnabled())
        return;
    const QString name = m_name->text().trimmed();
    m_partials[utf8(name)] = {};
    m_name->clear();
    fillNames(name);
    m_text->setFocus();
    Q_EMIT edited();
}

void PartialsBox::removeShown()
{
    m_partials.erase(utf8(m_which->currentText()));
    fillNames({});
    Q_EMIT edited();
}

}
