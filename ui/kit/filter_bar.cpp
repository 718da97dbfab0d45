#include "ui/kit/filter_bar.h"

#include "ui/kit/chip.h"
#include "ui/kit/field.h"
#include "ui/kit/label.h"

#include <QHBoxLayout>
#include <algorithm>

namespace ephor::ui {

namespace {

/// A few words are looked for; a field across a wide window looks as if an essay were wanted.
constexpr int widestField = 640;

}

FilterBar::FilterBar(const QString& placeholder, QWidget* parent)
    : QWidget(parent)
    , m_field(new SearchField(placeholder, this))
    , m_chips(new QHBoxLayout)
    , m_trailing(new QHBoxLayout)
    , m_count(new Label({}, TextStyle::small, Token::textMuted, this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::space8);
    m_chips->setSpacing(6);
    m_trailing->setSpacing(metrics::space8);
    m_field->setMaximumWidth(widestField);
    row->addWidget(m_field, 1);
    row->addLayout(m_chips);
    row->addWidget(m_count);
    row->addStretch(0);
    row->addLayout(m_trailing);
    m_count->hide();
    m_field->setKeyHint(QStringLiteral("/"));
    connect(m_field, &SearchField::searchChanged, this, &FilterBar::changed);
    connect(m_field, &QLineEdit::returnPressed, this, &FilterBar::takeTypedFilters);
}

void FilterBar::setFilters(const std::vector<Filter>& filters)
{
    m_filters = filters;
    rebuildChips();
}

void FilterBar::setKnownKeys(const QStringList& keys)
{
    m_known = keys;
}

QString FilterBar::text() const
{
    return m_field->text().trimmed();
}

void FilterBar::setCount(const QString& text)
{
    m_count->setText(text);
    m_count->setVisible(!text.isEmpty());
}

void FilterBar::addTrailing(QWidget* widget)
{
    m_trailing->addWidget(widget);
}

void FilterBar::takeTypedFilters()
{
    QStringList rest;
    bool took = false;
    for (const QString& word : m_field->text().split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        const qsizetype colon = word.indexOf(QLatin1Char(':'));
        const Filter filter{word.left(colon).toLower(), word.mid(colon + 1)};
        if (colon <= 0 || filter.value.isEmpty() || !m_known.contains(filter.key)) {
            rest << word;
            continue;
        }
        if (std::find(m_filters.begin(), m_filters.end(), filter) == m_filters.end())
            m_filters.push_back(filter);
        took = true;
    }
    if (took) {
        m_field->setText(rest.join(QLatin1Char(' ')));
        rebuildChips();
    }
    Q_EMIT changed();
}

void FilterBar::rebuildChips()
{
    while (QLayoutItem* item = m_chips->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (const Filter& filter : m_filters) {
        auto* chip = new FilterChip(filter.key, filter.value, this);
        connect(chip, &FilterChip::removed, this, [this](const QString& key, const QString& value) {
            std::erase(m_filters, Filter{key, value});
            rebuildChips();
            Q_EMIT changed();
        });
        m_chips->addWidget(chip);
    }
}

}
