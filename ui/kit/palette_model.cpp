#include "ui/kit/palette_model.h"

#include "ui/kit/fuzzy.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"

#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace ephor::ui {

namespace {

// More rows than this are never read; typing one more letter is quicker.
constexpr std::size_t paletteItemLimit = 40;
constexpr std::size_t providerItemLimit = 8;

struct ScoredItem {
    const PaletteItem* item;
    FuzzyMatch match;
};

}

QString paletteText(const PaletteItem& item)
{
    return item.group.isEmpty() ? item.action : item.group + QStringLiteral(": ") + item.action;
}

std::vector<PaletteRow> paletteRowsFor(
    const QString& typed, const std::vector<PaletteItem>& items, const std::vector<std::vector<PaletteItem>>& found)
{
    std::vector<ScoredItem> scored;
    for (const PaletteItem& item : items) {
        if (auto match = fuzzyMatch(typed, paletteText(item))) {
            match->score += item.rank;
            scored.push_back({&item, *match});
        }
    }
    std::stable_sort(scored.begin(), scored.end(),
        [](const ScoredItem& left, const ScoredItem& right) { return left.match.score > right.match.score; });
    if (scored.size() > paletteItemLimit)
        scored.resize(paletteItemLimit);

    // Sections in the order of their best item, items of a section together.
    std::vector<PaletteRow> rows;
    QStringList sections;
    for (const ScoredItem& one : scored) {
        if (!sections.contains(one.item->section))
            sections << one.item->section;
    }
    for (const QString& section : sections) {
        PaletteItem heading;
        heading.section = section;
        rows.push_back({PaletteRow::Kind::section, heading});
        for (const ScoredItem& one : scored) {
            if (one.item->section == section)
                rows.push_back({PaletteRow::Kind::item, *one.item, one.match.positions});
        }
    }
    for (const std::vector<PaletteItem>& group : found) {
        QString section;
        for (std::size_t at = 0; at < std::min(group.size(), providerItemLimit); ++at) {
            if (at == 0 || group[at].section != section) {
                section = group[at].section;
                PaletteItem heading;
                heading.section = section;
                rows.push_back({PaletteRow::Kind::section, heading});
            }
            rows.push_back({PaletteRow::Kind::item, group[at]});
        }
    }
    return rows;
}

void PaletteModel::setRows(std::vector<PaletteRow> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int PaletteModel::firstItem() const
{
    const auto found = std::find_if(
        m_rows.begin(), m_rows.end(), [](const PaletteRow& row) { return row.kind == PaletteRow::Kind::item; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int PaletteModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant PaletteModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::AccessibleTextRole))
        return {};
    const PaletteRow& row = at(index.row());
    return row.kind == PaletteRow::Kind::section ? row.item.section : paletteText(row.item);
}

Qt::ItemFlags PaletteModel::flags(const QModelIndex& index) const
{
    if (!index.isValid() || at(index.row()).kind == PaletteRow::Kind::section)
        return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

PaletteDelegate::PaletteDelegate(const PaletteModel* model, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_model(model)
{
}

QSize PaletteDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const bool section = m_model->at(index.row()).kind == PaletteRow::Kind::section;
    return {option.rect.width(), section ? metrics::rowCompact : metrics::controlLarge};
}

void PaletteDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const PaletteRow& row = m_model->at(index.row());
    const QRectF rect(option.rect);
    if (row.kind == PaletteRow::Kind::section) {
        paintText(*painter, rect.adjusted(8, 4, -8, 0), TextStyle::micro, Token::textMuted, row.item.section);
        return;
    }
    if (option.state & QStyle::State_Selected)
        paintBox(*painter, rect, token(Token::selection), {}, metrics::radiusControl);
    else if (option.state & QStyle::State_MouseOver)
        paintBox(*painter, rect, token(Token::canvas), {}, metrics::radiusControl);
    double x = rect.left() + 8;
    paintIcon(*painter, QRectF(x, rect.center().y() - 8, 16, 16), row.item.icon, token(Token::textSecondary));
    x += 26;
    const QString text = paletteText(row.item);
    const int grey = row.item.group.isEmpty() ? 0 : static_cast<int>(row.item.group.size()) + 2;
    const QFontMetricsF plain(textFont(TextStyle::body));
    const double baseline = std::round(rect.center().y() + plain.capHeight() / 2);
    // Letter by letter: the matched ones are bold, the group is grey.
    for (int at = 0; at < text.size(); ++at) {
        const bool matched = row.matched.contains(at);
        const QFont font = textFont(matched ? TextStyle::strong : TextStyle::body);
        painter->setFont(font);
        painter->setPen(token(at < grey ? Token::textMuted : Token::textPrimary));
        painter->drawText(QPointF(x, baseline), text.mid(at, 1));
        x += QFontMetricsF(font).horizontalAdvance(text[at]);
    }
    const double keys = row.item.keys.isEmpty() ? 0 : paintKeycap(nullptr, {}, row.item.keys);
    paintText(*painter, QRectF(x + 8, rect.top(), rect.right() - x - 24 - keys, rect.height()), TextStyle::small,
        (option.state & QStyle::State_Selected) ? Token::textSecondary : Token::textMuted, row.item.detail);
    if (keys > 0)
        paintKeycap(painter, QPointF(rect.right() - 8 - keys, rect.center().y()), row.item.keys);
}

}
