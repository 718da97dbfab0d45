#include "ui/screens/policies/access_tab.h"

#include "ui/bridge/wording.h"
#include "ui/kit/button.h"
#include "ui/kit/card.h"
#include "ui/kit/field.h"
#include "ui/kit/icon_view.h"
#include "ui/kit/label.h"
#include "ui/kit/paint.h"
#include "ui/kit/segmented.h"
#include "ui/kit/select.h"
#include "ui/kit/theme.h"
#include "ui/screens/policies/cell_card.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QPainter>
#include <QScrollBar>

// How the tab is made: the row of filters, the matrix, the legend.
namespace ephor::ui::policies {

namespace {

/// The tint of a cell that differs, as the legend shows it.
class TintSwatch : public QWidget {
public:
    explicit TintSwatch(QWidget* parent)
        : QWidget(parent)
    {
        setFixedSize(metrics::iconCell, metrics::iconCell);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        paintBox(painter, QRectF(rect()), token(Token::badgeWarn), token(Token::warn), 2);
    }
};

}

QWidget* AccessTab::makeBar()
{
    auto* bar = new QWidget(this);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::space8);
    m_differing = new QCheckBox(tr("Differences only"), bar);
    m_differing->setToolTip(tr("Only agents and operations with a cell that a tightening stands over, or that is not "
                               "what its team usually has"));
    m_differCount = new Label({}, TextStyle::small, Token::textMuted, bar);
    m_team = new Select(tr("Team"), bar);
    m_team->setGlyph(Icon::team);
    m_team->setPrefix(tr("Team: "));
    m_team->addItem(tr("all"), QString());
    m_effect = new Segmented(tr("Side effect"), effectLabels({}), bar);
    m_search = new SearchField(tr("Agent or operation"), bar);
    m_search->setKeyHint(QStringLiteral("/"));
    m_search->setMaximumWidth(220);
    auto* write = new Button(tr("Export"), Button::Role::secondary, bar);
    write->setGlyph(Icon::exportDown);
    write->setToolTip(tr("Write the whole matrix as CSV"));
    row->addWidget(m_differing);
    row->addWidget(m_differCount);
    row->addWidget(m_team);
    row->addWidget(m_effect);
    row->addStretch(1);
    row->addWidget(m_search, 4);
    row->addWidget(write);
    connect(m_differing, &QCheckBox::toggled, this, &AccessTab::readControls);
    connect(m_team, &QComboBox::currentIndexChanged, this, &AccessTab::readControls);
    connect(m_effect, &Segmented::currentChanged, this, &AccessTab::readControls);
    connect(m_search, &SearchField::searchChanged, this, &AccessTab::readControls);
    connect(write, &QAbstractButton::clicked, this, &AccessTab::exportCsv);
    return bar;
}

QWidget* AccessTab::makeMatrix()
{
    auto* card = new Card({}, Card::Padding::none, this);
    m_grid = new MatrixView(tr("Access matrix"), card);
    m_grid->setCorner(tr("Tool"), tr("Team and agent"));
    m_grid->setContextMenuPolicy(Qt::CustomContextMenu);
    card->setBody(m_grid);
    m_legend = card->footer();
    fillLegend();
    connect(m_grid, &MatrixView::cellSelected, this, [this](const QVariant& row, int column) {
        if (const auto at = cellOf(row, column))
            select(*at);
    });
    connect(m_grid, &MatrixView::cellOpened, this, [this](const QVariant& row, int column) {
        if (const auto at = cellOf(row, column)) {
            select(*at);
            const QModelIndex index = m_grid->currentIndex();
            offerAnswers(m_grid->cellRect(index.row(), index.column()).bottomLeft());
        }
    });
    connect(m_grid, &MatrixView::editRequested, this, [this](const QVariant& row, int column, const QPoint& where) {
        if (const auto at = cellOf(row, column)) {
            select(*at);
            offerAnswers(where);
        }
    });
    connect(m_grid, &QWidget::customContextMenuRequested, this, [this](const QPoint& where) {
        const QModelIndex index = m_grid->indexAt(where);
        if (!index.isValid() || !(index.flags() & Qt::ItemIsSelectable))
            return;
        m_grid->setCurrentIndex(index);
        offerAnswers(m_grid->viewport()->mapToGlobal(where));
    });
    const auto leave = [this] { m_card->hide(); };
    connect(m_grid->verticalScrollBar(), &QScrollBar::valueChanged, this, leave);
    connect(m_grid->horizontalScrollBar(), &QScrollBar::valueChanged, this, leave);
    return card;
}

void AccessTab::fillLegend()
{
    const auto mark
        = [this](Icon glyph, Token tint) { m_legend->addWidget(new IconView(glyph, tint, metrics::iconCell, this)); };
    const auto words = [this](const QString& text, Token color = Token::textSecondary) {
        auto* label = new Label(text, TextStyle::small, color, this);
        m_legend->addWidget(label);
        return label;
    };
    m_legend->setSpacing(6);
    for (const ui::Access access : {ui::Access::allow, ui::Access::ask, ui::Access::deny}) {
        mark(accessIcon(access), accessToken(access));
        m_counts.push_back(words(accessWord(access)));
        m_legend->addSpacing(6);
    }
    m_counts.push_back(words(accessWord(ui::Access::none)));
    m_legend->addSpacing(6);
    m_totals = words({}, Token::textMuted);
    m_totals->setOverflow(Label::Overflow::elide);
    m_legend->setStretchFactor(m_totals, 1);
    for (const SideEffect effect : shownEffects) {
        mark(effectIcon(effect), Token::textMuted);
        words(word(effect));
        m_legend->addSpacing(4);
    }
    m_legend->addWidget(new TintSwatch(this));
    words(tr("differs from the team"), Token::textMuted)
        ->setToolTip(tr("A tightening stands over the cell, or it is not what the team usually has"));
}

}
