#include "ui/kit/shell_parts.h"

#include "ui/kit/nav_item.h"
#include "ui/kit/paint.h"
#include "ui/kit/person_row.h"
#include "ui/kit/theme.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>
#include <cmath>

namespace ephor::ui {

namespace {

QString environmentWord(EnvironmentStrip::Environment environment)
{
    switch (environment) {
    case EnvironmentStrip::Environment::production:
        return EnvironmentStrip::tr("PRODUCTION");
    case EnvironmentStrip::Environment::staging:
        return EnvironmentStrip::tr("STAGING");
    case EnvironmentStrip::Environment::development:
        break;
    }
    return EnvironmentStrip::tr("DEVELOPMENT");
}

QFont tagFont(qreal spacing)
{
    QFont font = textFont(TextStyle::micro);
    font.setWeight(QFont::DemiBold);
    font.setLetterSpacing(QFont::AbsoluteSpacing, spacing);
    return font;
}

}

EnvironmentStrip::EnvironmentStrip(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    announce();
}

void EnvironmentStrip::announce()
{
    QStringList words{environmentWord(m_environment)};
    if (!m_stop.isEmpty())
        words << tr("Stop in force: %1").arg(m_stop);
    for (const QString& part : {m_workspace, m_notice, m_simulationText}) {
        if (!part.isEmpty())
            words << part;
    }
    if (m_simulation == Simulation::on)
        words << tr("Simulated");
    setAccessibleName(words.join(QStringLiteral(", ")));
    update();
}

void EnvironmentStrip::setEnvironment(Environment environment)
{
    m_environment = environment;
    announce();
}

void EnvironmentStrip::setWorkspace(const QString& name)
{
    m_workspace = name;
    announce();
}

void EnvironmentStrip::setNotice(const QString& text)
{
    m_notice = text;
    announce();
}

void EnvironmentStrip::setStop(const QString& text)
{
    m_stop = text;
    announce();
}

void EnvironmentStrip::setSimulation(Simulation simulation, const QString& text)
{
    m_simulation = simulation;
    m_simulationText = text;
    announce();
}

void EnvironmentStrip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const bool production = m_environment == Environment::production;
    const Token words = production ? Token::warn : Token::textSecondary;
    painter.fillRect(rect(), token(production ? Token::badgeWarn : Token::sunken));
    paintLine(painter, QPointF(0, height() - 1), QPointF(width(), height() - 1), token(Token::borderSubtle));
    const double tall = height() - 1;
    double x = 12;
    const QString word = environmentWord(m_environment);
    const QFont tag = tagFont(0.66);
    const double wide = QFontMetricsF(tag).horizontalAdvance(word) + 16;
    const QRectF box(x, std::floor((tall - 16) / 2), wide, 16);
    paintBox(painter, box, token(production ? Token::environmentProduction : Token::textSecondary), {}, 4);
    paintText(painter, box, tag, token(production ? Token::onEnvironment : Token::surface), word, Qt::AlignHCenter);
    x += wide + 12;
    if (!m_stop.isEmpty()) {
        const QString stopped = tr("STOPPED");
        const QRectF mark(x, box.top(), QFontMetricsF(tag).horizontalAdvance(stopped) + 16, box.height());
        paintBox(painter, mark, token(Token::danger), {}, 4);
        paintText(painter, mark, tag, token(Token::onDanger), stopped, Qt::AlignHCenter);
        x += mark.width() + 8;
        x += 12
            + paintText(
                painter, QRectF(x, 0, width() / 2.0 - x, tall), TextStyle::smallStrong, Token::badgeErrorText, m_stop);
    }
    double right = width() - 12;
    if (m_simulation == Simulation::on) {
        const QFont font = tagFont(0.44);
        const QString simulated = tr("SIMULATED");
        const double room = QFontMetricsF(font).horizontalAdvance(simulated) + 14;
        const QRectF mark(right - room, std::floor((tall - 18) / 2), room, 18);
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        QPen pen(token(words), 1);
        pen.setDashPattern({3, 2});
        painter.setPen(pen);
        painter.drawRoundedRect(mark.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
        painter.restore();
        paintText(painter, mark, font, token(words), simulated, Qt::AlignHCenter);
        right -= room + 12;
        right -= paintText(painter, QRectF(width() / 2.0, 0, right - width() / 2.0, tall), TextStyle::small, words,
            m_simulationText, Qt::AlignRight);
        right -= 12;
    }
    x += 12 + paintText(painter, QRectF(x, 0, right - x, tall), TextStyle::smallStrong, words, m_workspace);
    paintText(painter, QRectF(x, 0, right - x, tall), TextStyle::small, words, m_notice);
}

NavRail::NavRail(QWidget* parent)
    : QWidget(parent)
    , m_brand(new NavBrand(this))
    , m_person(new NavPerson(this))
    , m_list(new QVBoxLayout)
{
    setAccessibleName(tr("Places"));
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 1, 0);
    rows->setSpacing(0);
    rows->addWidget(m_brand);
    m_list->setContentsMargins(0, metrics::space8, metrics::space8, metrics::space8);
    m_list->setSpacing(metrics::space2);
    rows->addLayout(m_list);
    rows->addStretch(1);
    rows->addWidget(m_person);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    connect(&Theme::instance(), &Theme::themeChanged, this, [this] { updateGeometry(); });
    connect(m_person, &QAbstractButton::clicked, this,
        [this] { Q_EMIT personMenuRequested(m_person->mapToGlobal(QPoint(0, 0))); });
}

QSize NavRail::sizeHint() const
{
    return {std::max(metrics::railWidth, qRound(metrics::railWidth * Theme::instance().typeScale())), 600};
}

void NavRail::setBrand(const QString& name)
{
    m_brand->setName(name);
}

void NavRail::setPlaces(std::vector<Place> places)
{
    for (NavItem* item : m_items)
        delete item;
    m_items.clear();
    for (std::size_t at = 0; at < places.size(); ++at) {
        auto* item = new NavItem(places[at], static_cast<int>(at + 1) % 10, this);
        connect(item, &QAbstractButton::clicked, this, [this, id = places[at].id] {
            setCurrent(id);
            Q_EMIT placeChosen(id);
        });
        m_list->addWidget(item);
        m_items.push_back(item);
    }
}

void NavRail::setCurrent(const QString& id)
{
    for (NavItem* item : m_items)
        item->setChecked(item->id() == id);
}

QString NavRail::current() const
{
    for (const NavItem* item : m_items) {
        if (item->isChecked())
            return item->id();
    }
    return {};
}

void NavRail::setBadge(const QString& id, int count, State state)
{
    for (NavItem* item : m_items) {
        if (item->id() == id)
            item->setBadge(count, state);
    }
}

void NavRail::setPerson(const QString& fullName, const QString& role)
{
    m_person->setPerson(fullName, role);
}

void NavRail::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintLine(painter, QPointF(width() - 1, 0), QPointF(width() - 1, height()), token(Token::borderSubtle));
}

}
