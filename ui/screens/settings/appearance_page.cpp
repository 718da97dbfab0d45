#include "ui/screens/settings/appearance_page.h"

#include "ui/kit/card.h"
#include "ui/kit/segmented.h"
#include "ui/kit/switch.h"
#include "ui/screens/settings/setting_row.h"

#include <QVBoxLayout>

namespace ephor::ui::settings {

namespace {

constexpr Theme::Appearance appearances[]
    = {Theme::Appearance::system, Theme::Appearance::light, Theme::Appearance::dark, Theme::Appearance::highContrast};
constexpr DataTable::Density densities[]
    = {DataTable::Density::compact, DataTable::Density::standard, DataTable::Density::relaxed};

template <class Value, std::size_t Size> int placeOf(const Value (&values)[Size], Value value)
{
    return static_cast<int>(std::find(std::begin(values), std::end(values), value) - std::begin(values)) % int(Size);
}

QStringList scaleLabels()
{
    QStringList labels;
    for (const double scale : typeScales())
        labels << QStringLiteral("%1 %").arg(qRound(scale * 100));
    return labels;
}

QString anchorOf(AppearanceRow row)
{
    switch (row) {
    case AppearanceRow::appearance:
        return QStringLiteral("theme");
    case AppearanceRow::density:
        return QStringLiteral("density");
    case AppearanceRow::typeScale:
        return QStringLiteral("type");
    case AppearanceRow::motion:
        return QStringLiteral("motion");
    }
    return {};
}

}

AppearancePage::AppearancePage(ScreenContext& context, QWidget* parent)
    : SettingsPage(context, parent)
    , m_card(new Card(tr("Appearance"), Card::Padding::none, this))
    , m_theme(new Segmented(tr("Theme"), {tr("System"), tr("Light"), tr("Dark"), tr("High contrast")}, this))
    , m_density(new Segmented(tr("Density"), {tr("Compact"), tr("Standard"), tr("Relaxed")}, this))
    , m_type(new Segmented(tr("Type size"), scaleLabels(), this))
    , m_motion(new Switch(tr("Reduced motion"), this))
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    m_card->setSubtitle(tr("Of this console on this machine; nobody else is affected"));
    rows->addWidget(m_card);
    rows->addStretch(1);
    addRow(AppearanceRow::appearance, QStringLiteral("theme"), tr("Theme"),
        tr("System follows the desktop, also when it changes at night."), m_theme);
    addRow(AppearanceRow::density, QStringLiteral("density"), tr("Density"),
        tr("Height of the rows in tables: 24, 28 or 36 pixels."), m_density);
    addRow(AppearanceRow::typeScale, QStringLiteral("type"), tr("Type size"),
        tr("Every text of the console grows with it; presenter mode uses a size of its own."), m_type);
    addRow(AppearanceRow::motion, QStringLiteral("motion"), tr("Reduced motion"),
        tr("Nothing turns or slides; states are told by glyph and word alone."), m_motion);
    connect(m_theme, &Segmented::currentChanged, this, [this] { change(AppearanceRow::appearance); });
    connect(m_density, &Segmented::currentChanged, this, [this] { change(AppearanceRow::density); });
    connect(m_type, &Segmented::currentChanged, this, [this] { change(AppearanceRow::typeScale); });
    connect(m_motion, &QAbstractButton::toggled, this, [this] { change(AppearanceRow::motion); });
    // The person menu changes the theme too.
    connect(&Theme::instance(), &Theme::themeChanged, this, &AppearancePage::show);
}

SettingRow* AppearancePage::addRow(
    AppearanceRow row, const QString& anchor, const QString& title, const QString& description, QWidget* control)
{
    auto* made = new SettingRow(title, description, control, m_card);
    m_card->body()->addWidget(made);
    m_rows.insert(anchor, made);
    connect(made, &SettingRow::resetRequested, this, [this, row] { reset(row); });
    return made;
}

void AppearancePage::open(const Route& route)
{
    show();
    for (auto row = m_rows.begin(); row != m_rows.end(); ++row)
        row.value()->setFound(row.key() == route.fragment);
}

void AppearancePage::change(AppearanceRow row)
{
    if (m_showing)
        return;
    m_settings.appearance = appearances[m_theme->current()];
    m_settings.density = densities[m_density->current()];
    m_settings.typeScale = typeScales()[m_type->current()];
    m_settings.motion = m_motion->isChecked() ? Theme::Motion::reduced : Theme::Motion::full;
    keep(row, m_settings);
    // A copy: the theme tells of each step, and showing that reads the steps not yet made.
    const AppearanceSettings wanted = m_settings;
    wanted.apply();
    show();
}

void AppearancePage::reset(AppearanceRow row)
{
    const AppearanceSettings defaults;
    switch (row) {
    case AppearanceRow::appearance:
        m_settings.appearance = defaults.appearance;
        break;
    case AppearanceRow::density:
        m_settings.density = defaults.density;
        break;
    case AppearanceRow::typeScale:
        m_settings.typeScale = defaults.typeScale;
        break;
    case AppearanceRow::motion:
        m_settings.motion = defaults.motion;
        break;
    }
    const AppearanceSettings wanted = m_settings;
    wanted.apply();
    // After applying: who follows the theme may have kept the value again.
    forget(row);
    show();
}

void AppearancePage::show()
{
    m_showing = true;
    const Theme& theme = Theme::instance();
    m_settings = {theme.appearance(), DataTable::standardDensity(), theme.typeScale(), theme.motion()};
    m_theme->setCurrent(placeOf(appearances, m_settings.appearance));
    m_density->setCurrent(placeOf(densities, m_settings.density));
    m_type->setCurrent(typeScaleStep(m_settings.typeScale));
    m_motion->setChecked(m_settings.motion == Theme::Motion::reduced);
    const AppearanceSettings defaults;
    const auto tell = [this](AppearanceRow row, const QString& words, bool isDefault) {
        using Source = SettingRow::Source;
        m_rows[anchorOf(row)]->setSource(words,
            isChosen(row)   ? Source::chosen
                : isDefault ? Source::standard
                            : Source::start);
    };
    tell(AppearanceRow::appearance, tr("System"), m_settings.appearance == defaults.appearance);
    tell(AppearanceRow::density, tr("Standard"), m_settings.density == defaults.density);
    tell(AppearanceRow::typeScale, QStringLiteral("100 %"), m_settings.typeScale == defaults.typeScale);
    tell(AppearanceRow::motion, tr("off"), m_settings.motion == defaults.motion);
    m_showing = false;
}

}
