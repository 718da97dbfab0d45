#include "ui/screens/policies/entity_choice.h"

#include "ui/bridge/values.h"
#include "ui/kit/field.h"
#include "ui/kit/label.h"
#include "ui/kit/theme.h"

#include <QCheckBox>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

namespace ephor::ui::policies {

namespace {

constexpr int entityListTall = 196;
constexpr int entityIndent = 24;
constexpr const char* entityName = "entity";
constexpr const char* entityGroup = "group";

}

EntityChoice::EntityChoice(const Entities& known, QWidget* parent)
    : QWidget(parent)
    , m_search(new SearchField(tr("Card number, IBAN, name …"), this))
    , m_none(new Label(tr("Nothing of that name is known."), TextStyle::small, Token::textMuted, this))
    , m_known(known)
{
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(metrics::space8);
    m_search->setAccessibleName(tr("Narrow the kinds"));
    outer->addWidget(m_search);
    auto* area = new QScrollArea(this);
    area->setFrameShape(QFrame::StyledPanel);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus);
    area->setMinimumHeight(entityListTall);
    auto* inside = new QWidget(area);
    m_rows = new QVBoxLayout(inside);
    m_rows->setContentsMargins(metrics::cardPadding, metrics::space8, metrics::cardPadding, metrics::space8);
    m_rows->setSpacing(metrics::space4);
    for (const QString& each : entityClasses()) {
        addBox(classWords(each), each, 0);
        for (const KnownEntity& entity : m_known) {
            if (text(entity.entityClass) == each && text(entity.name) != each)
                addBox(entityWords(entity.name, m_known), text(entity.name), entityIndent);
        }
    }
    m_rows->addWidget(m_none);
    m_rows->addStretch(1);
    m_none->hide();
    area->setWidget(inside);
    inside->setAutoFillBackground(false);
    area->viewport()->setAutoFillBackground(false);
    outer->addWidget(area, 1);
    connect(m_search, &SearchField::searchChanged, this, &EntityChoice::narrow);
}

QCheckBox* EntityChoice::addBox(const QString& words, const QString& name, int indent)
{
    auto* box = new QCheckBox(words, this);
    box->setProperty(entityName, name);
    box->setProperty(entityGroup, indent == 0);
    box->setAccessibleName(words);
    box->setToolTip(indent == 0 ? QString() : name);
    auto* line = new QHBoxLayout;
    line->addSpacing(indent);
    line->addWidget(box, 1);
    m_rows->insertLayout(int(m_boxes.size()), line);
    m_boxes.push_back(box);
    connect(box, &QCheckBox::toggled, this, &EntityChoice::changed);
    return box;
}

void EntityChoice::setChosen(const std::vector<std::string>& what)
{
    for (QCheckBox* box : m_boxes)
        box->setChecked(std::ranges::find(what, utf8(box->property(entityName).toString())) != what.end());
    for (const std::string& each : what) {
        const bool isKnown = std::ranges::any_of(
            m_boxes, [&](const QCheckBox* box) { return box->property(entityName).toString() == text(each); });
        if (!isKnown)
            addBox(text(each), text(each), 0)->setChecked(true);
    }
}

std::vector<std::string> EntityChoice::chosen() const
{
    std::vector<std::string> classes;
    std::vector<std::string> kinds;
    for (const QCheckBox* box : m_boxes) {
        if (box->isChecked())
            (box->property(entityGroup).toBool() ? classes : kinds)
                .push_back(utf8(box->property(entityName).toString()));
    }
    classes.insert(classes.end(), kinds.begin(), kinds.end());
    return classes;
}

void EntityChoice::narrow(const QString& words)
{
    bool any = false;
    for (QCheckBox* box : m_boxes) {
        const bool fits = box->text().contains(words, Qt::CaseInsensitive)
            || box->property(entityName).toString().contains(words, Qt::CaseInsensitive);
        box->setVisible(fits);
        any = any || fits;
    }
    m_none->setVisible(!any);
}

}
