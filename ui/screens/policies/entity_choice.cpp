#include "ui/screens/policies/entity_choice.h"

#include "ui/bridge/values.h"
#include "ui/kit/button.h"
#include "ui/kit/chip.h"
#include "ui/kit/field.h"
#include "ui/kit/flow_layout.h"
#include "ui/kit/label.h"

#include <QCheckBox>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

namespace ephor::ui::policies {

namespace {

constexpr int entityChoiceTall = 256;
constexpr int leastEntityListTall = 96;
constexpr int entityIndent = 24;
constexpr const char* entityName = "entity";

QString nameOf(const QCheckBox* box)
{
    return box->property(entityName).toString();
}

bool fitsWords(const QCheckBox* box, const QString& words)
{
    return box->text().contains(words, Qt::CaseInsensitive) || nameOf(box).contains(words, Qt::CaseInsensitive);
}

}

EntityChoice::EntityChoice(const Entities& known, QWidget* parent)
    : QWidget(parent)
    , m_chips(nullptr)
    , m_chipRow(new QWidget(this))
    , m_search(new SearchField(tr("Card number, IBAN, name …"), this))
    , m_list(nullptr)
    , m_rows(nullptr)
    , m_none(nullptr)
    , m_known(known)
{
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(metrics::space8);
    m_chips = new FlowLayout(m_chipRow);
    outer->addWidget(m_chipRow);
    m_search->setAccessibleName(tr("Narrow the kinds"));
    m_search->setDelay(0);
    outer->addWidget(m_search);
    auto* area = new QScrollArea(this);
    area->setFrameShape(QFrame::StyledPanel);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus);
    area->setMinimumHeight(leastEntityListTall);
    setMinimumHeight(entityChoiceTall);
    m_list = new QWidget(area);
    m_rows = new QVBoxLayout(m_list);
    m_rows->setContentsMargins(metrics::cardPadding, metrics::space8, metrics::cardPadding, metrics::space8);
    m_rows->setSpacing(metrics::space4);
    for (const QString& each : entityClasses())
        addGroup(each);
    m_none = new Label(tr("Nothing of that name is known."), TextStyle::small, Token::textMuted, m_list);
    m_rows->addWidget(m_none);
    m_rows->addStretch(1);
    area->setWidget(m_list);
    m_list->setAutoFillBackground(false);
    area->viewport()->setAutoFillBackground(false);
    outer->addWidget(area, 1);
    connect(m_search, &SearchField::searchChanged, this, &EntityChoice::narrow);
    connect(this, &EntityChoice::changed, this, &EntityChoice::showChips);
    narrow();
    showChips();
}

QCheckBox* EntityChoice::makeBox(const QString& words, const QString& name, QWidget* parent)
{
    auto* box = new QCheckBox(words, parent);
    box->setProperty(entityName, name);
    box->setAccessibleName(words);
    box->setToolTip(name);
    connect(box, &QCheckBox::toggled, this, &EntityChoice::changed);
    return box;
}

void EntityChoice::addGroup(const QString& name)
{
    Group group;
    auto* line = new QHBoxLayout;
    line->setSpacing(metrics::space8);
    group.whole = makeBox(classWords(name), name, m_list);
    group.whole->setToolTip(QString());
    line->addWidget(group.whole, 1);
    m_rows->addLayout(line);
    group.inside = new QWidget(m_list);
    auto* kinds = new QVBoxLayout(group.inside);
    kinds->setContentsMargins(entityIndent, 0, 0, 0);
    kinds->setSpacing(metrics::space4);
    m_rows->addWidget(group.inside);
    for (const KnownEntity& entity : m_known) {
        if (text(entity.entityClass) == name && text(entity.name) != name)
            addKind(group, text(entity.name), entityWords(entity.name, m_known));
    }
    group.unfold = new Button(counted(group.kinds.size(), tr("1 kind"), tr("%1 kinds")), Button::Role::quiet, m_list);
    group.unfold->setSize(Button::Size::compact);
    group.unfold->setAccessibleName(tr("Kinds of: %1").arg(classWords(name)));
    line->addWidget(group.unfold);
    connect(group.unfold, &QAbstractButton::clicked, this, [this, at = m_groups.size()] { toggle(at); });
    m_groups.push_back(std::move(group));
}

void EntityChoice::addKind(Group& group, const QString& name, const QString& words)
{
    QCheckBox* box = makeBox(words, name, group.inside);
    group.inside->layout()->addWidget(box);
    group.kinds.push_back(box);
}

void EntityChoice::toggle(std::size_t group)
{
    m_groups[group].isOpen = !m_groups[group].isOpen;
    narrow();
}

void EntityChoice::setChosen(const std::vector<std::string>& what)
{
    std::vector<std::string> left = what;
    const auto check = [&](QCheckBox* box) {
        box->setChecked(std::erase(left, utf8(nameOf(box))) > 0);
        return box->isChecked();
    };
    for (Group& group : m_groups) {
        check(group.whole);
        for (QCheckBox* kind : group.kinds)
            check(kind);
    }
    for (QCheckBox* box : m_unknown)
        check(box);
    for (const std::string& each : left) {
        QCheckBox* box = makeBox(text(each), text(each), m_list);
        m_rows->insertWidget(int(m_unknown.size()), box);
        m_unknown.push_back(box);
        box->setChecked(true);
    }
}

std::vector<std::string> EntityChoice::chosen() const
{
    std::vector<std::string> classes;
    std::vector<std::string> kinds;
    const auto take = [](const QCheckBox* box, std::vector<std::string>& into) {
        if (box->isChecked())
            into.push_back(utf8(nameOf(box)));
    };
    for (const QCheckBox* box : m_unknown)
        take(box, classes);
    for (const Group& group : m_groups) {
        take(group.whole, classes);
        for (const QCheckBox* kind : group.kinds)
            take(kind, kinds);
    }
    classes.insert(classes.end(), kinds.begin(), kinds.end());
    return classes;
}

void EntityChoice::narrow()
{
    const QString words = m_search->text().trimmed();
    bool any = false;
    for (const Group& group : m_groups) {
        bool anyKind = false;
        for (QCheckBox* kind : group.kinds) {
            const bool fits = fitsWords(kind, words);
            kind->setVisible(fits);
            anyKind = anyKind || fits;
        }
        const bool isWanted = anyKind || fitsWords(group.whole, words);
        group.whole->setVisible(isWanted);
        group.inside->setVisible(anyKind && (group.isOpen || !words.isEmpty()));
        group.unfold->setVisible(words.isEmpty() && !group.kinds.empty());
        group.unfold->setGlyph(group.isOpen ? Icon::chevronDown : Icon::chevronRight);
        any = any || isWanted;
    }
    m_none->setVisible(!any);
}

void EntityChoice::showChips()
{
    while (QLayoutItem* item = m_chips->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    const auto add = [this](QCheckBox* box) {
        if (!box->isChecked())
            return;
        auto* chip = new FilterChip({}, box->text(), m_chipRow);
        connect(chip, &FilterChip::removed, box, [box] { box->setChecked(false); });
        m_chips->addWidget(chip);
    };
    for (QCheckBox* box : m_unknown)
        add(box);
    for (const Group& group : m_groups) {
        add(group.whole);
        for (QCheckBox* kind : group.kinds)
            add(kind);
    }
    m_chipRow->setVisible(m_chips->count() > 0);
    m_chipRow->updateGeometry();
}

}
