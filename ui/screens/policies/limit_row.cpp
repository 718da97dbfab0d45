#include "ui/screens/policies/limit_row.h"

#include "ui/bridge/values.h"
#include "ui/kit/button.h"
#include "ui/kit/field.h"
#include "ui/kit/select.h"
#include "ui/screens/policies/grant_words.h"

#include <QHBoxLayout>
#include <array>

namespace ephor::ui::policies {

namespace {

constexpr int argumentWidth = 140;
constexpr int kindWidth = 188;
constexpr std::array offeredKinds{GrantConditionKind::AtMost, GrantConditionKind::AtLeast, GrantConditionKind::AskAbove,
    GrantConditionKind::OneOf, GrantConditionKind::OwnOnly, GrantConditionKind::Hours,
    GrantConditionKind::Classification};

}

LimitRow::LimitRow(const GrantCondition& condition, const QStringList& arguments, QWidget* parent)
    : QWidget(parent)
    , m_kind(new Select(tr("Kind of limit"), this))
    , m_argument(new Select(tr("Argument"), this))
    , m_values(new TextField(tr("Value of the limit"), this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::space8);
    auto* remove = new IconButton(Icon::cross, tr("Remove this limit"), this);
    m_argument->setFixedWidth(argumentWidth);
    m_kind->setFixedWidth(kindWidth);
    row->addWidget(m_argument);
    row->addWidget(m_kind);
    row->addWidget(m_values, 1);
    row->addWidget(remove);
    for (const GrantConditionKind kind : offeredKinds)
        m_kind->addItem(conditionKindWords(kind), int(kind));
    m_kind->setCurrentIndex(std::max(0, m_kind->findData(int(condition.kind))));
    m_values->setText(valuesText(condition));
    setArguments(arguments);
    if (!condition.argument.empty() && m_argument->findData(text(condition.argument)) < 0)
        m_argument->addItem(text(condition.argument), text(condition.argument));
    m_argument->setCurrentIndex(std::max(0, m_argument->findData(text(condition.argument))));
    connect(m_kind, &QComboBox::currentIndexChanged, this, [this] {
        showKind();
        Q_EMIT edited();
    });
    connect(m_argument, &QComboBox::currentIndexChanged, this, &LimitRow::edited);
    connect(m_values, &QLineEdit::textChanged, this, &LimitRow::edited);
    connect(remove, &QAbstractButton::clicked, this, &LimitRow::removeWanted);
    showKind();
}

void LimitRow::setArguments(const QStringList& arguments)
{
    const QSignalBlocker quiet(m_argument);
    for (const QString& argument : arguments) {
        if (m_argument->findData(argument) < 0)
            m_argument->addItem(argument, argument);
    }
    m_argument->updateGeometry();
}

void LimitRow::showKind()
{
    const auto kind = GrantConditionKind(m_kind->currentData().toInt());
    m_argument->setVisible(wantsArgument(kind));
    const QString example = valuesExample(kind);
    // Its place stays, so that the rows stand in columns.
    QSizePolicy keeps = m_values->sizePolicy();
    keeps.setRetainSizeWhenHidden(true);
    m_values->setSizePolicy(keeps);
    m_values->setVisible(!example.isEmpty());
    m_values->setPlaceholderText(example);
}

GrantCondition LimitRow::condition() const
{
    return conditionFrom(
        GrantConditionKind(m_kind->currentData().toInt()), m_argument->currentData().toString(), m_values->text());
}

void LimitRow::setError(const QString& words)
{
    m_values->setError(words);
}

}
